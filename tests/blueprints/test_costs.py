"""What a page asks of the database: as much with a hundred thousand disputes as with ten, once for a list and not once
for each of its lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.performance import PaidBy, note_performance
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.finals import agreed
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the other database plans by statistics, which a test has not
OPEN_ALONE = ("uq_assignments_now", "uq_callouts_open", "ix_objections_waiting")  # these hold what is open and no more
GROWN = ("SCAN assignments", "SCAN objections", "SCAN terms", "SCAN callouts")


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The statements of the block with what stands in them."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        found.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def plan(statement: str, values: Any) -> str:
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return "\n".join(str(row[3]) for row in rows)


def test_whoever_opens_one_matter_does_not_wait_for_all_others(cast: Cast) -> None:
    callout = cast.whistled("市场监管局").callouts[0]
    session = agreed(cast)
    party = session.dispute.parties[0]
    pages = {
        LEADER: [f"/callouts/{callout.id}", "/decisions", "/deadlines"],
        MEDIATOR: [f"/sessions/{session.id}", f"/parties/{party.id}/edit", f"/visits/{session.dispute.visits[0].id}"],
    }
    for username, paths in pages.items():
        client = cast.signed_in(username)
        for path in paths:
            with asked() as found:
                answer = client.get(path)
            assert answer.status_code in (200, 403), path
            whole = [statement for statement, values in found
                     if statement.startswith("SELECT") and "SCAN disputes" in plan(statement, values)]  # fmt: skip
            assert whole == [], path


def test_no_page_looks_through_the_years(cast: Cast) -> None:
    """What was assigned, called, objected to and promised in five years is found by its day or its dispute."""
    unit, session = cast.whistled("市场监管局").callouts[0].unit_id, agreed(cast)
    [term] = session.agreement.terms
    with cast.acting() as change:
        note_performance(change, term, session.opened_at.date(), 1, PaidBy.CASH)
    matter = f"/disputes/{session.dispute.reference}"
    pages = {
        CLERK: [matter, "/disputes", "/shifts", f"/performances/{term.performances[0].id}/strike/new",
                f"/disputes/{cast.registered().reference}/whistles/new"],
        LEADER: ["/", f"/units/{unit}/record", f"/units/{unit}/record/callouts"],
    }  # fmt: skip
    whole = []
    for username, paths in pages.items():
        client = cast.signed_in(username)
        for path in paths:
            with asked() as found:
                assert client.get(path).status_code == 200, path
            plans = {plan(statement, values) for statement, values in found if statement.startswith("SELECT")}
            lines = [line for told in plans for line in told.splitlines() if line.startswith(GROWN)]
            whole += [(path, line) for line in lines if not line.endswith(OPEN_ALONE)]
    assert whole == []


def test_a_list_asks_once_for_all_its_lines(cast: Cast) -> None:
    client, callout = cast.signed_in(LEADER), cast.whistled("市场监管局").callouts[0]
    visit(client, "/emergency-pack").form("/emergency-pack").submit()
    lists = ["/shifts", "/emergency-pack/paper", f"/callouts/{callout.id}/visit-plan",
             *(f"/units/{callout.unit_id}/record{page}" for page in ("", "/sheet", "/callouts"))]  # fmt: skip
    counts = []
    for _time in range(2):
        for _matter in range(4):
            cast.whistled("市场监管局", room=None)
        counts.append([])
        for path in lists:
            with asked() as found:
                assert client.get(path).status_code == 200, path
            counts[-1].append(len(found))
    assert counts[0] == counts[1]
