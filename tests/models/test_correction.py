"""Corrections: a wrong tap is taken back with a reason; what stood there stays in the history."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from models.callout import AnswerResult, ArrivalMethod, Callout, CalloutState
from models.change import Change
from models.correction import Tap, arrive_after_all, reversible, take_back
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.objection import Objection, ObjectionChannel
from models.pause import PauseReason, pause
from models.telephone_call import CallResult, note_call
from tests.support.cast import LEADER, Cast
from transaction import db

Verb = Callable[[Change, Callout], object]


def arrive(change: Change, callout: Callout) -> None:
    callout.arrive(change, ArrivalMethod.DESK)


def answer(change: Change, callout: Callout) -> None:
    arrive(change, callout)
    callout.give_answer(change, callout.version, AnswerResult.TAKEN_BACK, "回去核实", date(2026, 12, 1))


def release(change: Change, callout: Callout) -> None:
    arrive(change, callout)
    callout.release(change)


TAPS: dict[Tap, Verb] = {
    Tap.TELEPHONE: lambda change, callout: note_call(change, callout, CallResult.TOLD, "王建国"),
    Tap.ACKNOWLEDGE: lambda change, callout: callout.acknowledge(change),
    Tap.SET_OUT: lambda change, callout: callout.set_out(change),
    Tap.ARRIVE: arrive,
    Tap.RELEASE: release,
    Tap.STAND_DOWN: lambda change, callout: callout.stand_down(change, "按错了"),
    Tap.NO_SHOW: lambda change, callout: callout.miss(change),
    Tap.PAUSE: lambda change, callout: pause(change, callout, PauseReason.ROOM_CHANGED),
    Tap.ANSWER: answer,
}
AFTER = {
    Tap.SET_OUT: CalloutState.ACKNOWLEDGED,
    Tap.ARRIVE: CalloutState.ACKNOWLEDGED,
    Tap.RELEASE: CalloutState.ARRIVED,
    Tap.ANSWER: CalloutState.ARRIVED,
}


@pytest.mark.parametrize("tap", Tap)
def test_every_tap_can_be_taken_back_once(cast: Cast, clock, tap: Tap) -> None:
    callout = cast.whistled().callouts[0]
    if tap is Tap.NO_SHOW:
        clock.advance(minutes=21)
    with cast.acting() as change:
        TAPS[tap](change, callout)
    assert tap in reversible(callout)
    clock.advance(minutes=1)
    for _ in range(2):
        with cast.acting() as change:
            take_back(change, callout, tap, "按错了")
    assert callout.state is AFTER.get(tap, CalloutState.SOUNDED)
    assert [(row.tap, row.reason) for row in callout.corrections] == [(tap, "按错了")]
    assert callout.is_open


def test_both_values_stay_in_the_history(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=7)
    with cast.acting() as change:
        arrive(change, callout)
    was = callout.arrived_at
    clock.advance(minutes=3)
    with cast.acting() as change:
        take_back(change, callout, Tap.ARRIVE, "认错了人")
        arrive(change, callout)
    kinds = ("callout:arrive", "callout:take-back")
    events = [event for event in db.session.query(Event).order_by(Event.id) if event.kind in kinds]
    assert [event.kind for event in events] == ["callout:arrive", "callout:take-back", "callout:arrive"]
    assert json.loads(events[1].facts)["was"][:19] == was.isoformat()[:19]
    assert [json.loads(events[place].facts)["minutes"] for place in (0, 2)] == [7, 10]
    assert "认错了人" not in " ".join(event.facts for event in events)


def test_the_answer_as_it_read_is_kept(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        answer(change, callout)
        take_back(change, callout, Tap.ANSWER, "记错单位")
    assert callout.corrections[0].was == "taken_back: 回去核实"
    assert (callout.result, callout.answer, callout.answer_due_on) == (None, "", None)


def test_what_others_stand_on_is_taken_back_last(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.set_out(change)
        arrive(change, callout)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        take_back(change, callout, Tap.ACKNOWLEDGE, "按错了")
    assert reversible(callout) == [Tap.ARRIVE]


def test_what_never_was_changes_nothing(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        take_back(change, callout, Tap.RELEASE, "按错了")
    assert callout.corrections == []


def test_a_reason_is_needed(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(RuleBroken), cast.acting() as change:
        take_back(change, callout, Tap.ACKNOWLEDGE, " ")


def test_a_unit_called_again_meanwhile_is_not_called_twice(cast: Cast) -> None:
    whistle = cast.whistled()
    callout = whistle.callouts[0]
    with cast.acting() as change:
        callout.stand_down(change, "按错了")
    cast.whistled(dispute=whistle.dispute, room=None)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        take_back(change, callout, Tap.STAND_DOWN, "还是要来")


def test_an_upheld_objection_is_not_undone_as_a_stand_down(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting(LEADER) as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.TELEPHONE)
        change.session.flush()
        callout.open_objection.uphold(change, None)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        take_back(change, callout, Tap.STAND_DOWN, "按错了")


def test_a_pause_taken_back_gives_no_time(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    due = callout.due_at
    with cast.acting() as change:
        pause(change, callout, PauseReason.ROOM_CHANGED)
    clock.advance(minutes=8)
    with cast.acting() as change:
        callout.end_pause(change)
    assert callout.due_at > due
    with cast.acting() as change:
        take_back(change, callout, Tap.PAUSE, "没有换房间")
    assert callout.due_at == due


def test_an_acknowledgement_taken_back_leaves_what_a_channel_delivered(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.deliver(change)
        callout.acknowledge(change)
        take_back(change, callout, Tap.ACKNOWLEDGE, "按错了")
    assert callout.acknowledged_at is None


def test_who_comes_after_he_was_noted_as_missing_is_late_and_present(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=25)
    with cast.acting() as change:
        callout.miss(change)
    clock.advance(minutes=5)
    with cast.acting() as change:
        arrive_after_all(change, callout, "后来到了", ArrivalMethod.DESK)
    assert (callout.state, callout.minutes_taken) == (CalloutState.ARRIVED, 30)
    assert callout.is_late(clock.now)
