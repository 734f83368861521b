"""仲裁审查申请书: both sides ask the labour arbitration commission within fifteen days to review their agreement."""

from models.court_application import why_no_review
from models.words import _
from papers.agreement import sentence
from papers.blocks import Paper, Paragraph, Signatures, Title, flush, heading, paragraphs
from papers.matter import Matter, Pen, Signed
from papers.people import names, write_parties
from papers.sources import CENTRE, COMPLETION, OUTCOME
from papers.wording import BLANK_DAY, day

NAME = "仲裁审查申请书"


def reviewable(matter: Matter) -> Signed | None:
    signed = matter.agreements[-1] if matter.agreements else None
    if signed is None or matter.review_until is None:
        return None
    return None if why_no_review(signed.agreement, matter.review_until, matter.today) else signed


def write(matter: Matter) -> Paper:
    pen, signed = Pen(matter), reviewable(matter)
    if signed is None:
        raise LookupError("no agreement the commission reviews")
    number = pen.take(_("Number in the register"), signed.number, CENTRE, needed=False)
    said = [sentence(term) for term in signed.agreement.terms]
    pen.take(_("Terms"), "\n".join(said), OUTCOME)
    body, on = signed.session.body.name, day(signed.agreement.concluded_at)
    pen.write(Title(NAME))
    write_parties(pen, "申请人", with_number=True)  # both sides ask together
    facts = pen.take(_("Facts of the dispute"), matter.dispute.facts, COMPLETION)
    pen.write(
        heading("请求事项"),
        Paragraph(f"请求对申请人{names(matter.parties)}于{on}经{body}主持调解达成的{number}《{signed.name}》进行审查，"
                  "并依法制作调解书。"),
        heading("事实和理由"),
        *paragraphs(facts, matter.dispute.demand),
        Paragraph("双方自愿达成的调解协议主要内容为："),
        *(Paragraph(f"{place}. {line}") for place, line in enumerate(said, 1)),
        Paragraph(f"申请人承诺协议出于双方自愿，没有恶意串通、损害他人利益的情形，现于协议生效之日起十五日内"
                  f"（至{day(matter.review_until)}）共同提出审查申请。"),
        flush("此致\n____________劳动人事争议仲裁委员会"),
        heading("附件"),
        Paragraph("1. 调解协议；2. 申请人身份证明、主体资格证明；3. 与协议内容有关的证据。"),
        Signatures(tuple("申请人（签名、盖章或按指印）：" for _party in matter.parties)),
        flush(BLANK_DAY),
    )  # fmt: skip
    return pen.done(NAME)
