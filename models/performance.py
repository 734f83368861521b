"""Performance 履行: what was paid or done under a term, entry by entry; a wrong entry is struck out and stays."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.clarity import in_yuan
from models.clock import local_day
from models.due_course import due_again, perform
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from models.words import _

if TYPE_CHECKING:
    from models.agreement import Term


class PaidBy(StrEnum):
    """How the money came over; an act has none."""

    CASH = "cash"
    TRANSFER = "transfer"
    WECHAT = "wechat"
    GOODS = "goods"
    OTHER = "other"


class Performance(Base):
    """One receipt, or the act noted as done. Without an amount it is the act, in fen otherwise."""

    __tablename__ = "performances"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    performed_on: Mapped[date] = mapped_column(Date)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    paid_by: Mapped[PaidBy | None] = mapped_column(one_of(PaidBy))
    evidence: Mapped[str] = mapped_column(String(200), default="")
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(Key)
    struck_at: Mapped[datetime | None]
    strike_reason: Mapped[str] = mapped_column(String(200), default="")
    struck_by_id: Mapped[int | None] = mapped_column(Key)

    term: Mapped["Term"] = relationship(back_populates="performances")

    def strike(self, change: Change, reason: str) -> None:
        """Take a wrong entry out of the count, with the reason; striking it twice changes nothing."""
        if not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        dispute = self.term.agreement.mediation.dispute
        change.lock(dispute.stream, self.term, self)
        _require_unfiled(dispute.status)
        if self.struck_at is None:
            self.struck_at, self.strike_reason, self.struck_by_id = change.at, reason.strip(), change.by.id
            _settle(change, self.term, EventKind.TERM_STRIKE, self)


def note_performance(change: Change, term: "Term", on: date, amount_fen: int | None = None,
                     paid_by: PaidBy | None = None, evidence: str = "") -> None:  # fmt: skip
    """Note a receipt or the act; without an amount a payment is the whole rest. A covered term takes no more."""
    dispute = term.agreement.mediation.dispute
    change.lock(dispute.stream, term)
    _require_unfiled(dispute.status)
    if term.agreement.lapsed_at is not None:
        raise RuleBroken(_("The mediation ended without this agreement"))
    if term.struck_at is not None:
        raise RuleBroken(_("A supplement has ended this term"))
    if term.performed_on is not None:
        return
    if on > local_day(change.at):
        raise RuleBroken(_("The day of performance cannot lie in the future"), field="performed_on")
    amount = None
    if term.amount_fen is not None:
        amount = term.rest_fen if amount_fen is None else amount_fen
        if amount <= 0:
            raise RuleBroken(_("An amount must be more than zero"), field="amount_fen")
        if amount > term.rest_fen:
            raise RuleBroken(_("More than what is still due: %(rest)s yuan"), field="amount_fen",
                             rest=in_yuan(term.rest_fen))  # fmt: skip
    entry = Performance(performed_on=on, amount_fen=amount, paid_by=paid_by if amount else None,
                        evidence=evidence.strip(), noted_at=change.at, noted_by_id=change.by.id,
                        strike_reason="")  # fmt: skip
    term.performances.append(entry)
    change.session.flush()  # the event speaks of its id
    part = amount is not None and term.rest_fen > 0
    _settle(change, term, EventKind.TERM_PAY_PART if part else EventKind.TERM_PERFORM, entry)


def _settle(change: Change, term: "Term", kind: EventKind, entry: Performance) -> None:
    """Whether the term is covered follows from its entries, and with it what is due and visited next."""
    from models.agreement import next_due  # late: agreements stand above what is performed under them
    from models.follow_up import plan

    standing = term.standing_performances
    is_covered = bool(standing) and (term.amount_fen is None or sum(one.amount_fen or 0 for one in standing)
                                     >= term.amount_fen)  # fmt: skip
    before = term.performed_on
    term.performed_on = max(one.performed_on for one in standing) if is_covered else None
    dispute = term.agreement.mediation.dispute
    dispute.next_on = next_due([agreement for session in dispute.sessions if (agreement := session.standing_agreement)])
    facts = {} if entry.amount_fen is None else {"amount": entry.amount_fen, "rest": term.rest_fen}
    change.record(dispute.stream, kind, ("term", term.id), **facts)
    if term.performed_on is not None:
        perform(change, dispute, term, term.performed_on)
    elif before is not None:
        due_again(change, dispute, term)
    plan(change, dispute)


def _require_unfiled(status: DisputeStatus) -> None:
    if status is DisputeStatus.ARCHIVED:
        raise TransitionNotAllowed(_("An archived file is not changed; reopen it first"))
