"""The ladder on the callout's page and on the board, and what the worker does by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from messages.reminders import climb
from models.callout import Callout, CalloutState
from models.ladder import Step
from models.objection import Objection, ObjectionChannel
from models.outbox import Message
from models.presence import note
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db, writing

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


@pytest.fixture
def callout(cast: Cast) -> Callout:
    return cast.whistled().callouts[0]


@pytest.fixture
def late(callout: Callout, clock: Clock) -> Callout:
    """Sixteen minutes after its limit."""
    clock.now = callout.due_at + timedelta(minutes=16)
    return callout


def desk(cast: Cast, callout: Callout, username: str = "xuwenjing") -> Page:
    return visit(cast.signed_in(username), f"/callouts/{callout.id}")


def told(template: str) -> int:
    return len(db.session.scalars(select(Message).where(Message.template == template)).all())


def test_the_worker_reminds_a_silent_unit_once(cast: Cast, callout: Callout, clock: Clock) -> None:
    clock.now += timedelta(minutes=4)
    assert climb() == 0
    clock.now += timedelta(minutes=2)
    assert (climb(), climb()) == (1, 0)
    db.session.expire_all()
    assert [step.step for step in callout.steps] == [Step.REMINDER]
    assert told("reminder") == 1
    ring = visit(cast.signed_in("xuwenjing"), "/board").soup.select_one("a[href^='tel:']")
    assert ring.text == callout.unit.telephone != ""


def test_who_has_acknowledged_is_not_reminded(cast: Cast, callout: Callout, clock: Clock) -> None:
    with cast.acting() as change:
        callout.acknowledge(change)
    clock.now += timedelta(minutes=10)
    assert climb() == 0


def test_a_silent_house_holds_the_ladder(cast: Cast, callout: Callout, clock: Clock) -> None:
    with writing() as session:
        note(session, cast.centre.id, clock.now)
    clock.now += timedelta(minutes=6)
    assert climb() == 0
    with writing() as session:
        note(session, cast.centre.id, clock.now)
    assert climb() == 1


def test_the_second_whistle_sounds_by_itself_only_where_the_house_wants_it(cast: Cast, late: Callout) -> None:
    with cast.acting() as change:
        late.acknowledge(change)
    assert climb() == 0
    with cast.acting(LEADER) as change:
        cast.centre.change_setting(change, "automatic_second", True)
    assert climb() == 1
    assert told("second") == 1


def test_the_second_whistle_is_pressed_at_its_time(cast: Cast, callout: Callout, late: Callout) -> None:
    page = desk(cast, late).form("/second-whistle").submit()
    assert "二次吹哨" in page.text
    assert page.soup.find("form", action=f"/callouts/{late.id}/second-whistle") is None
    board = visit(page.client, "/board")
    assert "已二次吹哨" in board.text


def test_the_button_of_the_second_whistle_waits_for_its_time_on_the_card(cast: Cast, callout: Callout) -> None:
    button = visit(cast.signed_in(), "/board").soup.find("button", id=f"callout-{callout.id}-second")
    assert button.has_attr("hidden")
    assert button["data-shows-at"] == (callout.due_at + timedelta(minutes=15)).isoformat()


def test_only_the_leader_asks_the_district(cast: Cast, late: Callout, clock: Clock) -> None:
    clock.now += timedelta(minutes=15)
    assert desk(cast, late).soup.find("form", action=f"/callouts/{late.id}/coordination") is None
    desk(cast, late, LEADER).form("/coordination").submit()
    db.session.expire_all()
    assert [step.step for step in late.steps] == [Step.COORDINATION]


def test_a_telephone_nobody_answers_is_on_record_and_counts_as_nothing(cast: Cast, callout: Callout) -> None:
    page = desk(cast, callout).form("/telephone-note").submit(press="no_answer")
    assert "打不通" in page.text
    assert callout.acknowledged_at is None


def test_the_time_stands_still_and_goes_on(cast: Cast, callout: Callout, clock: Clock) -> None:
    due = callout.due_at
    page = desk(cast, callout).form("/pause").submit(reason="room_changed")
    assert callout.state is CalloutState.PAUSED
    assert "暂停计时" in visit(page.client, "/board").text
    clock.now += timedelta(minutes=7)
    visit(page.client, page.path).form("/resumption").submit()
    assert callout.due_at == due + timedelta(minutes=7)


def test_only_the_leader_gives_more_time(cast: Cast, callout: Callout) -> None:
    assert desk(cast, callout).soup.find(id="extension") is None
    due = callout.due_at
    desk(cast, callout, LEADER).form("/extension").submit(minutes=20, reason="路远")
    assert callout.due_at == due + timedelta(minutes=20)


def test_nobody_came_and_then_somebody_did(cast: Cast, late: Callout) -> None:
    page = desk(cast, late).form("/no-show").submit(words="电话称下午来")
    assert late.state is CalloutState.NO_SHOW
    page.form("/late-arrival").submit(reason="13点到", name="汪海燕")
    assert late.state is CalloutState.ARRIVED


def test_an_objection_by_link_is_confirmed_before_it_is_upheld(cast: Cast, callout: Callout) -> None:
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.LINK)
    desk(cast, callout).form("/confirmation").submit()
    desk(cast, callout, LEADER).form("/decision").submit(press="uphold", units="", question="")
    assert callout.objections[0].upheld


def test_a_unit_called_to_two_rooms_gets_a_plan(cast: Cast, callout: Callout, clock: Clock) -> None:
    other = cast.whistled("市场监管局", room="调解一室", dispute=cast.registered("某服装店")).callouts[0]
    form = desk(cast, other).follow("/visit-plan").form("/visit-plan")
    page = form.submit(**{f"at_{callout.id}": "10:35", f"at_{other.id}": "11:05"})
    assert "调解三室 10:35 → 调解一室 11:05" in page.text
    assert not other.is_late(clock.now + timedelta(minutes=30))
