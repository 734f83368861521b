"""Figures of a unit's month, in a world small enough to add up by hand."""

from datetime import UTC, date, datetime

import pytest

from models import figures
from models.callout import AnswerResult, ArrivalMethod, Callout
from models.clock import local_day
from models.figures import COUNTED, DEFINITIONS, MEDIAN_DEFINITION, NAMES, Figure
from models.month import Month
from models.objection import Objection, ObjectionChannel
from tests.support.cast import Cast
from tests.support.clock import Clock
from transaction import db

UNIT = "市场监管局"


def call(cast: Cast) -> Callout:
    return cast.whistled(UNIT, room=None).callouts[0]


def come(cast: Cast, callout: Callout, result: AnswerResult | None = None) -> None:
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
        if result is not None:
            callout.give_answer(change, callout.version, result, "已答复", date(2026, 12, 1))


def record(clock: Clock) -> dict[Figure, tuple[int, int | None]]:
    every = db.session.query(Callout).order_by(Callout.id).all()
    return {count.figure: (count.number, count.among) for count in figures.record(every, clock())}


@pytest.fixture
def month(cast: Cast, clock: Clock) -> dict[Figure, tuple[int, int | None]]:
    """Nine whistles: answered, taken back, without authority, late, absent, upheld, rejected, stood down, running."""
    answered, taken, powerless, late, absent, foreign, own, needless = (call(cast) for _one in range(8))
    with cast.acting() as change:
        needless.stand_down(change, "已自行解决")
        for callout in (foreign, own):
            Objection.raise_for(change, callout, "不属我局职责", "", ObjectionChannel.TELEPHONE)
    with cast.acting() as change:
        foreign.objections[0].uphold(change, None)
        own.objections[0].reject(change)
    clock.advance(minutes=12)
    come(cast, answered, AnswerResult.ANSWERED)
    come(cast, taken, AnswerResult.TAKEN_BACK)
    come(cast, powerless, AnswerResult.NEEDS_AUTHORITY)
    clock.advance(minutes=20)
    come(cast, late)
    with cast.acting() as change:
        answered.release(change)
    clock.advance(minutes=5)
    call(cast)
    assert absent.arrived_at is None
    with cast.acting() as change:
        taken.reply(change, local_day(clock.now))
    return record(clock)


@pytest.mark.parametrize(("figure", "number", "among"), [
    (Figure.CALLED, 9, None),
    (Figure.DUE, 6, 9),
    (Figure.ARRIVED, 4, 6),
    (Figure.ON_TIME, 3, 6),
    (Figure.EFFECTIVE, 2, 6),
    (Figure.NOT_YET_DUE, 1, None),
    (Figure.UPHELD, 1, None),
    (Figure.STOOD_DOWN, 1, None),
])  # fmt: skip
def test_each_figure_counts_what_its_definition_says(month, figure: Figure, number: int, among: int | None) -> None:
    assert month[figure] == (number, among)


def test_nothing_is_counted_twice_and_nothing_is_lost(month) -> None:
    parts = (Figure.DUE, Figure.NOT_YET_DUE, Figure.UPHELD, Figure.STOOD_DOWN)
    assert sum(month[figure][0] for figure in parts) == month[Figure.CALLED][0]


def test_the_median_and_the_cost(month) -> None:
    every = db.session.query(Callout).all()
    assert figures.median_minutes(every) == 12
    assert figures.median_minutes([]) is None
    assert figures.cost(every) == figures.Cost(officers=4, minutes=20, still_here=3)


def test_the_printed_definition_is_that_of_the_function() -> None:
    assert {figure: count.__doc__ for figure, count in COUNTED.items()} == DEFINITIONS
    assert figures.median_minutes.__doc__ == MEDIAN_DEFINITION
    assert set(Figure) == NAMES.keys()


def test_a_month_is_counted_from_midnight_at_the_centre() -> None:
    month = Month.of(datetime(2026, 10, 31, 16, 30, tzinfo=UTC))
    assert (str(month), str(month.preceding), str(month.following.following)) == ("2026-11", "2026-10", "2027-01")
    assert month.bounds == (datetime(2026, 10, 31, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-1", "1999-01", "2026-11-01"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert Month.written(text) is None
    assert str(Month.written("2026-02")) == "2026-02"
