"""应哨回执: what a unit files of one visit, with the fairness clock on it."""

from datetime import timedelta

import pytest

from models.callout import ArrivalMethod
from models.errors import TransitionNotAllowed
from models.objection import Objection, ObjectionChannel
from models.receipt import Receipt
from tests.support.cast import Cast
from transaction import db


@pytest.mark.parametrize(("minutes", "late"), [(20, None), (20.5, 1), (21, 1), (35, 15)])
def test_lateness_is_counted_from_the_due_time(cast: Cast, clock, minutes: float, late: int | None) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=minutes)
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    receipt = Receipt.of(db.session(), callout)
    assert (receipt.minutes_late, receipt.minutes_granted) == (late, 0)


def test_time_that_was_granted_stands_on_it(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=24)
    with cast.acting() as change:
        callout.due_at = callout.due_at + timedelta(minutes=6)
        callout.arrive(change, ArrivalMethod.DESK)
    receipt = Receipt.of(db.session(), callout)
    assert (receipt.minutes_late, receipt.minutes_granted) == (None, 6)


def test_there_is_none_before_the_arrival(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(TransitionNotAllowed):
        Receipt.of(db.session(), callout)


def test_an_upheld_objection_is_worth_a_receipt(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.TELEPHONE)
    with cast.acting() as change:
        callout.open_objection.uphold(change, None)
    assert Receipt.of(db.session(), callout).objection.upheld
