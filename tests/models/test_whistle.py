"""The whistle: what it starts, and what it refuses."""

from datetime import timedelta

import pytest

from models.callout import ArrivalMethod, CalloutOrder, CalloutState
from models.errors import RuleBroken
from models.lifecycle import DisputeStatus
from models.whistle import Level, WhistleOrder, sound
from tests.support.cast import Cast


def test_a_whistle_accepts_the_dispute_and_starts_each_units_clock(cast: Cast) -> None:
    whistle = cast.whistled("市场监管局", "甘浚镇")
    assert whistle.dispute.status is DisputeStatus.ACCEPTED
    limits = {callout.unit.name: callout.due_at - callout.sounded_at for callout in whistle.callouts}
    assert limits == {"市场监管局": timedelta(minutes=20), "甘浚镇": timedelta(minutes=40)}


def test_a_unit_is_called_once_per_dispute(cast: Cast) -> None:
    whistle = cast.whistled("市场监管局")
    with pytest.raises(RuleBroken, match="called already"), cast.acting() as change:
        sound(change, whistle.dispute, WhistleOrder([CalloutOrder(cast.unit("市场监管局").id)]))


def test_a_room_holds_one_dispute(cast: Cast) -> None:
    cast.whistled("市场监管局", room="调解一室")
    with pytest.raises(RuleBroken, match="in use"):
        cast.whistled("总工会", room="调解一室")


def test_an_urgent_whistle_shortens_every_limit(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        order = WhistleOrder([CalloutOrder(cast.unit("甘浚镇").id)], level=Level.URGENT)
        whistle = sound(change, dispute, order)
    assert whistle.callouts[0].limit_minutes == 15


def test_an_officer_who_walks_in_has_acknowledged(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=14)
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    assert (callout.state, callout.minutes_taken) == (CalloutState.ARRIVED, 14)
    assert callout.acknowledged_at == callout.arrived_at


def test_arriving_twice_changes_nothing(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    first = callout.arrived_at
    clock.advance(minutes=5)
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.CODE)
    assert (callout.arrived_at, callout.arrival_method) == (first, ArrivalMethod.DESK)
