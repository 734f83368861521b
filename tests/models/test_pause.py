"""The clock of a callout: it stands still for the house's own reasons, and is given more time by the leader."""

from datetime import timedelta

import pytest

from models.callout import ArrivalMethod, CalloutState
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.extension import extend
from models.pause import PauseReason, pause, resume
from tests.support.cast import LEADER, Cast


def test_while_the_clock_stands_still_nothing_is_late(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    due = callout.due_at
    clock.advance(minutes=19)
    with cast.acting() as change:
        pause(change, callout, PauseReason.ROAD_CLOSED)
    clock.advance(minutes=30)
    assert not callout.is_late(clock.now)
    assert callout.state is CalloutState.PAUSED
    with cast.acting() as change:
        resume(change, callout)
        resume(change, callout)
    assert callout.due_at == due + timedelta(minutes=30)
    assert callout.first_due_at == due
    clock.advance(minutes=2)
    assert callout.is_late(clock.now)


def test_a_second_pause_while_one_runs_changes_nothing(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    for _ in range(2):
        with cast.acting() as change:
            pause(change, callout, PauseReason.PARTY_LEFT)
    assert len(callout.pauses) == 1


def test_another_reason_needs_words(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(RuleBroken), cast.acting() as change:
        pause(change, callout, PauseReason.OTHER, " ")


def test_who_comes_during_a_pause_ends_it_and_is_in_time(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=10)
    with cast.acting() as change:
        pause(change, callout, PauseReason.ROOM_CHANGED)
    clock.advance(minutes=15)
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    assert callout.open_pause is None
    assert not callout.is_late(clock.now)


def test_only_who_is_awaited_has_a_clock_to_stop(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        pause(change, callout, PauseReason.ROOM_CHANGED)


def test_a_clock_set_back_makes_no_pause_of_less_than_nothing(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    due = callout.due_at
    with cast.acting() as change:
        pause(change, callout, PauseReason.ROOM_CHANGED)
    clock.advance(hours=-3)
    with cast.acting() as change:
        resume(change, callout)
        callout.acknowledge(change)
        callout.arrive(change, ArrivalMethod.DESK)
    assert callout.due_at == due
    assert callout.sounded_at <= callout.acknowledged_at <= callout.arrived_at


def test_an_extension_keeps_both_times(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    due, version = callout.due_at, callout.version
    with cast.acting(LEADER) as change:
        extend(change, callout, version, 15, "人在乡镇现场")
    [extension] = callout.extensions
    assert (extension.due_before, extension.due_after) == (due, due + timedelta(minutes=15))
    assert callout.due_at == extension.due_after
    with pytest.raises(Stale), cast.acting(LEADER) as change:
        extend(change, callout, version, 15, "人在乡镇现场")


@pytest.mark.parametrize(("minutes", "reason"), [(0, "远"), (241, "远"), (10, " ")])
def test_an_extension_needs_sense_and_a_reason(cast: Cast, minutes: int, reason: str) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(RuleBroken), cast.acting(LEADER) as change:
        extend(change, callout, callout.version, minutes, reason)
