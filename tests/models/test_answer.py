"""带回研究: the promise of a reply is kept or not; only a kept one makes the report effective."""

from datetime import date, timedelta

import pytest

from models.callout import AnswerResult, ArrivalMethod, Callout
from models.callout_facts import is_effective
from models.clock import local_day
from models.correction import Tap, take_back
from models.errors import RuleBroken, TransitionNotAllowed
from models.lateness import Late, late_marks
from tests.support.cast import Cast
from tests.support.clock import Clock
from transaction import db

PROMISED = date(2026, 11, 27)


@pytest.fixture
def callout(cast: Cast) -> Callout:
    """On Monday the unit promises its reply by Friday."""
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
        callout.give_answer(change, callout.version, AnswerResult.TAKEN_BACK, "回去核实", PROMISED)
    return callout


def marks(callout: Callout, clock: Clock) -> list[Late]:
    return late_marks(db.session(), [callout.dispute_id], clock.now, 600).get(callout.dispute_id, [])


def test_a_promise_counts_only_when_it_is_kept(cast: Cast, clock: Clock, callout: Callout) -> None:
    assert not is_effective(callout)
    clock.advance(days=4)
    with cast.acting() as change:
        callout.reply(change, local_day(clock.now))
    assert (callout.replied_on, callout.is_kept, is_effective(callout)) == (PROMISED, True, True)


def test_a_late_reply_is_a_reply_but_no_kept_promise(cast: Cast, clock: Clock, callout: Callout) -> None:
    clock.advance(days=5)
    with cast.acting() as change:
        callout.reply(change, local_day(clock.now))
    assert not callout.is_kept
    assert not is_effective(callout)


def test_the_promise_is_late_from_the_next_day_until_somebody_notes_it(
    cast: Cast, clock: Clock, callout: Callout
) -> None:
    clock.advance(days=4)
    assert Late.PROMISE not in marks(callout, clock)
    clock.advance(days=1)
    assert Late.PROMISE in marks(callout, clock)
    with cast.acting() as change:
        callout.miss_reply(change)
    assert Late.PROMISE not in marks(callout, clock)
    with cast.acting() as change:
        callout.reply(change, local_day(clock.now))
    assert callout.reply_missed_at is None


def test_no_reply_is_not_noted_before_the_day_is_over(cast: Cast, clock: Clock, callout: Callout) -> None:
    clock.advance(days=4)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        callout.miss_reply(change)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_reply_came_between_the_arrival_and_today(cast: Cast, clock: Clock, callout: Callout, days: int) -> None:
    with pytest.raises(RuleBroken), cast.acting() as change:
        callout.reply(change, local_day(clock.now) + timedelta(days=days))


def test_noted_once_and_corrected_with_its_reason_only(cast: Cast, clock: Clock, callout: Callout) -> None:
    with cast.acting() as change:
        callout.reply(change, local_day(clock.now))
    version = callout.version
    with cast.acting() as change:
        callout.reply(change, local_day(clock.now))
    assert callout.version == version
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        callout.give_answer(change, version, AnswerResult.ANSWERED, "当场答复", None)
    with cast.acting() as change:
        take_back(change, callout, Tap.ANSWER, "记错单位")
    assert (callout.result, callout.replied_on) == (None, None)
    assert callout.corrections[0].was == "taken_back: 回去核实 (2026-11-27: 2026-11-23)"


def test_who_promised_nothing_owes_no_reply(cast: Cast, clock: Clock) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        callout.reply(change, local_day(clock.now))
