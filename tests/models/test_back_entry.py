"""补录: own time, reason and mark; both times stay; paper numbers are used once."""

from datetime import timedelta

import pytest

from models.back_entry import (
    Happened,
    Late,
    LateCall,
    back_entries,
    enter_absence,
    enter_arrival,
    enter_visit,
    enter_whistle,
)
from models.callout import CalloutOrder, CalloutState
from models.clock import local_day
from models.errors import RuleBroken
from models.event import Event
from models.invitation import Invitation
from models.outbox import Message
from models.registration import Entry
from models.reserved_number import SLIPS, find_number, prepare_pack, reserved
from models.visit import Visit
from tests.support.cast import Cast
from tests.support.clock import Clock
from transaction import db

WHY = "断网期间纸质登记"


def entry(cast: Cast) -> Entry:
    return Entry(2, "宋佳", "19000000032", cast.category("消费"), "甘州某健身馆", "退还预付卡余额")


def entered(cast: Cast, late: Late, number: str = "") -> Visit:
    centre, words = cast.centre, entry(cast)
    with cast.acting() as change:
        return enter_visit(change, centre, words, late, find_number(change.session, centre, number))


def test_a_slip_keeps_the_time_it_was_written(cast: Cast, clock: Clock) -> None:
    with cast.acting() as change:
        prepare_pack(change, cast.centre)
    came = clock.now
    clock.advance(minutes=28)
    visit = entered(cast, Late(came, WHY), "01")
    assert (visit.arrived_at, visit.dispute.registered_at) == (came, came)
    [mark] = back_entries(db.session(), visit.dispute)
    assert (mark.kind, mark.original_at, mark.entered_at) == (Happened.VISIT, came, clock.now)
    assert (mark.reason, mark.reserved_number.number) == (WHY, "应急-20261123-01")
    with pytest.raises(RuleBroken, match="entered already"):
        entered(cast, Late(came, WHY), "1")


def test_a_slip_of_yesterday_counts_for_yesterday(cast: Cast, clock: Clock) -> None:
    first = cast.registered().visits[0]
    visit = entered(cast, Late(clock.now - timedelta(days=1), WHY))
    assert visit.day == local_day(clock.now) - timedelta(days=1)
    assert (first.queue_number, visit.queue_number) == ("A001", "A001")
    assert cast.registered().visits[0].queue_number == "A002"


def test_times_to_come_and_times_long_ago_are_refused(cast: Cast, clock: Clock) -> None:
    with pytest.raises(RuleBroken, match="still to come"):
        entered(cast, Late(clock.now + timedelta(minutes=1), WHY))
    long_ago = clock.now - timedelta(days=3)
    with pytest.raises(RuleBroken, match="duty leader"):
        entered(cast, Late(long_ago, WHY))
    assert entered(cast, Late(long_ago, WHY, by_leader=True)).arrived_at == long_ago
    with pytest.raises(RuleBroken, match="reason"):
        entered(cast, Late(clock.now, " "))


def test_a_whistle_by_telephone_ran_from_its_own_time(cast: Cast, clock: Clock) -> None:
    dispute = cast.registered()
    sounded = clock.advance(minutes=2)
    came = clock.advance(minutes=14)
    clock.advance(minutes=20)
    calls = [LateCall(CalloutOrder(cast.unit("市场监管局").id), "汪海燕", came),
             LateCall(CalloutOrder(cast.unit("人社局").id), "贺强")]  # fmt: skip
    before = db.session.query(Message).count()
    with cast.acting() as change:
        whistle = enter_whistle(change, dispute, calls, Late(sounded, WHY))
    here, missing = whistle.callouts
    assert (whistle.sounded_at, here.sounded_at, here.arrived_at, here.minutes_taken) == (sounded, sounded, came, 14)
    assert here.due_at - here.sounded_at == timedelta(minutes=20)
    assert (missing.state, missing.acknowledged_at) == (CalloutState.ACKNOWLEDGED, sounded)
    assert missing.is_late(clock.now)
    assert db.session.query(Message).count() == before  # they were told already
    assert sorted(mark.kind for mark in back_entries(db.session(), dispute)) == ["arrival", "whistle"]


def test_a_whistle_is_not_older_than_its_matter(cast: Cast, clock: Clock) -> None:
    dispute = cast.registered()
    clock.advance(minutes=5)
    calls = [LateCall(CalloutOrder(cast.unit("市场监管局").id))]
    with pytest.raises(RuleBroken, match="before the matter"), cast.acting() as change:
        enter_whistle(change, dispute, calls, Late(clock.now - timedelta(minutes=9), WHY))


def test_an_arrival_entered_twice_is_entered_once(cast: Cast, clock: Clock) -> None:
    callout = cast.whistled().callouts[0]
    came = clock.advance(minutes=12)
    clock.advance(minutes=10)
    for _twice in range(2):
        with cast.acting() as change:
            enter_arrival(change, callout, Late(came, WHY))
    assert (callout.arrived_at, callout.minutes_taken) == (came, 12)
    assert len(back_entries(db.session(), callout.dispute)) == 1
    told = db.session.query(Event).filter_by(kind="back-entry:make").one()
    assert told.particulars == {"happened": "arrival", "original": "2026-11-23T02:32Z"}
    with pytest.raises(RuleBroken, match="before anybody"), cast.acting() as change:
        enter_arrival(change, callout, Late(came - timedelta(hours=1), WHY))


def test_the_other_side_is_entered_with_its_time_too(cast: Cast, clock: Clock) -> None:
    dispute = cast.whistled().dispute
    with cast.acting() as change:
        invitation = Invitation.make(change, dispute, dispute.parties[1])
    came = clock.advance(minutes=7)
    clock.advance(minutes=7)
    with cast.acting() as change:
        enter_arrival(change, invitation, Late(came, WHY))
    assert invitation.arrived_at == came


def test_that_nobody_had_come_is_noted_and_the_clock_runs_on(cast: Cast, clock: Clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=25)
    for _twice in range(2):
        with cast.acting() as change:
            enter_absence(change, callout, Late(clock.now, WHY))
    assert callout.is_late(clock.now)
    assert [mark.kind for mark in back_entries(db.session(), callout.dispute)] == [Happened.ABSENCE]


def test_a_pack_has_its_numbers_once_a_day(cast: Cast, clock: Clock) -> None:
    for _twice in range(2):
        with cast.acting() as change:
            prepare_pack(change, cast.centre)
    held = reserved(db.session(), cast.centre, local_day(clock.now))
    assert len(held) == SLIPS
    assert db.session.query(Event).filter_by(kind="pack:print").count() == 2
    for typed in ("应急-20261123-03", "20261123-03", "1123-3", "3", "03"):
        assert find_number(db.session(), cast.centre, typed) is held[2], typed
    for typed in ("", "99", "1122-3", "一", "1-2-3-4"):
        assert find_number(db.session(), cast.centre, typed) is None, typed
