"""收条: for each payment of an agreement, one receipt the payee signs."""

from models.agreement import Term
from models.performance import Performance
from models.words import _
from papers.blocks import PageBreak, Paper, Paragraph, Signatures, Title, flush, paragraphs
from papers.matter import Matter, Pen, Signed
from papers.sources import OUTCOME, PERFORMANCE
from papers.wording import BLANK, BLANK_DAY, PAYMENTS, day, sum_of

NAME = "收条"


def payments(matter: Matter) -> list[tuple[Signed, Term]]:
    """Of a term that a supplement ended, what had been paid under it stays receipted."""
    return [
        (signed, term)
        for signed in matter.agreements
        for term in sorted([*signed.agreement.terms, *signed.agreement.struck_terms], key=lambda one: one.position)
        if term.amount_fen is not None and (term.struck_at is None or term.standing_performances)
    ]


def write(matter: Matter) -> Paper:
    """One for each payment that came in, and one to sign for what is still to be paid."""
    pen = Pen(matter)
    for signed, term in payments(matter):
        for entry in term.standing_performances:
            _write_one(pen, signed, term, entry)
        if term.struck_at is None and (term.rest_fen or not term.standing_performances):
            _write_one(pen, signed, term, None)
    return pen.done(NAME)


def _write_one(pen: Pen, signed: Signed, term: Term, entry: Performance | None) -> None:
    if pen.blocks:
        pen.write(PageBreak())
    payer = pen.take(_("Who pays"), term.payer, OUTCOME)
    payee = pen.take(_("Who receives"), term.payee, OUTCOME, needed=False) or BLANK
    under = f"{signed.number}《{signed.name}》第{term.position}项"
    paid = (entry.amount_fen or 0) if entry else term.rest_fen or term.amount_fen or 0
    way = "付款方式：□现金  □银行转账  □微信  □其他____________"
    if entry is not None and entry.paid_by is not None:
        way = f"付款方式：{pen.take(_('Paid by'), PAYMENTS[entry.paid_by], PERFORMANCE)}。"
    proof = pen.take(_("Proof of payment"), entry.evidence, PERFORMANCE, needed=False) if entry else ""
    pen.write(
        Title(NAME),
        Paragraph(f"收款人{payee}今收到{payer}依{under}应付的款项{sum_of(paid)}。"),
        Paragraph(way),
        *paragraphs(f"凭证：{proof}" if proof else ""),
        Paragraph(f"该项约定的履行期限为{day(term.due_on)}。上述款项已当面点清（已到账）。"),
        Signatures(("收款人（签名、按指印）：", "经办人（见证、签名）：")),
        flush(day(entry.performed_on) if entry else BLANK_DAY),
    )
