"""Who claims what of whom under an agreement that was not kept: for each pair of people what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.agreement import Agreement, Term
from models.court_application import unkept
from models.party import Party, Side
from models.words import _
from papers.agreement import sentence
from papers.blocks import Paragraph, paragraphs
from papers.matter import Matter, Pen, Signed
from papers.people import particulars
from papers.sources import CENTRE, COMPLETION, OUTCOME, PERFORMANCE
from papers.wording import amount, day, sum_of


@dataclass(frozen=True)
class Claim:
    """`rest_fen` is the sum that is still to be paid of what fell due."""

    creditors: Sequence[Party]
    debtors: Sequence[Party]
    terms: Sequence[Term]

    @property
    def rest_fen(self) -> int:
        return sum(term.rest_fen for term in self.terms)


def claims(matter: Matter, agreement: Agreement, *, only_money: bool = False) -> list[Claim]:
    """One for each pair of payer and payee, in the order of the terms."""
    pairs: dict[tuple[str, str], list[Term]] = {}
    for term in unkept(agreement, matter.today):
        if term.amount_fen or not only_money:
            pairs.setdefault((term.payer, term.payee), []).append(term)
    found = []
    for (payer, payee), terms in pairs.items():
        debtors = _named(matter, payer) or matter.side(Side.RESPONDENT)
        others = Side.APPLICANT if debtors and debtors[0].side is not Side.APPLICANT else Side.RESPONDENT
        found.append(Claim(_named(matter, payee) or matter.side(others), debtors, terms))
    return found


def _named(matter: Matter, name: str) -> list[Party]:
    return [party for party in matter.parties if name and party.name == name]


def write_sides(pen: Pen, claim: Claim, debtor: str = "被申请人") -> None:
    for party in claim.creditors:
        pen.write(particulars(pen, party, "申请人", with_number=True))
    for party in claim.debtors:
        pen.write(particulars(pen, party, debtor, with_number=True))


def write_story(pen: Pen, signed: Signed, claim: Claim) -> None:
    """The dispute, what was agreed, what was paid and what is open."""
    matter = pen.matter
    number = pen.take(_("Number in the register"), signed.number, CENTRE, needed=False)
    facts = pen.take(_("Facts of the dispute"), matter.dispute.facts, COMPLETION)
    said = [sentence(term) for term in claim.terms]
    pen.take(_("Terms"), "\n".join(said), OUTCOME)
    pen.write(
        *paragraphs(facts, matter.dispute.demand),
        Paragraph(f"{day(signed.agreement.concluded_at)}，经{signed.session.body.name}主持调解，双方自愿达成{number}"
                  f"《{signed.name}》，约定："),
        *(Paragraph(f"{place}. {line}") for place, line in enumerate(said, 1)),
    )  # fmt: skip
    for term in claim.terms:
        pen.write(Paragraph(pen.take(_("Performance"), _standing(term, day(matter.today)), PERFORMANCE)))


def _standing(term: Term, today: str) -> str:
    which = f"第{term.position}项"
    if term.amount_fen is None:
        return f"协议{which}履行期限已于{day(term.due_on)}届满，截至{today}尚未履行。"
    paid = f"已付{amount(term.paid_fen)}，" if term.paid_fen else "未支付，"
    return f"协议{which}履行期限已于{day(term.due_on)}届满，截至{today}{paid}尚欠{sum_of(term.rest_fen)}。"
