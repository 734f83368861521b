"""An objection 异议: a unit says the matter is not its own. The clock runs on until somebody decides.

Raised by link it counts once the desk has confirmed it by telephone; taken down by telephone it counts at once.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import Callout, CalloutOrder
from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.outbox import ask_leader, post
from models.whistle import call
from models.words import _


class ObjectionChannel(StrEnum):
    LINK = "link"
    TELEPHONE = "telephone"


WAITING = text("decided_at IS NULL")


class Objection(Base):
    __tablename__ = "objections"
    __table_args__ = (Index("ix_objections_waiting", "id", sqlite_where=WAITING, postgresql_where=WAITING),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"), index=True)
    channel: Mapped[ObjectionChannel] = mapped_column(one_of(ObjectionChannel))
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(200), default="")
    raised_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    upheld: Mapped[bool | None]
    decided_by_id: Mapped[int | None] = mapped_column(Key)

    callout: Mapped[Callout] = relationship(back_populates="objections")

    @classmethod
    def raise_for(cls, change: Change, callout: Callout, reason: str, basis: str, channel: ObjectionChannel) -> None:
        """Raise it once; a second one while the first waits changes nothing."""
        if not reason.strip():
            raise RuleBroken(_("Enter why the matter is not yours"), field="reason")
        change.lock(callout.dispute.stream, callout)
        if not callout.is_open or callout.arrived_at is not None:
            raise TransitionNotAllowed(_("An objection is possible only before the arrival"))
        if callout.open_objection is not None:
            return
        callout.acknowledge(change)
        confirmed_at = change.at if channel is ObjectionChannel.TELEPHONE else None
        objection = cls(callout=callout, reason=reason.strip(), basis=basis.strip(), channel=channel,
                        raised_at=change.at, confirmed_at=confirmed_at)  # fmt: skip
        change.session.add(objection)
        change.record(callout.dispute.stream, EventKind.CALLOUT_OBJECT, ("callout", callout.id),
                      unit=callout.unit_id, channel=channel.value)  # fmt: skip
        centre = callout.dispute.centre
        ask_leader(change, callout.dispute.stream, centre.id, centre.setting(change.session, "deputy_minutes"))
        callout.dispute.touch(change)

    def confirm(self, change: Change) -> None:
        """The desk has telephoned the unit: an objection by link counts from now on."""
        change.lock(self.callout.dispute.stream, self, self.callout)
        if self.decided_at is None and self.confirmed_at is None:
            self.confirmed_at = max(change.at, self.raised_at)
            self.callout.note(change, EventKind.CALLOUT_CONFIRM_OBJECTION)

    def uphold(self, change: Change, instead: CalloutOrder | None) -> Callout | None:
        """采纳并改派: the callout is stood down, the right unit is whistled at once with its own clock."""
        if not self._may_decide(change, upheld=True):
            return None
        if self.confirmed_at is None:
            raise TransitionNotAllowed(_("First confirm the objection by telephone"))
        if not self.callout.is_awaited:
            raise TransitionNotAllowed(_("An objection is possible only before the arrival"))
        callout = self._decide(change, upheld=True)
        callout.end_pause(change)
        callout.stood_down_at, callout.stand_down_reason = callout.moment(change), self.reason[:200]
        change.record(callout.dispute.stream, EventKind.CALLOUT_UPHOLD, ("callout", callout.id), unit=callout.unit_id)
        replacement = None
        if instead is not None:
            change.session.flush()
            [replacement] = call(change, callout.whistle, instead)
            change.session.flush()  # the message speaks of its id
            change.record(callout.dispute.stream, EventKind.WHISTLE_SOUND, ("whistle", callout.whistle_id),
                          round=callout.whistle.round, level=callout.whistle.level.value,
                          units=[replacement.unit_id], room=callout.whistle.room_id)  # fmt: skip
            post(change, callout.dispute.stream, "callout", [("callout", replacement.id)])
        callout.dispute.touch(change)
        return replacement

    def reject(self, change: Change) -> None:
        """不采纳: the clock never stopped."""
        if not self._may_decide(change, upheld=False):
            return
        callout = self._decide(change, upheld=False)
        change.record(callout.dispute.stream, EventKind.CALLOUT_REJECT, ("callout", callout.id), unit=callout.unit_id)
        callout.dispute.touch(change)

    def _may_decide(self, change: Change, *, upheld: bool) -> bool:
        """Whether a decision is still due; the same one made twice changes nothing, another one is refused."""
        change.lock(self.callout.dispute.stream, self, self.callout)
        if self.decided_at is not None and self.upheld is not upheld:
            raise TransitionNotAllowed(_("This objection has been decided already"))
        return self.decided_at is None

    def _decide(self, change: Change, *, upheld: bool) -> Callout:
        self.decided_at, self.upheld, self.decided_by_id = max(change.at, self.raised_at), upheld, change.by.id
        self.callout.version += 1
        return self.callout
