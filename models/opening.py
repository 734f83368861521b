"""When the house is open: morning and afternoon by season, the break between them, and what a whistle does then.

Rules of the house, not of the law: a whistle begun before the break runs on; in the last half hour before closing an
appointment for the next opening is proposed; in the break only an urgent whistle, an appointment, or the duty leader.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from models.clock import SHANGHAI, local_day
from models.errors import RuleBroken
from models.words import _

LAST = timedelta(minutes=30)
SEASONS = ("summer", "winter")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
ORDINARY = 2027  # a year without the 29th of February
# Name of the setting → value unless the centre decides otherwise; hours of the day in China.
DEFAULTS: dict[str, Any] = {
    "summer_from": "05-01",
    "summer_morning": "08:30-12:00",
    "summer_afternoon": "15:00-18:30",
    "winter_from": "10-01",
    "winter_morning": "08:30-12:00",
    "winter_afternoon": "14:30-18:00",
    "open_weekends": False,
}
LABELS: dict[str, str] = {
    "summer_from": _("Summer hours begin on (month-day)"),
    "summer_morning": _("Summer, morning"),
    "summer_afternoon": _("Summer, afternoon"),
    "winter_from": _("Winter hours begin on (month-day)"),
    "winter_morning": _("Winter, morning"),
    "winter_afternoon": _("Winter, afternoon"),
    "open_weekends": _("Open on Saturdays and Sundays"),
}

Period = tuple[datetime, datetime]


def check(name: str, value: Any) -> None:
    """Raises RuleBroken for a day or hours nobody could keep."""
    if name.endswith("_from"):
        day = _DAY.fullmatch(value)
        if day is None or int(day[2]) > monthrange(ORDINARY, int(day[1]))[1]:
            raise RuleBroken(_("Enter month and day, for example 05-01"), field=name)
    if name.endswith(("_morning", "_afternoon")):
        span = _SPAN.fullmatch(value)
        if span is None or (span[1], span[2]) >= (span[3], span[4]):
            raise RuleBroken(_("Enter from and to, for example 08:30-12:00"), field=name)


@dataclass(frozen=True)
class Opening:
    """The hours of one house."""

    settings: Mapping[str, Any]

    def periods(self, day: date) -> list[Period]:
        """Morning and afternoon of this day; none when the house stays closed."""
        if day.weekday() > 4 and not self.settings["open_weekends"]:
            return []
        season = self.season(day)
        spans = (_SPAN.fullmatch(self.settings[f"{season}_{half}"]) for half in ("morning", "afternoon"))
        return [(_at(day, span[1], span[2]), _at(day, span[3], span[4])) for span in spans if span]

    def season(self, day: date) -> str:
        summer, winter, today = self.settings["summer_from"], self.settings["winter_from"], f"{day:%m-%d}"
        in_summer = summer <= today < winter if summer <= winter else not winter <= today < summer
        return "summer" if in_summer else "winter"

    def period_at(self, at: datetime) -> Period | None:
        """The half day that is running; nothing while the house is closed."""
        return next((span for span in self.periods(local_day(at)) if span[0] <= at < span[1]), None)

    def break_at(self, at: datetime) -> Period | None:
        """The break between morning and afternoon that is running."""
        found = self.break_of(local_day(at))
        return found if found and found[0] <= at < found[1] else None

    def break_of(self, day: date) -> Period | None:
        halves = self.periods(day)
        return (halves[0][1], halves[1][0]) if len(halves) == 2 and halves[0][1] < halves[1][0] else None

    def break_between(self, since: datetime, until: datetime) -> Period | None:
        """The break that begins while something begun before it still runs."""
        found = self.break_of(local_day(since))
        return found if found and since < found[0] < until else None

    def next_opening(self, at: datetime) -> datetime | None:
        """When the house opens next, within two weeks."""
        days = (local_day(at) + timedelta(days=offset) for offset in range(15))
        return next((start for day in days for start, _end in self.periods(day) if start > at), None)

    def put_off(self, at: datetime) -> datetime | None:
        """The opening an appointment is proposed for: in the break, and in the last half hour of the day."""
        halves = self.periods(local_day(at))
        closing = halves[-1][1] if halves else None
        ends = closing is not None and closing - LAST <= at < closing
        return self.next_opening(at) if ends or self.break_at(at) else None

    def refuse_in_break(self, at: datetime, *, waits: bool, by_leader: bool) -> None:
        """`waits` is a whistle that is neither urgent nor an appointment: nobody is in the house for it."""
        if waits and not by_leader and self.break_at(at):
            raise RuleBroken(
                _("The house has its break: choose urgent or an appointment, or let the duty leader whistle"),
                field="level",
            )

    def within(self, since: datetime, until: datetime) -> Iterator[Period]:
        """The parts of a span in which the house was open."""
        for offset in range((local_day(until) - local_day(since)).days + 1):
            for start, end in self.periods(local_day(since) + timedelta(days=offset)):
                if max(start, since) < min(end, until):
                    yield max(start, since), min(end, until)


def _at(day: date, hour: str, minute: str) -> datetime:
    return datetime.combine(day, time(int(hour), int(minute)), SHANGHAI)
