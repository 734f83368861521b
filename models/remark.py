"""A remark 说明: the reason of a step of a dispute in somebody's words."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, one_of
from models.change import Change
from models.errors import RuleBroken
from models.lifecycle import Move
from models.words import _

if TYPE_CHECKING:
    from models.dispute import Dispute


class Remark(Base):
    """The reason of a step in somebody's words."""

    __tablename__ = "remarks"
    __table_args__ = (Index("ix_remarks_dispute_id", "dispute_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    about: Mapped[Move] = mapped_column(one_of(Move))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)


def keep_reason(change: Change, dispute: "Dispute", about: Move, words: str) -> None:
    """Keep the reason of a step in words; the event itself carries no free text."""
    if not words.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    dispute.remarks.append(Remark(about=about, text=words.strip(), at=change.at, by_id=change.by.id))
