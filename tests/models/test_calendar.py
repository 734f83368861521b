"""The calendar: weekdays, what a centre enters instead, and the next day that needs somebody."""

from datetime import date

import pytest

from models.calendar import CalendarDay, DayKind, WorkCalendar, next_working_day, working_days
from models.errors import RuleBroken
from models.event import Event
from tests.support.cast import MANAGER, Cast
from transaction import db

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (27, 28, 29, 30))


def enter(cast: Cast, kind: DayKind, first: date, last: date | None = None) -> None:
    with cast.acting(MANAGER) as change:
        CalendarDay.enter(change, cast.centre, kind, "调休", first, last)


def test_a_weekend_is_free_and_what_is_entered_comes_first(cast: Cast) -> None:
    week = [FRIDAY, SATURDAY, SUNDAY, MONDAY]
    assert working_days(db.session, cast.centre.id, week) == {FRIDAY, MONDAY}
    enter(cast, DayKind.WORKDAY, SATURDAY)
    enter(cast, DayKind.HOLIDAY, MONDAY)
    assert working_days(db.session, cast.centre.id, week) == {FRIDAY, SATURDAY}
    assert working_days(db.session, cast.centre.id + 1, week) == {FRIDAY, MONDAY}


def test_the_next_working_day_jumps_over_what_is_free(cast: Cast) -> None:
    assert next_working_day(db.session, cast.centre.id, FRIDAY) == MONDAY
    enter(cast, DayKind.HOLIDAY, MONDAY, date(2026, 12, 4))
    assert next_working_day(db.session, cast.centre.id, FRIDAY) == date(2026, 12, 7)
    enter(cast, DayKind.WORKDAY, SUNDAY)
    assert next_working_day(db.session, cast.centre.id, FRIDAY) == SUNDAY


def test_a_day_is_entered_once_and_can_be_taken_out(cast: Cast) -> None:
    enter(cast, DayKind.HOLIDAY, MONDAY)
    with pytest.raises(RuleBroken, match="2026-11-30 is in the calendar already"):
        enter(cast, DayKind.WORKDAY, SUNDAY, MONDAY)
    with cast.acting(MANAGER) as change:
        db.session.query(CalendarDay).filter_by(day=MONDAY).one().remove(change)
    assert db.session.query(CalendarDay).filter_by(day=MONDAY).count() == 0
    kinds = [
        event.kind for event in db.session.query(Event).filter(Event.kind.startswith("calendar:")).order_by(Event.id)
    ]
    assert kinds == ["calendar:enter", "calendar:remove"]


@pytest.mark.parametrize("last", [FRIDAY, date(2027, 1, 1)])
def test_a_row_of_days_has_a_length(cast: Cast, last: date) -> None:
    with pytest.raises(RuleBroken, match="before the first"):
        enter(cast, DayKind.HOLIDAY, SATURDAY, last)


def test_a_year_nobody_has_entered_has_the_free_days_of_the_law(cast: Cast) -> None:
    calendar = WorkCalendar.of(db.session, cast.centre.id)
    assert (calendar.knows(2026), calendar.knows(2027)) == (True, False)
    free = [date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 8), date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15),
            date(2027, 10, 1)]  # fmt: skip
    assert [day for day in free if calendar.is_worked(day)] == []
    enter(cast, DayKind.WORKDAY, date(2027, 1, 1))
    assert WorkCalendar.of(db.session, cast.centre.id).is_worked(date(2027, 1, 1))
    assert working_days(db.session, cast.centre.id, free) == {date(2027, 1, 1)}
