"""What a supplement changes in the terms of an agreement: some end, others are added, once all have signed it.

Until then the terms stand as they were and the changes wait beside the version that will carry them (民法典 art. 543).
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models import due_course
from models.agreement import Agreement, Term
from models.base import Base, Key, one_of
from models.change import Change
from models.clarity import findings
from models.effect import agreement_papers
from models.enforcement import ruling_of
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.final_paper import FinalPaper, PaperKind, supplement_agreement
from models.finding import blocking
from models.follow_up import plan
from models.next_date import next_date
from models.wording import Manner, TermDraft, Wording
from models.words import _

CONFIRMED = _("The court has confirmed this agreement: its terms are enforced as they were confirmed")
# What the file says; it is kept in Chinese like every other paper.
REPLACED = "补充协议变更，不再履行"
NOT_SIGNED = "签署有误记"


class TermChange(Base):
    """With a term it ends that one; without it is the term that is added. `carried_at` is when the terms followed."""

    __tablename__ = "term_changes"
    __table_args__ = (CheckConstraint("(term_id IS NULL) = (due_on IS NOT NULL)", name="ends_or_adds"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("final_papers.id"), index=True)
    term_id: Mapped[int | None] = mapped_column(ForeignKey("terms.id"))
    reason: Mapped[str] = mapped_column(String(200))
    payer: Mapped[str] = mapped_column(String(200), default="")
    payee: Mapped[str] = mapped_column(String(200), default="")
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    act: Mapped[str] = mapped_column(Text, default="")
    manner: Mapped[Manner | None] = mapped_column(one_of(Manner))
    account: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None] = mapped_column(Date)
    carried_at: Mapped[datetime | None]

    paper: Mapped[FinalPaper] = relationship(back_populates="term_changes")
    term: Mapped[Term | None] = relationship()

    @property
    def draft(self) -> TermDraft:
        """The term that is added."""
        return TermDraft(self.due_on, self.payer, self.payee, self.amount_fen, self.act, self.manner, self.account,
                         self.place, self.proof)  # fmt: skip


def supplement_terms(change: Change, paper: FinalPaper, text: str, reason: str, ended: Sequence[Term],
                     added: Sequence[TermDraft]) -> FinalPaper:  # fmt: skip
    """The next version of the agreement, with the terms it will end and add. What must be clear is refused as ever.

    Raises Stale when one of the ended terms was performed or ended meanwhile.
    """
    agreement = paper.mediation.agreement
    if (ended or added) and agreement is not None and ruling_of(change.session, agreement) is not None:
        raise RuleBroken(CONFIRMED)
    if added and agreement is not None:
        said = findings(Wording.of_change(change, paper.mediation, added, agreement.default_clause, None,
                                          performed_at_once=False))  # fmt: skip
        for finding in blocking(said):
            raise RuleBroken(finding.sentence, field="terms", **finding.facts)
    made = supplement_agreement(change, paper, text)
    if made is paper or agreement is None:
        return made
    change.lock(paper.mediation.dispute.stream, agreement, *ended)
    going = {row.term_id for row in waiting(agreement)}
    if any(term.agreement_id != agreement.id or not term.is_open or term.id in going for term in ended):
        raise Stale(_("One of these terms was performed or changed in the meantime"))
    made.term_changes = [
        *(TermChange(term=term, reason=reason.strip()) for term in ended),
        *(TermChange(reason=reason.strip(), **_stripped(draft)) for draft in added),
    ]
    change.session.flush()
    return made


def waiting(agreement: Agreement) -> list[TermChange]:
    """What no version that all have signed has carried over yet, in the order it was written."""
    papers = agreement_papers(agreement.mediation)
    return [row for paper in papers for row in paper.term_changes if row.carried_at is None]


def carry_over(change: Change, paper: FinalPaper) -> None:
    """All have signed this version: the terms become what it says. What was performed meanwhile stays performed."""
    agreement = paper.mediation.agreement
    if paper.kind is not PaperKind.AGREEMENT or agreement is None:
        return
    rows = [row for row in waiting(agreement) if row.paper.version <= paper.version]
    if not rows:
        return
    dispute = paper.mediation.dispute
    ended = [(row.term, row) for row in rows if row.term is not None and row.term.is_open]
    for term, row in ended:
        _end(change, term, row.reason, row.paper.version)
    last = max(term.position for term in [*agreement.terms, *agreement.struck_terms])
    added = [row for row in rows if row.term_id is None]
    for place, row in enumerate(added, last + 1):
        agreement.terms.append(Term.of(row.draft, place, since_version=row.paper.version))
    for row in rows:
        row.carried_at = change.at
    change.session.flush()
    change.session.expire(agreement, ["terms", "struck_terms"])
    for term in agreement.terms:
        if term.position > last:
            due_course.due_again(change, dispute, term)
    _follow(change, paper, EventKind.AGREEMENT_AMEND, ended=len(ended), added=len(added))


def take_back(change: Change, paper: FinalPaper) -> None:
    """A signature of this version was struck out: what no version holds that all have signed waits as before.

    Raises RuleBroken while a receipt stands for one of the terms it had added, or once the court has confirmed them.
    """
    agreement = paper.mediation.agreement
    if paper.kind is not PaperKind.AGREEMENT or agreement is None or agreement.lapsed_at is not None:
        return
    papers = agreement_papers(paper.mediation)
    held = max((one.version for one in papers if one.is_complete), default=0)
    rows = [row for one in papers if one.version > held for row in one.term_changes if row.carried_at is not None]
    if not rows:
        return
    if ruling_of(change.session, agreement) is not None:
        raise RuleBroken(CONFIRMED)
    ended = [row.term for row in rows if row.term is not None and row.term.struck_at == row.carried_at]
    added = [term for term in agreement.terms if term.since_version > held]
    if any(term.performed_on is not None or term.standing_performances for term in added):
        raise RuleBroken(_("A term that this version added was performed: strike out the receipt first"))
    for term in added:
        _end(change, term, NOT_SIGNED, term.since_version, dropped=NOT_SIGNED)
    for term in ended:
        term.struck_at, term.strike_reason, term.until_version = None, "", None
        due_course.due_again(change, paper.mediation.dispute, term)
    for row in rows:
        row.carried_at = None
    change.session.flush()
    change.session.expire(agreement, ["terms", "struck_terms"])
    _follow(change, paper, EventKind.AGREEMENT_TAKE_BACK, ended=len(ended), added=len(added))


def _end(change: Change, term: Term, reason: str, version: int, *, dropped: str = REPLACED) -> None:
    """`dropped` is what the file says of its deadline."""
    term.struck_at, term.strike_reason, term.until_version = change.at, reason, version
    about = due_course.about(term.agreement, term)
    for one in due_course.running(change, term.agreement.mediation.dispute, "term_due", about=about):
        one.drop(change, dropped)


def _follow(change: Change, paper: FinalPaper, kind: EventKind, **counts: int) -> None:
    """What else hangs on the terms of a dispute."""
    dispute = paper.mediation.dispute
    dispute.next_on = next_date(dispute)
    paper.record(change, kind, **counts)
    plan(change, dispute)


def _stripped(draft: TermDraft) -> dict[str, Any]:
    said = {name: value.strip() if type(value) is str else value for name, value in asdict(draft).items()}
    return said if draft.amount_fen is not None else {**said, "manner": None}
