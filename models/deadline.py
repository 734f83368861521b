"""A deadline 期限: one clock of the law or of the house that runs in a dispute, and what moved its last day."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key
from models.calendar import WorkCalendar
from models.change import Change
from models.clock import local_day
from models.day_count import Length, Measure, last_day, last_moment
from models.deadline_history import DeadlineExtension, DeadlinePause
from models.deadlines import CLOCKS, Basis, Bound, Clock
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.light import Light
from models.person import Person
from models.unit import Unit
from models.words import _

if TYPE_CHECKING:
    from models.dispute import Dispute

RUNNING = text("met_on IS NULL AND void_at IS NULL")
# The one reminder after the end: a house or a unit that let the last day pass is told on the next one.
AFTER_THE_END = -1


class Deadline(Base):
    __tablename__ = "deadlines"
    __table_args__ = (
        Index("uq_deadlines_running", "dispute_id", "code", "about", unique=True,
              sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_deadlines_due_on", "due_on", sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_deadlines_warn_on", "warn_on", sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_deadlines_dispute_id", "dispute_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    code: Mapped[str] = mapped_column(String(40))
    # What in the dispute it belongs to, when the same clock may run twice: "term:7:2", "party:3"; mostly nothing.
    about: Mapped[str] = mapped_column(String(40), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    started_on: Mapped[date] = mapped_column(Date)
    # Clocks of minutes and hours run from a moment to a moment.
    started_at: Mapped[datetime | None]
    # The day that was set, for clocks whose length is agreed and not counted.
    set_for: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime | None]
    warn_on: Mapped[date | None] = mapped_column(Date)
    met_on: Mapped[date | None] = mapped_column(Date)
    met_with: Mapped[str] = mapped_column(String(200), default="")
    void_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    dispute: Mapped["Dispute"] = relationship()
    unit: Mapped[Unit] = relationship()
    person: Mapped[Person | None] = relationship()
    pauses: Mapped[list[DeadlinePause]] = relationship(order_by="DeadlinePause.id")
    extensions: Mapped[list[DeadlineExtension]] = relationship(order_by="DeadlineExtension.id")

    # -- questions -----------------------------------------------------------------------------------------------

    @property
    def clock(self) -> Clock:
        return CLOCKS[self.code]

    @property
    def item(self) -> str:
        """The number of the term in its agreement, for a deadline of one term."""
        return self.about.rpartition(":")[2] if self.about.startswith("term:") else ""

    @property
    def is_promise(self) -> bool:
        """Of the house's own making; shown apart from what the law sets."""
        return self.clock.basis is Basis.PROMISE

    @property
    def more_in(self) -> Measure:
        """What an extension is counted in: the law's measure for it, else that of the period."""
        clock = self.clock
        length = clock.more.most if clock.more and clock.more.most else clock.length
        return length.measure if length is not None else Measure.DAYS

    def length_of(self, extension: DeadlineExtension) -> Length:
        return Length(extension.n, self.more_in)

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.void_at is None

    @property
    def open_pause(self) -> DeadlinePause | None:
        return next((pause for pause in self.pauses if pause.until is None), None)

    def is_late(self, now: datetime) -> bool:
        """Still running after its end. While it stands still it is not late."""
        if not self.is_running or self.open_pause is not None:
            return False
        return now > self.due_at if self.due_at is not None else local_day(now) > self.due_on

    def light(self, now: datetime) -> Light:
        if self.void_at is not None:
            return Light.VOID
        if self.met_on is not None:
            return Light.MET_LATE if self.met_on > self.due_on else Light.MET
        if self.open_pause is not None:
            return Light.STILL
        if self.is_late(now):
            return Light.LATE
        return Light.SOON if (self.due_on - local_day(now)).days <= max(self.clock.warn, default=1) else Light.FINE

    # -- verbs ---------------------------------------------------------------------------------------------------

    def pause(self, change: Change, version: int, since: date, reason: str) -> None:
        """From this day on its days do not count (鉴定, 听证 …). Raises RuleBroken where the law knows no pause."""
        self.open(change, version)
        if not self.clock.may_pause:
            raise RuleBroken(_("The law does not let this period stand still"), field="since")
        if self.open_pause is not None:
            raise TransitionNotAllowed(_("This period stands still already"))
        earliest = max([self.started_on, *(pause.until for pause in self.pauses if pause.until)])
        self._within(change, since, earliest, "since")
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
        self._within(change, until, running.since, "until")
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
        self._within(change, agreed_on, self.started_on, "agreed_on")
        if agreed_on > self.due_on:
            raise RuleBroken(_("The period was over on that day"), field="agreed_on")
        why, who = needed(reason, "extension_reason"), needed(agreed_by, "agreed_by")
        self.extensions.append(DeadlineExtension(n=n, reason=why, agreed_by=who, agreed_on=agreed_on))
        self.reckon(WorkCalendar.of(change.session, self.dispute.centre_id))
        self.note(change, EventKind.DEADLINE_EXTEND, due=self.due_on.isoformat())

    def meet(self, change: Change, version: int, on: date, with_: str) -> None:
        """What had to be done was done on this day; `with_` names the paper or the deed."""
        self.open(change, version)
        self._within(change, on, self.started_on, "met_on")
        self.end(change, on, needed(with_, "met_with"))

    def void(self, change: Change, version: int, reason: str) -> None:
        """Started by mistake, or without meaning now; it stays in the file."""
        self.open(change, version)
        self.drop(change, needed(reason, "void_reason"))

    def renew(self, change: Change, version: int, on: date, reason: str) -> "Deadline":
        """时效中断: what ran is over, and the whole period begins anew on this day (民法典 art. 195)."""
        self.open(change, version)
        if not self.clock.is_limitation:
            raise RuleBroken(_("Only a limitation begins anew"), field="renewed_on")
        self._within(change, on, self.started_on, "renewed_on")
        if on > self.due_on:
            raise RuleBroken(_("The period was over on that day"), field="renewed_on")
        self.drop(change, needed(reason, "renewal_reason"))
        change.session.flush()
        return start(change, self.dispute, self.code, on, about=self.about, unit_id=self.unit_id,
                     person_id=self.person_id)  # fmt: skip

    # -- what the verbs of this and other records share ----------------------------------------------------------

    def open(self, change: Change, version: int) -> None:
        """Lock it. Raises Stale when somebody was faster, TransitionNotAllowed when it is over."""
        change.lock(self.dispute.stream, self)
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        if not self.is_running:
            raise TransitionNotAllowed(_("This period has ended already"))

    def end(self, change: Change, on: date, with_: str) -> None:
        self.met_on, self.met_with = on, with_
        self.note(change, EventKind.DEADLINE_MEET, on=on.isoformat())

    def drop(self, change: Change, reason: str) -> None:
        self.void_at, self.void_reason = change.at, reason
        self.note(change, EventKind.DEADLINE_VOID)

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

    def _within(self, change: Change, day: date, earliest: date, field: str) -> None:
        if not earliest <= day <= local_day(change.at):
            raise RuleBroken(_("Enter a day between %(first)s and today"), field=field, first=earliest.isoformat())

    def note(self, change: Change, kind: EventKind, **facts: Any) -> None:
        self.version += 1
        self.set_warning(local_day(change.at))
        self.say(change, kind, **facts)

    def say(self, change: Change, kind: EventKind, **facts: Any) -> None:
        change.record(self.dispute.stream, kind, ("deadline", self.id), clock=self.code, **facts)
        self.dispute.touch(change)

    def set_warning(self, after: date) -> None:
        """The next day on which somebody is reminded, later than this one."""
        before = [*self.clock.warn, *([AFTER_THE_END] if self.clock.bound in (Bound.HOUSE, Bound.UNIT) else [])]
        days = (self.due_on - timedelta(days=n) for n in before)
        stops = not self.is_running or self.open_pause is not None
        self.warn_on = None if stops else min((day for day in days if day > after), default=None)


def start(change: Change, dispute: "Dispute", code: str, on: date, *, about: str = "", at: datetime | None = None,
          until: date | None = None, unit_id: int | None = None, person_id: int | None = None) -> Deadline:  # fmt: skip
    """Let a clock run from this day; one that runs already for the same thing stays as it is."""
    clock = CLOCKS[code]
    change.lock(dispute.stream)
    known = select(Deadline).where(Deadline.dispute_id == dispute.id, Deadline.code == code, Deadline.about == about,
                                   RUNNING)  # fmt: skip
    running = change.session.scalars(known).one_or_none()
    if running is not None:
        return running
    if on > local_day(change.at):
        raise RuleBroken(_("A period cannot begin on a day to come"), field="started_on")
    if clock.length is None and until is None:
        raise RuleBroken(_("Enter the last day"), field="until")
    if clock.length is not None and not clock.length.is_by_day and at is None:
        raise RuleBroken(_("Enter the time of day at which it began"), field="time")
    deadline = Deadline(dispute=dispute, code=code, about=about, unit_id=unit_id or dispute.centre.unit_id,
                        person_id=person_id, started_on=on, started_at=at, set_for=until, due_on=until or on,
                        version=1, pauses=[], extensions=[])  # fmt: skip
    deadline.reckon(WorkCalendar.of(change.session, dispute.centre_id))
    deadline.set_warning(local_day(change.at))
    change.session.add(deadline)
    change.session.flush()  # the event speaks of its id
    deadline.say(change, EventKind.DEADLINE_START, due=deadline.due_on.isoformat())
    return deadline


def needed(words: str, field: str) -> str:
    """Words without which the file would not say why."""
    if not words.strip():
        raise RuleBroken(_("Enter the reason, or the paper it rests on"), field=field)
    return words.strip()
