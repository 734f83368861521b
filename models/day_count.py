"""Counting to the last day of a period 期间, by 民法典 arts. 200-204 and 民事诉讼法 art. 85: no database, no clock.

The day on which something happens does not count. Days of a standstill do not count either; a standstill is half-open,
so the day on which it ends counts again. A period of months or years ends on the day of the same number, or on the last
day of a month that has none. A last day on which nobody works moves to the next day that is worked. A period lasts
until the end of its last day.
"""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.words import _

Worked = Callable[[date], bool]
Standstill = tuple[date, date]
ONE = timedelta(days=1)
# No calendar has so long a row of days that do not count; beyond it something was entered wrongly.
MOST_DAYS = 366 * 120


class Measure(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


MEASURES: dict[Measure, str] = {
    Measure.MINUTES: _("%(n)s minutes"),
    Measure.HOURS: _("%(n)s hours"),
    Measure.DAYS: _("%(n)s days"),
    Measure.WORKING_DAYS: _("%(n)s working days"),
    Measure.MONTHS: _("%(n)s months"),
    Measure.YEARS: _("%(n)s years"),
}


@dataclass(frozen=True)
class Length:
    """How long a period is: 30 days, 15 working days, 6 months."""

    n: int
    measure: Measure

    @property
    def is_by_day(self) -> bool:
        return self.measure not in (Measure.MINUTES, Measure.HOURS)


def last_day(start: date, lengths: Sequence[Length], worked: Worked, standstills: Iterable[Standstill] = ()) -> date:
    """The last day of a period that began on `start`; a second length is an extension that follows at once.

    Only the end of the whole is moved from a free day: an extension does not gain by the weekend before it.
    """
    still = tuple(standstills)
    last = start
    for length in lengths:
        last = _run(last, length, worked, still)
    return last if last == start else next_worked(last, worked, still)


def next_worked(day: date, worked: Worked, standstills: Sequence[Standstill] = ()) -> date:
    """This day, or the first one after it that is worked and does not stand still."""
    return next(one for one in _from(day) if worked(one) and not _stands(one, standstills))


def last_moment(start: datetime, length: Length, standstills: Iterable[tuple[datetime, datetime]] = ()) -> datetime:
    """Minutes and hours count from the moment itself, on free days as well (民法典 art. 201).

    What stands still is added to the end, and only as far as it lies within the period.
    """
    end = start + (timedelta(minutes=length.n) if length.measure is Measure.MINUTES else timedelta(hours=length.n))
    reached = start
    for since, until in sorted(standstills):
        since = max(since, reached)
        if since < until and since < end:
            end, reached = end + (until - since), until
    return end


def same_day(start: date, months: int) -> date:
    """The day of the same number so many months later; the last of the month where there is none (art. 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _run(start: date, length: Length, worked: Worked, still: Sequence[Standstill]) -> date:
    if length.measure is Measure.WORKING_DAYS:
        return _count(start, length.n, lambda day: worked(day) and not _stands(day, still))
    if length.measure is Measure.DAYS:
        days = length.n
    else:
        days = (same_day(start, length.n * (12 if length.measure is Measure.YEARS else 1)) - start).days
    return _count(start, days, lambda day: not _stands(day, still))


def _count(start: date, n: int, counts: Worked) -> date:
    """The n-th day after the start that counts."""
    day = start
    for day in _from(start + ONE) if n else ():
        n -= counts(day)
        if n == 0:
            break
    return day


def _from(day: date) -> Iterable[date]:
    return (day + ONE * offset for offset in range(MOST_DAYS))


def _stands(day: date, standstills: Sequence[Standstill]) -> bool:
    return any(since <= day < until for since, until in standstills)
