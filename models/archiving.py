"""The archiving 归档 of a closed dispute: its number in the yearly register, how long it is kept, and where it lies.

结案 is not held up by papers, 归档 is. A dispute that is reopened and archived again keeps its number.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.agreement import AgreementForm
from models.base import Base, Key, one_of
from models.change import Change
from models.clock import day_bounds, local_day
from models.counter import next_number
from models.dispute import Dispute
from models.errors import RuleBroken
from models.lifecycle import DisputeStatus, Move
from models.natures import Nature
from models.retention import YEARS, Retention
from models.words import _


@dataclass(frozen=True)
class Shelf:
    """How long the file is kept, who took it over, and in which box or place it lies."""

    retention: Retention
    received_by: str
    place: str = ""


class Archiving(Base):
    __tablename__ = "archivings"
    __table_args__ = (UniqueConstraint("centre_id", "year", "running"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), unique=True)
    year: Mapped[int]
    running: Mapped[int]
    retention: Mapped[Retention] = mapped_column(one_of(Retention))
    received_by: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(80), default="")
    archived_at: Mapped[datetime]
    archived_by_id: Mapped[int | None] = mapped_column(Key)

    dispute: Mapped[Dispute] = relationship()

    @property
    def number(self) -> str:
        """2026-0007."""
        return f"{self.year}-{self.running:04d}"

    @property
    def kept_until(self) -> date | None:
        """The last day of the period, counted from the end of the year of closing; None is for ever."""
        closed = self.dispute.closed_at or self.archived_at
        years = YEARS.get(self.retention)
        return date(local_day(closed).year + years, 12, 31) if years else None


def is_over(today: date) -> ColumnElement[bool]:
    """Whether the last day of a file's period has passed: for rows joined to their disputes."""
    closed = func.coalesce(Dispute.closed_at, Archiving.archived_at)
    return or_(*(
        and_(Archiving.retention == retention, closed < day_bounds(date(today.year - years, 1, 1))[0])
        for retention, years in YEARS.items()
    ))  # fmt: skip


def proposed_retention(session: Session, dispute: Dispute) -> Retention:
    """What the centre has set for a written agreement or a matter of the court, and for the rest."""
    lasting = any(
        one.nature is Nature.COURT_ENTRUSTED
        or (one.agreement is not None and one.agreement.form is AgreementForm.WRITTEN)
        for one in dispute.sessions
    )
    return Retention(dispute.centre.setting(session, "retention_lasting" if lasting else "retention_other"))


def archiving_of(session: Session, dispute: Dispute) -> Archiving | None:
    """The dispute's place in the archive; it stays when the dispute is reopened."""
    return session.scalars(select(Archiving).where(Archiving.dispute_id == dispute.id)).one_or_none()


def archive(change: Change, dispute: Dispute, shelf: Shelf, *, lacking: int) -> Archiving | None:
    """Archive the closed dispute; `lacking` is how many papers that must be there are not complete.

    Archiving twice changes nothing. Raises RuleBroken while papers are missing, TransitionNotAllowed before 结案.
    """
    dispute.lock(change)
    row = archiving_of(change.session, dispute)
    if dispute.status is DisputeStatus.ARCHIVED:
        return row
    if lacking:
        raise RuleBroken(_("%(count)s papers that must be in the file are not complete"), count=lacking)
    if not shelf.received_by.strip():
        raise RuleBroken(_("Enter who took the file over"), field="received_by")
    if row is None:
        year = local_day(change.at).year
        row = Archiving(centre_id=dispute.centre_id, dispute=dispute, year=year,
                        running=next_number(change, f"archive:{dispute.centre_id}:{year}"))  # fmt: skip
        change.session.add(row)
    row.retention, row.received_by, row.place = shelf.retention, shelf.received_by.strip(), shelf.place.strip()
    row.archived_at, row.archived_by_id = change.at, change.by.id
    dispute.advance(change, Move.ARCHIVE, {"retention": shelf.retention.value, "year": row.year,
                                           "running": row.running})  # fmt: skip
    return row
