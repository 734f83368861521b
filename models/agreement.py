"""An agreement 协议: the terms both sides accepted, each with a day on which it falls due."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agreement_remark import AgreementRemark
from models.base import Base, Key, one_of
from models.change import Change
from models.clarity import findings
from models.clock import local_day
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.finding import advice, blocking
from models.performance import Performance, note_performance
from models.wording import Manner, Wording
from models.wording import TermDraft as TermDraft
from models.words import _

if TYPE_CHECKING:
    from models.breach import TermReminder
    from models.mediation import MediationSession


class AgreementForm(StrEnum):
    WRITTEN = "written"
    ORAL = "oral"


class Agreement(Base):
    __tablename__ = "agreements"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"), unique=True)
    form: Mapped[AgreementForm] = mapped_column(one_of(AgreementForm))
    is_partial: Mapped[bool] = mapped_column(default=False)
    performed_at_once: Mapped[bool] = mapped_column(default=False)
    default_clause: Mapped[str] = mapped_column(Text, default="")
    # The sum that was stated, which the terms add up to; how many papers are signed.
    total_fen: Mapped[int | None] = mapped_column(BigInteger)
    copies: Mapped[int] = mapped_column(default=0)
    concluded_at: Mapped[datetime]
    # Somebody refused to sign, and the mediation ended without it.
    lapsed_at: Mapped[datetime | None]

    mediation: Mapped["MediationSession"] = relationship(back_populates="agreement")
    # Those that count; what a supplement ended stays beside them.
    terms: Mapped[list["Term"]] = relationship(
        primaryjoin="and_(Agreement.id == Term.agreement_id, Term.struck_at.is_(None))",
        back_populates="agreement", order_by="Term.position")  # fmt: skip
    struck_terms: Mapped[list["Term"]] = relationship(
        primaryjoin="and_(Agreement.id == Term.agreement_id, Term.struck_at.is_not(None))",
        viewonly=True, order_by="Term.position")  # fmt: skip
    remarks: Mapped[list[AgreementRemark]] = relationship(order_by="AgreementRemark.id")

    @classmethod
    def conclude(cls, change: Change, mediation: "MediationSession", form: AgreementForm, drafts: Sequence[TermDraft],
                 default_clause: str, *, is_partial: bool, performed_at_once: bool, total_fen: int | None = None,
                 copies: int | None = None) -> "Agreement":  # fmt: skip
        """Write the terms. What must be changed is refused; advice stays on record as seen by who writes them.

        Oral only where no law demands writing, and where nothing is paid later (人民调解法 art. 28).
        """
        said = findings(Wording.of_change(change, mediation, drafts, default_clause, total_fen,
                                          performed_at_once=performed_at_once))  # fmt: skip
        for finding in blocking(said):
            raise RuleBroken(finding.sentence, field="terms", **finding.facts)
        if form is AgreementForm.ORAL and (law := mediation.law_on_writing):
            raise RuleBroken(_("This agreement must be in writing: %(law)s"), field="form", law=law)
        if form is AgreementForm.ORAL and not performed_at_once and any(draft.amount_fen for draft in drafts):
            raise RuleBroken(_("A payment that is not made at once needs a written agreement"), field="form")
        today = local_day(change.at)
        agreement = cls(mediation=mediation, form=form, is_partial=is_partial, performed_at_once=performed_at_once,
                        default_clause=default_clause.strip(), concluded_at=change.at, total_fen=total_fen,
                        copies=len(mediation.dispute.parties) + 1 if copies is None else copies)  # fmt: skip
        agreement.terms = [
            Term.of(draft, place, performed_on=today if performed_at_once else None)
            for place, draft in enumerate(drafts, 1)
        ]
        agreement.remarks = [AgreementRemark.of(change, finding) for finding in advice(said)]
        change.session.add(agreement)
        change.session.flush()  # the event speaks of its id
        change.record(mediation.dispute.stream, EventKind.AGREEMENT_CONCLUDE, ("agreement", agreement.id),
                      form=form.value, terms=len(drafts), partial=is_partial,
                      remarks=[finding.key for finding in advice(said)])  # fmt: skip
        return agreement


UNPERFORMED = text("performed_on IS NULL AND struck_at IS NULL")


class Term(Base):
    """One term. `since_version` of the final text holds it; `until_version`, when all had signed that, ended it."""

    __tablename__ = "terms"
    __table_args__ = (
        CheckConstraint("(amount_fen IS NULL) <> (act = '')", name="pay_or_act"),
        Index("ix_terms_due_on", "due_on", sqlite_where=UNPERFORMED, postgresql_where=UNPERFORMED),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), index=True)
    position: Mapped[int]
    payer: Mapped[str] = mapped_column(String(200), default="")
    payee: Mapped[str] = mapped_column(String(200), default="")
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    act: Mapped[str] = mapped_column(Text, default="")
    manner: Mapped[Manner | None] = mapped_column(one_of(Manner))
    account: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date] = mapped_column(Date)
    performed_on: Mapped[date | None] = mapped_column(Date)
    since_version: Mapped[int] = mapped_column(default=1)
    until_version: Mapped[int | None]
    struck_at: Mapped[datetime | None]
    strike_reason: Mapped[str] = mapped_column(String(200), default="")

    agreement: Mapped[Agreement] = relationship(back_populates="terms")
    performances: Mapped[list[Performance]] = relationship(back_populates="term", order_by="Performance.id")
    reminders: Mapped[list["TermReminder"]] = relationship(back_populates="term", order_by="TermReminder.id")

    @classmethod
    def of(cls, draft: TermDraft, position: int, **facts: object) -> "Term":
        return cls(position=position, payer=draft.payer.strip(), payee=draft.payee.strip(),
                   amount_fen=draft.amount_fen, act=draft.act.strip(), due_on=draft.due_on,
                   manner=draft.manner if draft.amount_fen is not None else None, account=draft.account.strip(),
                   place=draft.place.strip(), proof=draft.proof.strip(), **facts)  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Still to be performed."""
        return self.performed_on is None and self.struck_at is None

    @property
    def standing_performances(self) -> list[Performance]:
        """The entries that count."""
        return [entry for entry in self.performances if entry.struck_at is None]

    @property
    def paid_fen(self) -> int:
        return sum(entry.amount_fen or 0 for entry in self.standing_performances)

    @property
    def rest_fen(self) -> int:
        """What is still to be paid; nothing for an act."""
        return 0 if self.performed_on is not None else max(0, (self.amount_fen or 0) - self.paid_fen)

    def perform(self, change: Change, on: date) -> None:
        """Note that the whole rest was paid, or the act done; noting it twice changes nothing."""
        note_performance(change, self, on)


def next_due(agreements: Sequence[Agreement]) -> date | None:
    """The first day on which something is still to be performed."""
    open_terms = (term for agreement in agreements for term in agreement.terms if term.is_open)
    return min((term.due_on for term in open_terms), default=None)
