"""人民调解申请书: who asks, against whom, about what, and for what (司发通〔2010〕239号)."""

from models.words import _
from papers.blocks import Paper, Paragraph, Seal, Signatures, Title, flush, heading, paragraphs
from papers.matter import Matter, Pen
from papers.people import write_parties
from papers.sources import COMPLETION
from papers.wording import BLANK_DAY

NAME = "人民调解申请书"


def write(matter: Matter) -> Paper:
    pen, dispute = Pen(matter), matter.dispute
    pen.write(Title(NAME))
    write_parties(pen)
    facts = pen.take(_("Facts of the dispute"), dispute.facts, COMPLETION)
    claims = pen.take(_("Claims"), "\n".join(claim.text for claim in dispute.claims), COMPLETION)
    pen.write(heading("纠纷简要情况"), *paragraphs(facts, dispute.demand))
    pen.write(heading("当事人申请事项"))
    for place, claim in enumerate(claims.splitlines() or [dispute.demand], 1):
        pen.write(Paragraph(f"{place}. {claim}"))
    pen.write(
        Paragraph("人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解委员会进行调解。"),
        flush(f"此致\n{matter.body}"),
        Signatures(("申请人（签名、盖章或按指印）：",)),
        Seal("", BLANK_DAY),
    )
    return pen.done(NAME)
