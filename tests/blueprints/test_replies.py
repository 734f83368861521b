"""到场结果 kept: the promised reply on the card, at the session and on the callout's page; one tap each."""

from datetime import date

import pytest

from models.callout import AnswerResult, ArrivalMethod, Callout
from tests.support.boards import Poller, whole_whistle
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


@pytest.fixture
def promised(cast: Cast) -> Callout:
    """The officer has left with the promise of a reply by Friday."""
    callout = whole_whistle(cast, cast.registered(), "市场监管局").callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
        callout.give_answer(change, callout.version, AnswerResult.TAKEN_BACK, "回去核实", date(2026, 11, 27))
        callout.release(change)
    return callout


def test_the_card_keeps_the_promise_and_turns_late(cast: Cast, clock: Clock, promised: Callout) -> None:
    card = visit(cast.signed_in(), "/board").soup.select_one(f"#dispute-{promised.dispute_id}")
    assert "11月27日前答复" in card.get_text()
    assert "is-late" not in card["class"]
    clock.advance(days=5)
    client = cast.signed_in()
    card = visit(client, "/board").soup.select_one(f"#dispute-{promised.dispute_id}")
    assert "答复逾期" in card.get_text()
    assert "is-late" in card["class"]
    poller = Poller(client)
    button = card.select_one(f"#callout-{promised.id}-unreplied")
    token = visit(client, "/board").soup.select_one("#act input")["value"]
    answer = client.post(button["formaction"], data={"csrf_token": token, button["name"]: button["value"]})
    assert answer.status_code == 303
    db.session.expire_all()
    assert promised.reply_missed_at == clock.now
    assert f"callout-{promised.id}-unreplied" not in poller.ask().text


def test_a_tap_on_the_card_notes_todays_reply(cast: Cast, clock: Clock, promised: Callout) -> None:
    client = cast.signed_in()
    page = visit(client, "/board")
    button = page.soup.select_one(f"#callout-{promised.id}-replied")
    token = page.soup.select_one("#act input")["value"]
    client.post(button["formaction"], data={"csrf_token": token, button["name"]: button["value"]})
    db.session.expire_all()
    assert promised.replied_on == date(2026, 11, 23)


def test_another_day_is_noted_on_the_callouts_page(cast: Cast, clock: Clock, promised: Callout) -> None:
    clock.advance(days=5)
    client = cast.signed_in()
    start = visit(client, "/")
    assert "带回研究待答复" in start.text
    page = start.follow(f"/callouts/{promised.id}")
    wrong = page.form("/reply", "已答复").submit(422, replied_on="2026-12-31")
    assert wrong.soup.select_one("#reply-replied_on-error")
    page = page.form("/reply", "已答复").submit(replied_on="2026-11-26")
    assert "11月26日按期答复" in page.text
    assert "11月26日按期答复" in visit(client, f"/disputes/{promised.dispute.reference}").text
    assert f"/callouts/{promised.id}" not in visit(client, "/").html


def test_the_record_counts_the_kept_promise(cast: Cast, clock: Clock, promised: Callout) -> None:
    address = f"/units/{promised.unit_id}/record/callouts?figure=effective"
    assert promised.dispute.short_number not in visit(cast.signed_in(LEADER), address).text
    with cast.acting() as change:
        promised.reply(change, date(2026, 11, 23))
    assert promised.dispute.short_number in visit(cast.signed_in(LEADER), address).text
