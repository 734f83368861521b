"""A legal hold 留存: while it stands the file is not proposed for destruction, however old it is (domain §3.8)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.words import _

STANDING = text("released_at IS NULL")


class LegalHold(Base):
    """At most one stands at a time; those that were released stay with both reasons."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        Index("uq_legal_holds_standing", "dispute_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    reason: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(Key)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(Key)
    release_reason: Mapped[str] = mapped_column(String(200), default="")


def hold_of(session: Session, dispute: Dispute) -> LegalHold | None:
    """The hold that stands now."""
    rows = select(LegalHold).where(LegalHold.dispute_id == dispute.id, LegalHold.released_at.is_(None))
    return session.scalars(rows).one_or_none()


def hold(change: Change, dispute: Dispute, reason: str) -> None:
    """Set the hold; while one stands this changes nothing. Raises RuleBroken without a reason."""
    reason = _reason(reason)
    dispute.lock(change)
    if hold_of(change.session, dispute) is not None:
        return
    change.session.add(LegalHold(dispute_id=dispute.id, reason=reason, set_at=change.at, set_by_id=change.by.id))
    change.record(dispute.stream, EventKind.DOSSIER_HOLD, ("dispute", dispute.id))


def release(change: Change, dispute: Dispute, reason: str) -> None:
    """End the hold; where none stands this changes nothing. Raises RuleBroken without a reason."""
    reason = _reason(reason)
    dispute.lock(change)
    standing = hold_of(change.session, dispute)
    if standing is None:
        return
    standing.released_at, standing.released_by_id, standing.release_reason = change.at, change.by.id, reason
    change.record(dispute.stream, EventKind.DOSSIER_RELEASE, ("dispute", dispute.id))


def _reason(words: str) -> str:
    if not words.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    return words.strip()[:200]
