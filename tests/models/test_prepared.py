"""Prepared statements answer like the ordinary ones, on both databases."""

from datetime import UTC, timedelta

from sqlalchemy import bindparam, select

from models.assignment import Assignment, Duty
from models.base import Instant
from models.callout import Callout
from models.prepared import Prepared, Reading
from models.visit import Visit
from tests.support.boards import whole_whistle
from tests.support.cast import Cast
from transaction import db

_LATER = Prepared(
    select(Callout.id, Callout.due_at, Callout.arrived_at, Callout.delivered_at.is_(None).label("silent"), Visit.day)
    .join(Visit, Visit.dispute_id == Callout.dispute_id)
    .where(Callout.id.in_(bindparam("ids", expanding=True)), Callout.due_at > bindparam("at", type_=Instant))
    .order_by(Callout.id)
)
_LEADING = Prepared(select(Assignment.id).where(Assignment.duty == Duty.MEDIATOR))


def test_rows_have_names_aware_moments_and_days(cast: Cast, clock) -> None:
    first, second = whole_whistle(cast, cast.registered()).callouts
    reading = Reading.of(db.session())
    rows = reading.rows(_LATER, ids=[first.id, second.id], at=clock.now)
    assert [row.id for row in rows] == [first.id, second.id]
    assert (rows[0].due_at, rows[0].due_at.tzinfo) == (first.due_at, UTC)
    assert rows[0].arrived_at is None
    assert rows[0].silent
    assert rows[0].day == first.dispute.visits[0].day


def test_values_select_and_a_list_may_be_of_any_length(cast: Cast, clock) -> None:
    callouts = whole_whistle(cast, cast.registered()).callouts
    reading = Reading.of(db.session())
    assert len(reading.rows(_LATER, ids=[callouts[0].id], at=clock.now)) == 1
    assert reading.rows(_LATER, ids=[], at=clock.now) == []
    assert reading.rows(_LATER, ids=[callouts[0].id], at=callouts[0].due_at + timedelta(seconds=1)) == []


def test_words_of_closed_lists_select(cast: Cast) -> None:
    whole_whistle(cast, cast.registered())
    assert len(Reading.of(db.session()).rows(_LEADING)) == 1
