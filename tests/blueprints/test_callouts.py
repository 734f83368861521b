"""The unit's own page for officers who sign in: their callouts, their inbox, nobody's personal data."""

from collections.abc import Callable

from sqlalchemy import event

from messages.delivery import deliver_waiting
from models.arrival import arrival_key, code_now
from models.callout import CalloutState
from models.ending import send_home
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

OFFICER = "wanghaiyan"


def statements(act: Callable[[], object]) -> int:
    """How many statements the act sends to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement: str, *_more) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def test_the_unit_sees_its_own_callouts_without_the_parties(cast: Cast) -> None:
    cast.whistled("市场监管局", "总工会")
    page = visit(cast.signed_in(OFFICER), "/my-callouts")
    assert "市场监管局" in page.text
    assert "调解三室" in page.text
    for words in ("总工会", "宋佳", "19000000032", "甘州某健身馆", "退还预付卡余额"):
        assert words not in page.html


def test_the_inbox_tells_what_the_message_says(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    deliver_waiting()
    assert callout.state is CalloutState.DELIVERED
    page = visit(cast.signed_in(OFFICER), "/my-callouts")
    message = page.soup.select_one(".lines li").get_text(" ")
    for words in ("市场监管局", "调解三室", "10:40", callout.question, cast.centre.telephone):
        assert words in message
    with cast.acting() as change:
        send_home(change, callout.dispute)
    page = visit(page.client, "/my-callouts")
    assert "调解三室" in page.soup.select_one(".lines li").get_text(" "), "a message keeps the room it named"


def test_an_officer_answers_signed_in(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    page = visit(cast.signed_in(OFFICER), "/my-callouts").form("/acknowledgement").submit()
    page.form("/departure").submit()
    code = code_now(arrival_key(cast.app.extensions["sealer"], callout.dispute.centre_id), clock.now)
    page = visit(page.client, f"/my-callouts/{callout.id}")
    page.form(f"/my-callouts/{callout.id}/arrival").submit(422, code="")
    page.form(f"/my-callouts/{callout.id}/arrival").submit(code=code)
    assert callout.state is CalloutState.ARRIVED


def test_an_officer_sends_another_or_objects(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    page = visit(cast.signed_in(OFFICER), f"/my-callouts/{callout.id}")
    page.form("/substitute").submit(name="王建国")
    page.form("/objections").submit(reason="不归我们")
    assert callout.officer_name == "王建国"
    assert callout.open_objection is not None


def test_another_units_callout_is_not_found(cast: Cast) -> None:
    callout = cast.whistled("总工会").callouts[0]
    page = visit(cast.signed_in(OFFICER), "/my-callouts")
    visit(page.client, f"/my-callouts/{callout.id}", 404)
    token = page.soup.find("input", attrs={"name": "csrf_token"})["value"]
    answer = page.client.post(f"/my-callouts/{callout.id}/acknowledgement", data={"csrf_token": token})
    assert answer.status_code == 404
    assert callout.acknowledged_at is None


def test_a_clerk_has_no_callouts_of_a_unit(cast: Cast) -> None:
    visit(cast.signed_in(), "/my-callouts", 403)


def test_the_page_asks_as_often_for_ten_callouts_as_for_one(cast: Cast) -> None:
    client = cast.signed_in(OFFICER)
    cast.whistled(room=None)
    few = statements(lambda: visit(client, "/my-callouts"))
    for _ in range(9):
        cast.whistled(room=None)
    assert statements(lambda: visit(client, "/my-callouts")) == few
