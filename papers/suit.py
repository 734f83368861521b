"""民事起诉状（要素式）: parties, claims and facts from the record, the elements of its kind as lines for the hand."""

from models.enforcement import Way, way_without_ruling
from models.natures import Nature
from models.party import Party, Side
from models.words import _
from papers import termination
from papers.agreement import sentence
from papers.blocks import Paper, Paragraph, Signatures, Title, flush, form, heading, paragraphs, wide
from papers.claims import claims
from papers.elements import elements
from papers.matter import Matter, Pen
from papers.people import particulars
from papers.sources import COMPLETION, OUTCOME
from papers.wording import BLANK_DAY, day, sum_of

NAME = "民事起诉状（要素式）"
# Where these preside, another procedure follows than a civil suit.
ELSEWHERE = (Nature.PETITION, Nature.ADMINISTRATIVE)
PLAINTIFF, DEFENDANT, THIRD = "原告", "被告", "第三人"


def may_sue(matter: Matter) -> bool:
    """Mediation has failed, or the agreement is not kept and nothing quicker is open; never an organ in office."""
    if matter.nature in ELSEWHERE or not (termination.ended(matter) or _is_broken(matter) or _is_back(matter)):
        return False
    return not matter.is_official()  # asked last: it reads the names of all organs


def _is_back(matter: Matter) -> bool:
    """The house sent it back to be filed; the court has the complaint of what it passed on itself."""
    case = matter.court
    return case is not None and not case.is_agreed and not case.is_suit and case.referral.ended_on is not None


def _is_broken(matter: Matter) -> bool:
    if not matter.agreements or matter.ruling is not None:
        return False
    broken = [term for claim in claims(matter, matter.agreements[-1].agreement) for term in claim.terms]
    return any(way_without_ruling(term).way is Way.SUIT for term in broken)


def write(matter: Matter) -> Paper:
    pen, kind = Pen(matter), matter.dispute.category
    asked = elements(kind.name, kind.parent.name if kind.parent else "")
    pen.write(Title(NAME), Paragraph(f"案由：{asked.cause}"))
    for side, title in zip(_sides(matter), (PLAINTIFF, DEFENDANT, THIRD), strict=True):
        for party in side:
            pen.write(particulars(pen, party, title, with_number=True))
    pen.write(heading("诉讼请求"), *_claims(pen))
    pen.write(form(*(wide(line, "", 8) for line in asked.asked)))
    facts = pen.take(_("Facts of the dispute"), matter.dispute.facts, COMPLETION)
    pen.write(heading("事实和理由"), *paragraphs(facts, matter.dispute.demand), *_mediated(matter))
    pen.write(form(*(wide(line, "", 8) for line in asked.told), wide("请求依据（合同约定、法律规定）", "", 12),
                   wide("证据清单", "", 12)))  # fmt: skip
    if asked.note:
        pen.write(Paragraph(asked.note))
    pen.write(
        Paragraph("是否了解并同意先行调解：□了解  □同意  □不同意"),
        flush("此致\n____________人民法院"),
        Signatures(tuple("具状人（签名、盖章或按指印）：" for _party in _sides(matter)[0])),
        flush(BLANK_DAY),
    )
    return pen.done(NAME)


def _sides(matter: Matter) -> tuple[list[Party], list[Party], list[Party]]:
    """Who sues whom: of a broken agreement its creditors, otherwise whoever asked for mediation."""
    broken = claims(matter, matter.agreements[-1].agreement) if matter.agreements else []
    creditors = list(dict.fromkeys(party for claim in broken for party in claim.creditors))
    debtors = list(dict.fromkeys(party for claim in broken for party in claim.debtors if party not in creditors))
    if not broken:
        return matter.side(Side.APPLICANT), matter.side(Side.RESPONDENT), matter.side(Side.THIRD)
    return creditors, debtors, []


def _claims(pen: Pen) -> list[Paragraph]:
    matter = pen.matter
    broken = claims(matter, matter.agreements[-1].agreement) if matter.agreements else []
    lines = []
    for claim in broken:
        pen.take(_("Terms"), "\n".join(sentence(term) for term in claim.terms), OUTCOME)
        who = "、".join(party.name for party in claim.debtors)
        if claim.rest_fen:
            lines.append(f"判令{who}支付{sum_of(claim.rest_fen)}。")
        lines += [f"判令{who}履行：{term.act.rstrip('。')}。" for term in claim.terms if term.amount_fen is None]
    if not broken:
        said = pen.take(_("Claims"), "\n".join(claim.text for claim in matter.dispute.claims), COMPLETION)
        lines = said.splitlines() or [matter.dispute.demand]
    return [Paragraph(f"{place}. {line}") for place, line in enumerate(lines, 1)]


def _mediated(matter: Matter) -> list[Paragraph]:
    if matter.agreements:
        signed = matter.agreements[-1]
        terms = "；".join(sentence(term).rstrip("。") for term in signed.agreement.terms)
        return [Paragraph(f"{day(signed.agreement.concluded_at)}，双方经{signed.session.body.name}主持调解达成"
                          f"{signed.number}《{signed.name}》：{terms}。被告未按约定履行。")]  # fmt: skip
    on = day(matter.session.ended_at if matter.session else None)
    if matter.court is not None and not on:
        on = day(matter.court.referral.ended_on)
    return [Paragraph(f"本纠纷曾经{matter.body}主持调解，于{on}终止，未达成协议。")]
