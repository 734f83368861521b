"""A callout: one unit's duty to come for one whistle. Its state is derived from what happened, never stored.

sounded → delivered → acknowledged → on the way → arrived → released; an objection, a substitute or a stand-down are
told beside that line. Every verb may be called twice: the second time changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, Select, String, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.answer import Answer, AnswerResult
from models.base import Base, Key
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.reporting import WRONG_CODES, ArrivalMethod, Officer, Reporting
from models.unit import Unit
from models.words import _

if TYPE_CHECKING:
    from models.objection import Objection
    from models.whistle import Whistle

__all__ = ["WRONG_CODES", "AnswerResult", "ArrivalMethod", "Callout", "CalloutOrder", "CalloutState", "Officer"]


class CalloutState(StrEnum):
    STOOD_DOWN = "stood_down"
    RELEASED = "released"
    ARRIVED = "arrived"
    OBJECTED = "objected"
    ON_THE_WAY = "on_the_way"
    ACKNOWLEDGED = "acknowledged"
    DELIVERED = "delivered"
    SOUNDED = "sounded"


OPEN_CALLOUT = text("released_at IS NULL AND stood_down_at IS NULL")


@dataclass(frozen=True)
class CalloutOrder:
    """One unit to call, what it has to answer, and its own limit in minutes if it has one this time."""

    unit_id: int
    question: str = ""
    limit_minutes: int | None = None


class Callout(Reporting, Answer, Base):
    __tablename__ = "callouts"
    __table_args__ = (
        Index("uq_callouts_open", "dispute_id", "unit_id", unique=True,
              sqlite_where=OPEN_CALLOUT, postgresql_where=OPEN_CALLOUT),
        Index("ix_callouts_unit_open", "unit_id", sqlite_where=OPEN_CALLOUT, postgresql_where=OPEN_CALLOUT),
        Index("ix_callouts_dispute_id", "dispute_id"),
        Index("ix_callouts_whistle_id", "whistle_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    whistle_id: Mapped[int] = mapped_column(ForeignKey("whistles.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    question: Mapped[str] = mapped_column(String(200))
    limit_minutes: Mapped[int]
    sounded_at: Mapped[datetime]
    due_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    on_the_way_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    stood_down_at: Mapped[datetime | None]
    stand_down_reason: Mapped[str] = mapped_column(String(200), default="")
    correction_reason: Mapped[str] = mapped_column(String(200), default="")
    link_number: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    whistle: Mapped["Whistle"] = relationship(back_populates="callouts")
    dispute: Mapped[Dispute] = relationship(back_populates="callouts")
    unit: Mapped[Unit] = relationship()
    objections: Mapped[list["Objection"]] = relationship(back_populates="callout", order_by="Objection.id")

    @classmethod
    def start(cls, change: Change, whistle: "Whistle", unit: Unit, order: CalloutOrder, limit: int) -> "Callout":
        """Start the clock: due `limit` minutes from now, or at the appointed time."""
        due = whistle.appointed_at or change.at + timedelta(minutes=limit)
        question = order.question.strip() or whistle.dispute.centre.setting(change.session, "default_question")
        callout = cls(uid=uuid4().hex, whistle=whistle, dispute=whistle.dispute, unit=unit, question=question,
                      limit_minutes=limit, sounded_at=change.at, due_at=due)  # fmt: skip
        change.session.add(callout)
        return callout

    @classmethod
    def addressed_to(cls, paths: Sequence[str]) -> Select[tuple["Callout"]]:
        """Callouts of units at or below these paths."""
        below = or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)) if paths else text("1 = 0")
        return select(cls).join(Unit, Unit.id == cls.unit_id).where(below)

    # -- questions -----------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self.released_at is None and self.stood_down_at is None

    @property
    def open_objection(self) -> "Objection | None":
        return next((objection for objection in self.objections if objection.decided_at is None), None)

    @property
    def state(self) -> CalloutState:
        return (
            CalloutState.STOOD_DOWN if self.stood_down_at
            else CalloutState.RELEASED if self.released_at
            else CalloutState.ARRIVED if self.arrived_at
            else CalloutState.OBJECTED if self.open_objection
            else CalloutState.ON_THE_WAY if self.on_the_way_at
            else CalloutState.ACKNOWLEDGED if self.acknowledged_at
            else CalloutState.DELIVERED if self.delivered_at
            else CalloutState.SOUNDED
        )  # fmt: skip

    def is_late(self, now: datetime) -> bool:
        """Arrived after its time, or still awaited after it."""
        return self.is_open and (self.arrived_at or now) > self.due_at

    # -- verbs ---------------------------------------------------------------------------------------------------

    def deliver(self, change: Change) -> None:
        """One channel accepted the message."""
        if self._opens(change) and self.delivered_at is None:
            self.delivered_at = change.at
            self._record(change, EventKind.CALLOUT_DELIVER)

    def tell_by_telephone(self, change: Change, name: str) -> None:
        """已电话通知(姓名): an equal channel; counts as delivered and acknowledged."""
        if not name.strip():
            raise RuleBroken(_("Enter who was told on the telephone"), field="name")
        if self._opens(change) and self.acknowledged_at is None:
            self.delivered_at = self.delivered_at or change.at
            self.acknowledged_at = change.at
            self.officer_name = self.officer_name or name.strip()
            self._record(change, EventKind.CALLOUT_TELEPHONE)

    def acknowledge(self, change: Change) -> None:
        """签收. A second officer of the same unit changes nothing."""
        if self._opens(change) and self.acknowledged_at is None:
            self.delivered_at = self.delivered_at or change.at
            self.acknowledged_at = change.at
            self._record(change, EventKind.CALLOUT_ACKNOWLEDGE)

    def set_out(self, change: Change) -> None:
        self.acknowledge(change)
        if self.is_open and self.on_the_way_at is None and self.arrived_at is None:
            self.on_the_way_at = change.at
            self._record(change, EventKind.CALLOUT_SET_OUT)

    def correct_arrival(self, change: Change, reason: str) -> None:
        """The desk disputes an arrival: the officer is not there. Both values stay in the events."""
        if not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        if self._opens(change) and self.arrived_at is not None:
            taken = self.minutes_taken
            self.arrived_at = self.arrival_method = self.arrival_step = self.arrival_confirmed_at = None
            self.correction_reason = reason.strip()
            self._record(change, EventKind.CALLOUT_CORRECT, minutes=taken)

    def release(self, change: Change) -> None:
        """离场: the officer's part is over."""
        if self._opens(change):
            if self.arrived_at is None:
                raise TransitionNotAllowed(_("The unit has not arrived yet"))
            self.released_at = change.at
            self._record(change, EventKind.CALLOUT_RELEASE)

    def stand_down(self, change: Change, reason: str) -> None:
        """撤哨: solved before arrival, or called by mistake."""
        if not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        if self._opens(change) and self.arrived_at is None:
            self.stood_down_at, self.stand_down_reason = change.at, reason.strip()
            self._record(change, EventKind.CALLOUT_STAND_DOWN)

    def renew_link(self, change: Change) -> None:
        """Make every link sent so far worthless and let a new one be copied."""
        if self._opens(change):
            self.link_number += 1
            self._record(change, EventKind.CALLOUT_RENEW_LINK)

    def reveal_link(self, change: Change) -> None:
        """Somebody at the desk looks at the link, to pass it on; who looked is kept."""
        change.lock(self.dispute.stream, self)
        change.record(self.dispute.stream, EventKind.CALLOUT_REVEAL_LINK, ("callout", self.id), unit=self.unit_id)

    def _opens(self, change: Change) -> bool:
        change.lock(self.dispute.stream, self)
        return self.is_open

    def _record(self, change: Change, kind: EventKind, **facts: Any) -> None:
        self.version += 1
        change.record(self.dispute.stream, kind, ("callout", self.id), unit=self.unit_id, **facts)
        self.dispute.touch(change)
