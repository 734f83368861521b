"""Reading the record: sentences, filters, pages, refusals, and the check of the chain."""

from sqlalchemy import delete, text, update

from models.event import Event
from tests.support.cast import CLERK, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db, writing

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

AUDITOR = "yinshouzheng"


def opened(cast: Cast, query: str = "") -> Page:
    return visit(cast.signed_in(AUDITOR), f"/audit{query}")


def sentences(page: Page) -> list[str]:
    return [row.find_all("td")[1].get_text() for row in page.soup.select("tbody tr")]


def test_every_event_has_its_sentence_and_its_actor(cast: Cast) -> None:
    cast.whistled("市场监管局")
    page = opened(cast)
    assert len(sentences(page)) == 50
    assert "许文静" in page.text
    assert "%(" not in page.text
    assert "宋佳" not in page.text  # no party is named in the record
    assert "甘综-20261123-001" in page.text


def test_older_pages_follow_without_gap_or_repeat(cast: Cast) -> None:
    page, seen = opened(cast), []
    while True:
        seen += [int(row.find_all("td")[-1].get_text()) for row in page.soup.select("tbody tr")]
        if not page.soup.select("a[rel=next]"):
            break
        page = page.follow("before=")
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == db.session.query(Event).count()


def test_filters_narrow_and_nonsense_counts_as_nothing(cast: Cast) -> None:
    cast.whistled("市场监管局")
    assert len(sentences(opened(cast, "?kind=whistle:sound"))) == 1
    assert len(sentences(opened(cast, "?about=unit"))) == 50
    assert sentences(opened(cast, "?day=2020-01-01")) == []
    clerk = cast.person(CLERK)
    mine = opened(cast, f"?actor={clerk.id}&about=dispute&day=2026-11-23")
    assert mine.soup.select("tbody tr")
    assert {row.find_all("td")[2].get_text() for row in mine.soup.select("tbody tr")} == {"许文静"}
    dispute = mine.follow("stream=dispute")
    assert len(sentences(dispute)) == db.session.query(Event).filter(Event.stream.startswith("dispute:")).count()
    for query in ("?kind=x&about=y&stream=z&day=soon&actor=me&before=-1", "?actor=99999999999999999999"):
        assert len(sentences(opened(cast, query))) == 50


def test_refusals_of_today_are_counted_by_reason(cast: Cast, clock) -> None:
    client = cast.signed_in(CLERK)
    for _time in range(3):
        visit(client, "/audit", 403)
    client.post("/sign-in", data={"username": CLERK})  # no token
    page = opened(cast)
    counts = [line.get_text() for line in page.soup.select("aside .lines__end")]
    assert counts == ["3", "1"]
    assert len(sentences(opened(cast, "?about=security"))) == 4
    clock.advance(hours=20)
    assert opened(cast).soup.select("aside .empty")


def test_the_chain_is_checked_on_the_page(cast: Cast) -> None:
    client = cast.signed_in(AUDITOR)
    page = visit(client, "/audit").form("/verification").submit(200)
    assert page.soup.select(".notice.is-ok")
    with writing() as session:
        on = " ON events" if session.get_bind().dialect.name == "postgresql" else ""
        session.execute(text(f"DROP TRIGGER events_no_update{on}"))
        session.execute(text(f"DROP TRIGGER events_no_delete{on}"))
        session.execute(update(Event).where(Event.stream == "unit:5", Event.seq == 1).values(actor_id=7))
        session.execute(delete(Event).where(Event.stream == "unit:6"))
    page = visit(client, "/audit").form("/verification").submit(200)
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])][:2] for row in page.soup.select("tbody tr")]
    assert rows == [["unit:5", "1"], ["unit:6", "1"]]


def test_a_record_too_long_for_a_page_is_left_to_the_console(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr("blueprints.audit.routes.MOST_EVENTS", 10)
    page = opened(cast).form("/verification").submit(200)
    assert page.soup.select(".notice.is-wait")


def test_only_the_auditor_reads_the_record(cast: Cast) -> None:
    for who in (CLERK, SECURITY):
        client = cast.signed_in(who)
        visit(client, "/audit", 403)
        assert client.post("/audit/verification").status_code in (400, 403)
