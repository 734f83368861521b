"""强制执行申请书: the agreement was confirmed by the court and is not kept (民事诉讼法 art. 206), for each creditor."""

from models.court_application import why_no_enforcement
from models.words import _
from papers.blocks import PageBreak, Paper, Paragraph, Signatures, Title, flush, heading
from papers.claims import Claim, claims, write_sides, write_story
from papers.matter import Matter, Pen, Signed
from papers.sources import PERFORMANCE
from papers.wording import BLANK, BLANK_DAY, day, sum_of

NAME = "强制执行申请书"


def enforceable(matter: Matter) -> Signed | None:
    """The agreement the court has confirmed, while something under it is overdue."""
    for signed in reversed(matter.agreements):
        if not why_no_enforcement(signed.agreement, matter.ruling_on(signed.agreement), matter.today):
            return signed
    return None


def write(matter: Matter) -> Paper:
    pen, signed = Pen(matter), enforceable(matter)
    ruling = matter.ruling_on(signed.agreement) if signed else None
    if signed is None or ruling is None:
        raise LookupError("nothing the court has confirmed is overdue")
    number = pen.take(_("Number of the ruling"), ruling.number, PERFORMANCE, needed=False) or BLANK
    basis = f"人民法院于{day(ruling.ruled_on)}作出的{number}民事裁定书"
    for claim in claims(matter, signed.agreement):
        if pen.blocks:
            pen.write(PageBreak())
        pen.write(Title(NAME))
        write_sides(pen, claim, "被执行人")
        pen.write(heading("执行依据"), Paragraph(f"____________{basis}。"), heading("请求事项"), *_wanted(claim))
        pen.write(heading("事实和理由"))
        write_story(pen, signed, claim)
        pen.write(
            Paragraph(f"上述协议经{basis}确认有效，被执行人未按裁定履行。"
                      "根据《中华人民共和国民事诉讼法》第二百零六条、第二百五十条的规定，特申请强制执行。"),
            Paragraph("被执行人财产线索：____________________________________"),
            flush("此致\n____________人民法院"),
            heading("附件"),
            Paragraph("1. 民事裁定书；2. 调解协议；3. 申请人身份证明；4. 被执行人财产线索材料。"),
            Signatures(tuple("申请人（签名、盖章或按指印）：" for _party in claim.creditors)),
            flush(BLANK_DAY),
        )  # fmt: skip
    return pen.done(NAME)


def _wanted(claim: Claim) -> list[Paragraph]:
    lines = [f"责令被执行人向申请人支付{sum_of(claim.rest_fen)}"] if claim.rest_fen else []
    lines += [f"责令被执行人履行：{term.act.rstrip('。')}" for term in claim.terms if term.amount_fen is None]
    lines += ["被执行人支付迟延履行期间的债务利息或者迟延履行金", "执行费用由被执行人负担"]
    return [Paragraph(f"{place}. {line}。") for place, line in enumerate(lines, 1)]
