"""Attendance of windows: by one tap, twice is once, a window may be left and manned again."""

from models.attendance import Attendance, attendance_of
from models.clock import local_day
from models.event import Event
from models.unit import Stationing
from tests.support.cast import Cast
from tests.support.clock import Clock
from transaction import db


def tap(cast: Cast, verb) -> None:
    with cast.acting() as change:
        verb(change, cast.centre, cast.unit("信访局"))


def spans(cast: Cast, clock: Clock) -> list[bool]:
    """Of today's spans, which are over."""
    unit = cast.unit("信访局")
    found = attendance_of(db.session, cast.centre.id, local_day(clock()), [unit])
    return [span.left_at is not None for span in found.get(unit.id, [])]


def test_a_second_tap_changes_nothing(cast: Cast, clock: Clock) -> None:
    tap(cast, Attendance.leave)
    assert spans(cast, clock) == []
    for _time in range(2):
        tap(cast, Attendance.come)
    assert spans(cast, clock) == [False]
    for _time in range(2):
        tap(cast, Attendance.leave)
    assert spans(cast, clock) == [True]
    tap(cast, Attendance.come)
    assert spans(cast, clock) == [True, False]
    kinds = [
        event.kind for event in db.session.query(Event).filter(Event.kind.startswith("attendance:")).order_by(Event.id)
    ]
    assert kinds == ["attendance:come", "attendance:leave", "attendance:come"]


def test_every_day_begins_anew(cast: Cast, clock: Clock) -> None:
    tap(cast, Attendance.come)
    clock.advance(days=1)
    assert spans(cast, clock) == []
    tap(cast, Attendance.come)
    assert spans(cast, clock) == [False]


def test_a_rotating_unit_sits_in_the_house_on_its_weekdays(cast: Cast, clock: Clock) -> None:
    unit, monday = cast.unit("检察院"), local_day(clock())
    unit.stationing, unit.weekdays = Stationing.ROTATING, "24"
    assert not unit.is_in_house(monday)
    unit.weekdays = "1"
    assert unit.is_in_house(monday)
    settings = cast.centre.settings(db.session)
    assert (unit.arrival_limit(settings), unit.arrival_limit(settings, monday)) == (20, 5)
    unit.stationing = Stationing.ON_CALL
    assert not unit.is_in_house(monday)
    assert cast.unit("信访局").is_in_house(monday)
