"""A supplement to the record 补正: what was said stays, what is mended after the end stands beside it."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

if TYPE_CHECKING:
    from models.mediation import MediationSession


class RecordSupplement(Base):
    """What is added or put right, why, and, if it is about one statement, about which."""

    __tablename__ = "record_supplements"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"), index=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statements.id"))
    reason: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def supplement(change: Change, mediation: "MediationSession", reason: str, words: str,
               statement_id: int | None = None) -> None:  # fmt: skip
    """Add to the record of an ended session."""
    if not words.strip():
        raise RuleBroken(_("Enter what is to be added or put right"), field="words")
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    change.lock(mediation.dispute.stream, mediation)
    if mediation.ended_at is None:
        raise TransitionNotAllowed(_("The session is open: take it down as a statement"))
    if statement_id is not None and statement_id not in {statement.id for statement in mediation.statements}:
        raise RuleBroken(_("This statement is not in the record"), field="statement")
    mediation.record_supplements.append(
        RecordSupplement(
            statement_id=statement_id, reason=reason.strip(), text=words.strip(), at=change.at, by_id=change.by.id
        )
    )
    change.session.flush()
    change.record(mediation.dispute.stream, EventKind.RECORD_SUPPLEMENT, ("mediation", mediation.id))
    mediation.dispute.touch(change)
