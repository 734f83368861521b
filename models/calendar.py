"""The centre's calendar: Monday to Friday is worked, unless a day is entered as a holiday or as a workday 调休."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key, one_of
from models.centre import Centre
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.statutory_days import is_statutory
from models.words import _

SATURDAY = 6
MOST_DAYS = 31
LOOK_AHEAD = 40  # longer than any row of holidays


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    WORKDAY = "workday"


class CalendarDay(Base):
    """A day of the centre that is not what its weekday says."""

    __tablename__ = "calendar_days"
    __table_args__ = (UniqueConstraint("centre_id", "day"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[DayKind] = mapped_column(one_of(DayKind))
    name: Mapped[str] = mapped_column(String(40), default="")

    @classmethod
    def enter(cls, change: Change, centre: Centre, kind: DayKind, name: str, first: date, last: date | None) -> None:
        """Enter one day or a row of days. Raises RuleBroken for a day that is in the calendar already."""
        last = last or first
        count = (last - first).days + 1
        if not 1 <= count <= MOST_DAYS:
            raise RuleBroken(_("The last day is before the first, or more than 31 days later"), field="last")
        change.open_streams(f"centre:{centre.id}")
        known = exceptions(change.session, centre.id, first, last)
        if known:
            raise RuleBroken(_("%(day)s is in the calendar already. Take it out first."), field="first",
                             day=min(known).isoformat())  # fmt: skip
        for day in (first + timedelta(days=offset) for offset in range(count)):
            change.session.add(cls(centre_id=centre.id, day=day, kind=kind, name=name.strip()))
            change.record(f"centre:{centre.id}", EventKind.CALENDAR_ENTER, ("centre", centre.id),
                          day=day.isoformat(), day_kind=kind.value)  # fmt: skip

    def remove(self, change: Change) -> None:
        """The day is again what its weekday says."""
        change.open_streams(f"centre:{self.centre_id}")
        change.record(f"centre:{self.centre_id}", EventKind.CALENDAR_REMOVE, ("centre", self.centre_id),
                      day=self.day.isoformat())  # fmt: skip
        change.session.delete(self)


def exceptions(session: Session, centre_id: int, first: date, last: date) -> dict[date, CalendarDay]:
    """The days between these two, both included, that are not what their weekday says."""
    rows = session.scalars(
        select(CalendarDay).where(CalendarDay.centre_id == centre_id, CalendarDay.day.between(first, last))
    )
    return {row.day: row for row in rows}


def working_days(session: Session, centre_id: int, days: Iterable[date]) -> set[date]:
    """Those of the days on which the house works and every unit needs somebody."""
    every = sorted(days)
    known = exceptions(session, centre_id, every[0], every[-1]) if every else {}
    return {day for day in every if is_worked(day, known.get(day))}


def next_working_day(session: Session, centre_id: int, after: date) -> date:
    """The first working day after this one; the day after it when the calendar knows none for weeks."""
    ahead = [after + timedelta(days=offset) for offset in range(1, LOOK_AHEAD + 1)]
    return min(working_days(session, centre_id, ahead), default=ahead[0])


def is_worked(day: date, exception: CalendarDay | None = None) -> bool:
    return _worked(day, exception.kind if exception else None)


def _worked(day: date, kind: DayKind | None) -> bool:
    if kind is not None:
        return kind is DayKind.WORKDAY
    return day.isoweekday() < SATURDAY and not is_statutory(day)


@dataclass(frozen=True)
class WorkCalendar:
    """Everything a centre has entered, for counting over years without asking again."""

    kinds: Mapping[date, DayKind]

    @classmethod
    def of(cls, session: Session, centre_id: int) -> "WorkCalendar":
        entered = select(CalendarDay.day, CalendarDay.kind).where(CalendarDay.centre_id == centre_id)
        return cls(dict(session.execute(entered).tuples().all()))

    def is_worked(self, day: date) -> bool:
        return _worked(day, self.kinds.get(day))

    def knows(self, year: int) -> bool:
        """Whether the notice for this year was entered: none was ever without National Day."""
        return self.kinds.get(date(year, 10, 1)) is DayKind.HOLIDAY
