"""A hand-over 转办理: what was not settled goes to one unit, one named person, with the day of the reply."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models import due_course
from models.base import Base, Key
from models.change import Change
from models.clock import local_day
from models.dispute import Dispute
from models.dispute_unit import Part, end_part, give_part
from models.ending import require_no_session, send_home
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus, Move
from models.remark import keep_reason
from models.unit import Unit
from models.words import _

if TYPE_CHECKING:
    from models.mediation import MediationSession


@dataclass(frozen=True)
class HandOverOrder:
    unit_id: int
    person: str
    reply_by: date
    post: str = ""
    matter: str = ""


class HandOver(Base):
    __tablename__ = "hand_overs"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("mediation_sessions.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(60), default="")
    matter: Mapped[str] = mapped_column(Text, default="")
    reply_by: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime]
    replied_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(Text, default="")

    dispute: Mapped[Dispute] = relationship(back_populates="hand_overs")
    mediation: Mapped["MediationSession | None"] = relationship(back_populates="hand_over")
    unit: Mapped[Unit] = relationship()

    @classmethod
    def make(cls, change: Change, dispute: Dispute, order: HandOverOrder,
             mediation: "MediationSession | None" = None) -> "HandOver":  # fmt: skip
        """The unit leads from now on. Raises RuleBroken without a named person or with a day that has passed."""
        if not order.person.strip():
            raise RuleBroken(_("Name the person who takes over"), field="hand_over_person")
        if order.reply_by < local_day(change.at):
            raise RuleBroken(_("The day of the reply cannot lie in the past"), field="reply_by")
        facts = {"unit": order.unit_id, "reply_by": order.reply_by.isoformat()}
        dispute.advance(change, Move.HAND_OVER, facts)
        row = cls(dispute=dispute, mediation=mediation, unit_id=order.unit_id, person=order.person.strip(),
                  post=order.post.strip(), matter=order.matter.strip(), reply_by=order.reply_by,
                  made_at=change.at)  # fmt: skip
        change.session.add(row)
        end_part(change, dispute, Part.LEAD)
        give_part(change, dispute, order.unit_id, Part.LEAD)
        dispute.next_on = order.reply_by
        change.session.flush()  # the deadline names it by its id
        due_course.hand_over(change, row)
        return row

    def note_reply(self, change: Change, words: str) -> None:
        """What the unit replied; a reply stands as it was taken down."""
        if not words.strip():
            raise RuleBroken(_("Enter what the unit replied"), field="reply")
        self.dispute.lock_file(change)
        change.lock(self.dispute.stream, self)
        if self.replied_at is not None:
            raise TransitionNotAllowed(_("The reply has been recorded already"))
        self.reply, self.replied_at = words.strip(), change.at
        change.record(self.dispute.stream, EventKind.HAND_OVER_REPLY, ("hand-over", self.id), unit=self.unit_id)
        due_course.reply(change, self)
        self.dispute.touch(change)


def hand_over(change: Change, dispute: Dispute, order: HandOverOrder) -> HandOver:
    """Hand over outside a session: before one was held, or after one ended without agreement."""
    dispute.lock(change)
    require_no_session(dispute)
    row = HandOver.make(change, dispute, order)
    send_home(change, dispute)
    return row


def take_back(change: Change, dispute: Dispute, reason: str) -> None:
    """The centre leads again."""
    dispute.advance(change, Move.TAKE_BACK)
    end_part(change, dispute, Part.LEAD)
    keep_reason(change, dispute, Move.TAKE_BACK, reason)


def current_hand_over(dispute: Dispute) -> HandOver | None:
    """The hand-over that stands now: the newest one, until the dispute is taken back or closed."""
    handed_over = dispute.status is DisputeStatus.HANDED_OVER and dispute.hand_overs
    return dispute.hand_overs[-1] if handed_over else None
