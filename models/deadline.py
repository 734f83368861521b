"""A deadline 期限: one clock of the law or of the house that runs in a dispute, and what moved its last day."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key
from models.calendar import WorkCalendar
from models.change import Change
from models.clock import local_day
from models.deadline_clock import Basis, Bound, Clock
from models.deadline_history import DeadlineExtension, DeadlinePause
from models.deadlines import CLOCKS
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.last_day import LastDay, needed
from models.light import Light
from models.person import Person
from models.unit import Unit
from models.words import _

if TYPE_CHECKING:
    from models.dispute import Dispute

RUNNING = text("met_on IS NULL AND void_at IS NULL")
# The one reminder after the end: a house or a unit that let the last day pass is told on the next one.
AFTER_THE_END = -1


class Deadline(LastDay, Base):
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
    def is_running(self) -> bool:
        return self.met_on is None and self.void_at is None

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

    def meet(self, change: Change, version: int, on: date, with_: str) -> None:
        """What had to be done was done on this day; `with_` names the paper or the deed."""
        self.open(change, version)
        self.within(change, on, self.started_on, "met_on")
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
        self.within(change, on, self.started_on, "renewed_on")
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
