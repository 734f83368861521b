"""The ladder: proposed by the clock, taken once, held by a pause and before an appointed time."""

from datetime import timedelta

import pytest

from models.callout import ArrivalMethod, Callout, CalloutOrder
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.ladder import Step, by_itself, proposed, take
from models.objection import Objection, ObjectionChannel
from models.outbox import Message
from models.pause import PauseReason, pause, resume
from models.telephone_call import CallResult, note_call
from models.whistle import Level, WhistleOrder, sound
from tests.support.cast import LEADER, Cast
from transaction import db


def steps(callout: Callout, clock) -> list[Step]:
    return proposed(callout, clock.now, callout.dispute.centre.settings(db.session()))


def messages(template: str) -> list[tuple[str, int]]:
    rows = db.session.query(Message).filter_by(template=template).all()
    return [(row.recipient_kind, row.recipient_id) for row in rows]


def test_each_step_is_proposed_at_its_time(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]  # twenty minutes
    seen = {}
    for minute in range(0, 60, 5):
        seen[minute] = steps(callout, clock)
        clock.advance(minutes=5)
    assert seen[0] == []
    assert seen[5] == seen[30] == [Step.REMINDER]
    assert seen[35] == [Step.REMINDER, Step.SECOND]
    assert seen[50] == [Step.REMINDER, Step.SECOND, Step.COORDINATION]


def test_who_has_acknowledged_is_not_reminded(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.acknowledge(change)
    clock.advance(minutes=6)
    assert steps(callout, clock) == []


def test_who_has_come_hears_nothing_more(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    clock.advance(hours=2)
    assert steps(callout, clock) == []


def test_no_step_before_its_time(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=34)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        take(change, callout, Step.SECOND)


def test_a_second_whistle_goes_to_the_unit_and_the_clock_runs_on(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    due = callout.due_at
    clock.advance(minutes=36)
    for _ in range(2):
        with cast.acting() as change:
            take(change, callout, Step.SECOND)
    assert callout.due_at == due
    assert [(row.step, row.at) for row in callout.steps] == [(Step.SECOND, clock.now)]
    assert messages("second") == [("callout", callout.id)]
    assert len(callout.dispute.whistles) == 1
    assert Step.SECOND not in steps(callout, clock)


def test_the_district_is_asked_as_a_unit(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=51)
    with cast.acting(LEADER) as change:
        take(change, callout, Step.COORDINATION)
    assert messages("coordination") == [("unit", cast.centre.unit.parent_id)]


def test_a_pause_holds_the_ladder_and_moves_it(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=2)
    with cast.acting() as change:
        pause(change, callout, PauseReason.ROOM_CHANGED)
    clock.advance(hours=1)
    assert steps(callout, clock) == []
    with cast.acting() as change:
        resume(change, callout)
    clock.advance(minutes=2)
    assert steps(callout, clock) == []
    clock.advance(minutes=1)
    assert steps(callout, clock) == [Step.REMINDER]


def test_an_objection_does_not_hold_it(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.LINK)
    clock.advance(minutes=36)
    assert steps(callout, clock) == [Step.SECOND]


def test_nobody_is_reminded_before_an_appointed_time(cast: Cast, clock) -> None:
    dispute, at = cast.registered(), clock.now + timedelta(hours=3)
    with cast.acting() as change:
        order = WhistleOrder([CalloutOrder(cast.unit("市场监管局").id)], level=Level.APPOINTMENT, appointed_at=at)
        callout = sound(change, dispute, order).callouts[0]
    clock.advance(hours=2, minutes=59)
    assert steps(callout, clock) == []
    clock.advance(minutes=1)
    assert steps(callout, clock) == [Step.REMINDER]


def test_the_second_whistle_sounds_by_itself_only_where_the_house_wants_it(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=40)
    settings = cast.centre.settings(db.session())
    assert list(by_itself(callout, clock.now, settings)) == [Step.REMINDER]
    assert list(by_itself(callout, clock.now, settings | {"automatic_second": True})) == [Step.REMINDER, Step.SECOND]


def test_a_call_that_was_answered_counts_as_acknowledged(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    for _ in range(2):
        with cast.acting() as change:
            note_call(change, callout, CallResult.TOLD, "王建国")
    assert callout.acknowledged_at == clock.now
    assert [(call.result, call.name) for call in callout.calls] == [(CallResult.TOLD, "王建国")]


def test_a_call_nobody_answered_counts_as_nothing_and_is_on_record(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    for minutes in (0, 0, 3):
        clock.advance(minutes=minutes)
        with cast.acting() as change:
            note_call(change, callout, CallResult.NO_ANSWER)
    assert callout.acknowledged_at is None
    assert len(callout.calls) == 2  # the double tap is one call


def test_a_later_call_to_the_leader_is_kept_too(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.acknowledge(change)
    clock.advance(minutes=36)
    with cast.acting() as change:
        note_call(change, callout, CallResult.TOLD, "分管局长")
    assert [call.name for call in callout.calls] == ["分管局长"]
    assert "分管局长" not in " ".join(db.session.scalars(db.select(Event.facts)))


def test_whom_the_call_reached_must_be_named(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(RuleBroken), cast.acting() as change:
        note_call(change, callout, CallResult.TOLD, " ")
