"""A reopening 重启 of a closed dispute: why it came back, and how long it had been closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.lifecycle import Move
from models.remark import keep_reason

REBOUND_DAYS = 90


class ReopeningKind(StrEnum):
    REBOUND = "rebound"
    MISTAKE = "mistake"


class Reopening(Base):
    """The number and the papers stay; when and how it had been closed is kept here."""

    __tablename__ = "reopenings"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), index=True)
    kind: Mapped[ReopeningKind] = mapped_column(one_of(ReopeningKind))
    closed_at: Mapped[datetime | None]
    closing_type: Mapped[str] = mapped_column(String(24), default="")
    reopened_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    @property
    def days(self) -> int | None:
        """Whole days between the closing and the reopening."""
        return (self.reopened_at - self.closed_at).days if self.closed_at else None

    @property
    def is_rebound(self) -> bool:
        """反弹: the conflict itself came back, at most 90 days after the closing."""
        return (self.kind is ReopeningKind.REBOUND and self.closed_at is not None
                and self.reopened_at - self.closed_at <= timedelta(days=REBOUND_DAYS))  # fmt: skip


def reopen(change: Change, dispute: Dispute, reason: str, kind: ReopeningKind = ReopeningKind.REBOUND) -> None:
    """反弹重启: the only way back from a closed or archived dispute; number and papers stay."""
    dispute.lock(change)
    kept = Reopening(dispute_id=dispute.id, kind=kind, closed_at=dispute.closed_at,
                     closing_type=dispute.closing_type or "", reopened_at=change.at, by_id=change.by.id)  # fmt: skip
    facts = {"reopening": kind.value, "days": kept.days, "rebound": kept.is_rebound}
    dispute.advance(change, Move.REOPEN, facts, closing_type=None, closed_at=None, notice_given_on=None)
    change.session.add(kept)
    keep_reason(change, dispute, Move.REOPEN, reason)


@dataclass(frozen=True)
class Rebounds:
    """Reopened as a rebound within 90 days after the closing, out of all that were closed in the last 90 days."""

    number: int
    among: int


def rebounds(session: Session, centre_id: int, at: datetime) -> Rebounds:
    """A closing that was a mistake counts nowhere."""
    since = at - timedelta(days=REBOUND_DAYS)
    number = session.scalar(
        select(func.count(Reopening.id)).join(Dispute, Dispute.id == Reopening.dispute_id)
        .where(Dispute.centre_id == centre_id, Reopening.kind == ReopeningKind.REBOUND, Reopening.closed_at >= since,
               Reopening.closed_at <= at)
    ) or 0  # fmt: skip
    closed = session.scalar(
        select(func.count(Dispute.id)).where(Dispute.centre_id == centre_id, Dispute.closed_at >= since)
    ) or 0  # fmt: skip
    return Rebounds(number, closed + number)
