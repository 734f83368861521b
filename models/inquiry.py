"""先电话问: a unit was asked by telephone before any whistle; it answered, or it is to be whistled."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.unit import Unit
from models.words import _


class InquiryResult(StrEnum):
    ANSWERED = "by_telephone"
    TO_WHISTLE = "to_whistle"


class Inquiry(Base):
    __tablename__ = "inquiries"
    __table_args__ = (Index("ix_inquiries_dispute_id", "dispute_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    spoke_to: Mapped[str] = mapped_column(String(60), default="")
    result: Mapped[InquiryResult] = mapped_column(one_of(InquiryResult))
    answer: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    dispute: Mapped[Dispute] = relationship()
    unit: Mapped[Unit] = relationship()


def note_inquiry(change: Change, dispute: Dispute, unit: Unit, result: InquiryResult, answer: str,
                 spoke_to: str) -> Inquiry:  # fmt: skip
    """Note the call. An answer needs its words."""
    if result is InquiryResult.ANSWERED and not answer.strip():
        raise RuleBroken(_("Enter what the unit answered"), field="answer")
    dispute.lock(change)
    if not dispute.is_open:
        raise RuleBroken(_("This dispute is closed: reopen it or register a new matter"))
    row = Inquiry(dispute=dispute, unit=unit, result=result, answer=answer.strip(), spoke_to=spoke_to.strip(),
                  at=change.at, by_id=change.by.id)  # fmt: skip
    change.session.add(row)
    change.session.flush()  # the event speaks of its id
    change.record(dispute.stream, EventKind.INQUIRY_NOTE, ("inquiry", row.id), unit=unit.id, result=result.value)
    dispute.touch(change)
    return row


def inquiries(session: Session, dispute: Dispute) -> list[Inquiry]:
    rows = select(Inquiry).where(Inquiry.dispute_id == dispute.id).options(joinedload(Inquiry.unit))
    return list(session.scalars(rows.order_by(Inquiry.id)))
