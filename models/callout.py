"""A callout: one unit's duty to come for one whistle. Its state is derived from what happened, never stored.

sounded → delivered → acknowledged → on the way → arrived → released; an objection, a substitute or a stand-down are
told beside that line. It ends once: released, stood down, or 未到 (no-show). Every verb may be called twice: the second
time changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, and_, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.answer import PROMISED, Answer, AnswerResult
from models.base import Base, Key
from models.callout_end import OPEN_CALLOUT, CalloutEnd
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.limit import Limit
from models.reporting import WRONG_CODES, ArrivalMethod, Officer, Reporting
from models.unit import Unit
from models.words import _

if TYPE_CHECKING:
    from models.correction import Correction
    from models.extension import Extension
    from models.ladder import LadderNotice, LadderStep
    from models.objection import Objection
    from models.pause import Pause
    from models.telephone_call import TelephoneCall
    from models.whistle import Whistle

__all__ = ["WRONG_CODES", "AnswerResult", "ArrivalMethod", "Callout", "CalloutOrder", "CalloutState", "Officer"]


class CalloutState(StrEnum):
    STOOD_DOWN = "stood_down"
    NO_SHOW = "no_show"
    RELEASED = "released"
    ARRIVED = "arrived"
    OBJECTED = "objected"
    PAUSED = "paused"
    ON_THE_WAY = "on_the_way"
    ACKNOWLEDGED = "acknowledged"
    DELIVERED = "delivered"
    SOUNDED = "sounded"


@dataclass(frozen=True)
class CalloutOrder:
    """One unit to call, what it has to answer, and its own limit in minutes if it has one this time."""

    unit_id: int
    question: str = ""
    limit_minutes: int | None = None


class Callout(Limit, Reporting, Answer, CalloutEnd, Base):
    __tablename__ = "callouts"
    __table_args__ = (
        Index("uq_callouts_open", "dispute_id", "unit_id", unique=True,
              sqlite_where=OPEN_CALLOUT, postgresql_where=OPEN_CALLOUT),
        Index("ix_callouts_unit_open", "unit_id", sqlite_where=OPEN_CALLOUT, postgresql_where=OPEN_CALLOUT),
        Index("ix_callouts_promised", "answer_due_on", sqlite_where=PROMISED, postgresql_where=PROMISED),
        Index("ix_callouts_dispute_id", "dispute_id"),
        Index("ix_callouts_whistle_id", "whistle_id"),
        Index("ix_callouts_unit_id_sounded_at", "unit_id", "sounded_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    whistle_id: Mapped[int] = mapped_column(ForeignKey("whistles.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    question: Mapped[str] = mapped_column(String(200))
    delivered_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    told_by_telephone: Mapped[bool] = mapped_column(default=False)
    on_the_way_at: Mapped[datetime | None]
    link_number: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    whistle: Mapped["Whistle"] = relationship(back_populates="callouts")
    dispute: Mapped[Dispute] = relationship(back_populates="callouts")
    unit: Mapped[Unit] = relationship()
    objections: Mapped[list["Objection"]] = relationship(back_populates="callout", order_by="Objection.id")
    pauses: Mapped[list["Pause"]] = relationship(back_populates="callout", order_by="Pause.id")
    extensions: Mapped[list["Extension"]] = relationship(back_populates="callout", order_by="Extension.id")
    calls: Mapped[list["TelephoneCall"]] = relationship(back_populates="callout", order_by="TelephoneCall.id")
    steps: Mapped[list["LadderStep"]] = relationship(back_populates="callout", order_by="LadderStep.id")
    notices: Mapped[list["LadderNotice"]] = relationship(back_populates="callout", order_by="LadderNotice.id")
    corrections: Mapped[list["Correction"]] = relationship(back_populates="callout", order_by="Correction.id")

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

    @classmethod
    def still_awaited(cls) -> ColumnElement[bool]:
        return and_(cls.still_open(), cls.arrived_at.is_(None))

    # -- questions -----------------------------------------------------------------------------------------------

    @property
    def round(self) -> int:
        """二次吹哨 is the second round of the same callout."""
        return 2 if any(step.step == "second" for step in self.steps) else 1

    @property
    def open_objection(self) -> "Objection | None":
        return next((objection for objection in self.objections if objection.decided_at is None), None)

    @property
    def state(self) -> CalloutState:
        return (
            CalloutState.STOOD_DOWN if self.stood_down_at
            else CalloutState.NO_SHOW if self.no_show_at
            else CalloutState.RELEASED if self.released_at
            else CalloutState.ARRIVED if self.arrived_at
            else CalloutState.OBJECTED if self.open_objection
            else CalloutState.PAUSED if self.open_pause
            else CalloutState.ON_THE_WAY if self.on_the_way_at
            else CalloutState.ACKNOWLEDGED if self.acknowledged_at
            else CalloutState.DELIVERED if self.delivered_at
            else CalloutState.SOUNDED
        )  # fmt: skip

    # -- verbs ---------------------------------------------------------------------------------------------------

    def deliver(self, change: Change) -> None:
        """One channel accepted the message."""
        if self._opens(change) and self.delivered_at is None:
            self.delivered_at = self.moment(change)
            self.note(change, EventKind.CALLOUT_DELIVER)

    def tell_by_telephone(self, change: Change, name: str) -> None:
        """已电话通知(姓名): an equal channel; counts as delivered and acknowledged."""
        if not name.strip():
            raise RuleBroken(_("Enter who was told on the telephone"), field="name")
        if self._opens(change) and self.acknowledged_at is None:
            self.acknowledged_at, self.told_by_telephone = self.moment(change), True
            self.delivered_at = self.delivered_at or self.acknowledged_at
            self.officer_name = self.officer_name or name.strip()
            self.note(change, EventKind.CALLOUT_TELEPHONE)

    def acknowledge(self, change: Change) -> None:
        """签收. A second officer of the same unit changes nothing."""
        if self._opens(change) and self.acknowledged_at is None:
            self.acknowledged_at = self.moment(change)
            self.delivered_at = self.delivered_at or self.acknowledged_at
            self.note(change, EventKind.CALLOUT_ACKNOWLEDGE)

    def set_out(self, change: Change) -> None:
        self.acknowledge(change)
        if self.is_open and self.on_the_way_at is None and self.arrived_at is None:
            self.on_the_way_at = self.moment(change)
            self.note(change, EventKind.CALLOUT_SET_OUT)

    def renew_link(self, change: Change) -> None:
        """Make every link sent so far worthless and let a new one be copied."""
        if self._opens(change):
            self.link_number += 1
            self.note(change, EventKind.CALLOUT_RENEW_LINK)

    def reveal_link(self, change: Change) -> None:
        """Somebody at the desk looks at the link, to pass it on; who looked is kept."""
        change.lock(self.dispute.stream, self)
        change.record(self.dispute.stream, EventKind.CALLOUT_REVEAL_LINK, ("callout", self.id), unit=self.unit_id)

    def moment(self, change: Change) -> datetime:
        """Now; a clock that was set back never makes a step older than the whistle."""
        return max(change.at, self.sounded_at)

    def note(self, change: Change, kind: EventKind, **facts: Any) -> None:
        self.version += 1
        change.record(self.dispute.stream, kind, ("callout", self.id), unit=self.unit_id, **facts)
        self.dispute.touch(change)
        if self.planned_at is not None:
            from models.visit_plan import touch_way  # late: a plan stands above its callouts

            touch_way(change, self.dispute_id)
