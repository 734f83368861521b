"""How a callout ends: left, stood down, or nobody came; once."""

import pytest

from models.callout import ArrivalMethod, CalloutState
from models.errors import TransitionNotAllowed
from models.objection import Objection, ObjectionChannel
from tests.support.cast import Cast


def test_nobody_is_released_who_has_not_come(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        callout.release(change)


def test_who_has_come_is_not_stood_down(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
        callout.stand_down(change, "已和解")
    assert callout.state is CalloutState.ARRIVED


def test_not_having_come_is_noted_only_after_the_limit(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=20)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        callout.miss(change)
    clock.advance(seconds=1)
    with cast.acting() as change:
        callout.miss(change, "电话也打不通")
        callout.miss(change, "再按一次")
    assert (callout.state, callout.no_show_words) == (CalloutState.NO_SHOW, "电话也打不通")
    assert not callout.is_open


def test_an_objection_is_decided_before_anybody_is_noted_as_missing(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.LINK)
    clock.advance(minutes=21)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        callout.miss(change)


def test_who_was_missing_may_be_called_again(cast: Cast, clock) -> None:
    whistle = cast.whistled()
    clock.advance(minutes=21)
    with cast.acting() as change:
        whistle.callouts[0].miss(change)
    again = cast.whistled(dispute=whistle.dispute, room=None).callouts[0]
    assert again.is_open


def test_a_stand_down_is_seen_once(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.see_stand_down(change)
        assert callout.stand_down_seen_at is None
        callout.stand_down(change, "已和解")
    seen = clock.advance(minutes=2)
    for _ in range(2):
        with cast.acting() as change:
            callout.see_stand_down(change)
        clock.advance(minutes=1)
    assert callout.stand_down_seen_at == seen
