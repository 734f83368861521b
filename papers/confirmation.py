"""司法确认申请书: both parties ask the court within thirty days (民事诉讼法 art. 205; 民诉法解释 art. 351–354)."""

from models.confirmation import why_not
from models.natures import Nature
from models.words import _
from papers.agreement import sentence
from papers.blocks import Paper, Paragraph, Signatures, Title, flush, heading, paragraphs
from papers.matter import Matter, Pen, Signed
from papers.people import names, write_parties
from papers.sources import CENTRE, COMPLETION
from papers.wording import BLANK_DAY, day

NAME = "司法确认申请书"


def confirmable(matter: Matter) -> Signed | None:
    """The newest agreement, if a court may confirm it."""
    signed = matter.agreements
    return signed[-1] if signed and not why_not(signed[-1].agreement) else None


def write(matter: Matter) -> Paper:
    pen, signed = Pen(matter), confirmable(matter)
    if signed is None:
        raise LookupError("no agreement a court may confirm")
    number = pen.take(_("Number in the register"), signed.number, CENTRE, needed=False)
    body, on = signed.session.body.name, day(signed.agreement.concluded_at)
    facts = pen.take(_("Facts of the dispute"), matter.dispute.facts, COMPLETION)
    court = "人民法院" if matter.nature is not Nature.COURT_ENTRUSTED else "人民法院（委派法院）"
    pen.write(Title(NAME))
    write_parties(pen, "申请人", with_number=True)  # both sides ask together
    pen.write(
        heading("请求事项"),
        Paragraph(f"请求依法确认申请人{names(matter.parties)}于{on}经{body}主持调解达成的{number}《{signed.name}》有效。"),
        heading("事实和理由"),
        *paragraphs(facts, matter.dispute.demand),
        Paragraph(f"经{body}调解，申请人于{on}自愿达成调解协议，主要内容为："),
        *(Paragraph(f"{place}. {sentence(term)}") for place, term in enumerate(signed.agreement.terms, 1)),
        Paragraph("申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容而给他人造成损害的，"
                  "愿意承担相应的民事责任和其他法律责任。"),
        Paragraph("双方可以共同到人民法院接受询问的时间：____________________。"),
        flush(f"此致\n____________{court}"),
        heading("附件"),
        Paragraph("1. 调解协议；2. 调解组织主持调解的证明；"
            "3. 与调解协议相关的财产权利证明等材料；4. 申请人身份、住所、联系方式等证明。"),
        Signatures(tuple("申请人（签名、盖章或按指印）：" for _party in matter.parties)),
        flush(BLANK_DAY),
    )  # fmt: skip
    return pen.done(NAME)
