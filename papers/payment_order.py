"""支付令申请书: what an employer owes under a labour agreement (劳动争议调解仲裁法 art. 16), one for each creditor."""

from models.court_application import why_no_payment_order
from papers.blocks import PageBreak, Paper, Paragraph, Signatures, Title, flush, heading
from papers.claims import claims, write_sides, write_story
from papers.matter import Matter, Pen, Signed
from papers.wording import BLANK_DAY, sum_of

NAME = "支付令申请书"


def owed(matter: Matter) -> Signed | None:
    """The newest agreement, if an order for payment can be asked on it now."""
    signed = matter.agreements[-1] if matter.agreements else None
    if signed is None or why_no_payment_order(signed.agreement, matter.ruling, matter.today):
        return None
    return signed


def write(matter: Matter) -> Paper:
    pen, signed = Pen(matter), owed(matter)
    if signed is None:
        raise LookupError("nothing is owed for which an order for payment is given")
    for claim in claims(matter, signed.agreement, only_money=True):
        if pen.blocks:
            pen.write(PageBreak())
        pen.write(Title(NAME))
        write_sides(pen, claim)
        pen.write(
            heading("请求事项"),
            Paragraph(f"1. 请求依法向被申请人发出支付令，督促其向申请人给付{sum_of(claim.rest_fen)}；"),
            Paragraph("2. 申请费由被申请人负担。"),
            heading("事实和理由"),
        )
        write_story(pen, signed, claim)
        pen.write(
            Paragraph("申请人与被申请人没有其他债务纠纷。根据《中华人民共和国劳动争议调解仲裁法》第十六条的规定，"
                      "特向人民法院申请支付令。"),
            flush("此致\n____________人民法院"),
            heading("附件"),
            Paragraph("1. 调解协议；2. 申请人身份证明；3. 被申请人主体信息；4. 与欠款有关的其他证据。"),
            Signatures(tuple("申请人（签名、按指印）：" for _party in claim.creditors)),
            flush(BLANK_DAY),
        )  # fmt: skip
    return pen.done(NAME)
