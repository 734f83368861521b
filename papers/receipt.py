"""收条: for each payment of an agreement, one receipt the payee signs."""

from models.agreement import Term
from models.words import _
from papers.blocks import PageBreak, Paper, Paragraph, Signatures, Title, flush
from papers.matter import Matter, Pen, Signed
from papers.sources import OUTCOME
from papers.wording import BLANK, BLANK_DAY, day, sum_of

NAME = "收条"


def payments(matter: Matter) -> list[tuple[Signed, Term]]:
    return [(signed, term) for signed in matter.agreements for term in signed.agreement.terms
            if term.amount_fen is not None]  # fmt: skip


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for signed, term in payments(matter):
        if pen.blocks:
            pen.write(PageBreak())
        payer = pen.take(_("Who pays"), term.payer, OUTCOME)
        payee = pen.take(_("Who receives"), term.payee, OUTCOME, needed=False) or BLANK
        under = f"{signed.number}《{signed.name}》第{term.position}项"
        pen.write(
            Title(NAME),
            Paragraph(f"今收到{payer}依{under}应付的款项{sum_of(term.amount_fen or 0)}。"),
            Paragraph("付款方式：□现金  □银行转账  □微信  □其他____________"),
            Paragraph(f"该项约定的履行期限为{day(term.due_on)}。上述款项已当面点清（已到账）。"),
            Signatures((f"收款人（{payee}）签名、按指印：", "经办人（见证）签名：")),
            flush(BLANK_DAY),
        )
    return pen.done(NAME)
