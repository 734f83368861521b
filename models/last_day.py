"""The last day 届满日 of a deadline, and what moves it: days that do not count, and extensions that were agreed.

It is put together again from all of them at every change, never moved.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date
from sqlalchemy.orm import Mapped, mapped_column

from models.calendar import WorkCalendar
from models.change import Change
from models.clock import local_day
from models.day_count import Length, Measure, last_day, last_moment
from models.deadline_history import DeadlineExtension, DeadlinePause
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _


class LastDay:
    """The part of a deadline that holds its days."""

    started_on: Mapped[date] = mapped_column(Date)
    # Clocks of minutes and hours run from a moment to a moment.
    started_at: Mapped[datetime | None]
    # The day that was set, for clocks whose length is agreed and not counted.
    set_for: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime | None]

    if TYPE_CHECKING:  # what the deadline itself knows
        dispute: Any
        clock: Any
        pauses: Mapped[list[DeadlinePause]]
        extensions: Mapped[list[DeadlineExtension]]

        def open(self, change: Change, version: int) -> None: ...
        def note(self, change: Change, kind: EventKind, **facts: Any) -> None: ...

    @property
    def more_in(self) -> Measure:
        """What an extension is counted in: the law's measure for it, else that of the period."""
        clock = self.clock
        length = clock.more.most if clock.more and clock.more.most else clock.length
        return length.measure if length is not None else Measure.DAYS

    def length_of(self, extension: DeadlineExtension) -> Length:
        return Length(extension.n, self.more_in)

    @property
    def open_pause(self) -> DeadlinePause | None:
        return next((pause for pause in self.pauses if pause.until is None), None)

    def pause(self, change: Change, version: int, since: date, reason: str) -> None:
        """From this day on its days do not count (鉴定, 听证 …). Raises RuleBroken where the law knows no pause."""
        self.open(change, version)
        if not self.clock.may_pause:
            raise RuleBroken(_("The law does not let this period stand still"), field="since")
        if self.open_pause is not None:
            raise TransitionNotAllowed(_("This period stands still already"))
        earliest = max([self.started_on, *(pause.until for pause in self.pauses if pause.until)])
        self.within(change, since, earliest, "since")
        if since > self.due_on:
            raise RuleBroken(_("The period was over on that day"), field="since")
        self.pauses.append(DeadlinePause(since=since, reason=needed(reason, "pause_reason")))
        self.note(change, EventKind.DEADLINE_PAUSE, since=since.isoformat())

    def resume(self, change: Change, version: int, until: date) -> None:
        """From this day on its days count again; the end is later by the days that did not."""
        self.open(change, version)
        running = self.open_pause
        if running is None:
            raise TransitionNotAllowed(_("This period does not stand still"))
        self.within(change, until, running.since, "until")
        running.until = until
        self.reckon(WorkCalendar.of(change.session, self.dispute.centre_id))
        self.note(change, EventKind.DEADLINE_RESUME, until=until.isoformat(), due=self.due_on.isoformat())

    def extend(self, change: Change, version: int, n: int, reason: str, agreed_by: str, agreed_on: date) -> None:
        """Longer, as those who may agree to it have agreed before the end, on paper."""
        self.open(change, version)
        more = self.clock.more
        if more is None:
            raise RuleBroken(_("The law knows no extension of this period"), field="n")
        already = sum(extension.n for extension in self.extensions)
        if n < 1 or (more.most is not None and already + n > more.most.n) or n > 366:
            raise RuleBroken(_("The extension is longer than may be agreed"), field="n")
        self.within(change, agreed_on, self.started_on, "agreed_on")
        if agreed_on > self.due_on:
            raise RuleBroken(_("The period was over on that day"), field="agreed_on")
        why, who = needed(reason, "extension_reason"), needed(agreed_by, "agreed_by")
        self.extensions.append(DeadlineExtension(n=n, reason=why, agreed_by=who, agreed_on=agreed_on))
        self.reckon(WorkCalendar.of(change.session, self.dispute.centre_id))
        self.note(change, EventKind.DEADLINE_EXTEND, due=self.due_on.isoformat())

    def reckon(self, calendar: WorkCalendar) -> None:
        """Put the last day together again from all that moves it, and the next reminder with it."""
        length, still = self.clock.length, [(one.since, one.until) for one in self.pauses if one.until is not None]
        if length is None:
            self.due_on = self.set_for or self.due_on
        elif length.is_by_day:
            lengths = [length, *(self.length_of(extension) for extension in self.extensions)]
            self.due_on = last_day(self.started_on, lengths, calendar.is_worked, still)
        elif self.started_at is not None:
            self.due_at = last_moment(self.started_at, length)
            self.due_on = local_day(self.due_at)

    def within(self, change: Change, day: date, earliest: date, field: str) -> None:
        if not earliest <= day <= local_day(change.at):
            raise RuleBroken(_("Enter a day between %(first)s and today"), field=field, first=earliest.isoformat())


def needed(words: str, field: str) -> str:
    """Words without which the file would not say why."""
    if not words.strip():
        raise RuleBroken(_("Enter the reason, or the paper it rests on"), field=field)
    return words.strip()
