"""人民调解口头协议登记表: what was agreed by word of mouth; the parties get no copy (人民调解法 art. 28, 30)."""

from models.agreement import AgreementForm
from models.words import _
from papers.agreement import terms
from papers.blocks import Block, PageBreak, Paper, Paragraph, Seal, Signatures, Title, form, heading, pair, wide
from papers.matter import COMMITTEES, Matter, Pen, Signed
from papers.people import names
from papers.sources import COMPLETION
from papers.wording import day


def name(matter: Matter) -> str:
    return "人民调解口头协议登记表" if matter.nature in COMMITTEES else "口头协议登记表"


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for signed in matter.agreed(AgreementForm.ORAL):
        if pen.blocks:
            pen.write(PageBreak())
        pen.write(*_one(pen, signed))
    return pen.done(name(matter))


def _one(pen: Pen, signed: Signed) -> tuple[Block, ...]:
    matter, session = pen.matter, signed.session
    facts = pen.take(_("Facts of the dispute"), matter.dispute.facts, COMPLETION)
    return (
        Title(name(matter), f"编号：{signed.number}"),
        form(
            wide("当事人", names(matter.parties)),
            pair("纠纷类型", matter.category, "达成日期", day(signed.agreement.concluded_at)),
            wide("主要事实和争议事项", facts or matter.dispute.demand, 30),
        ),
        heading("达成协议内容、履行方式和期限"),
        *terms(signed.agreement, pen),
        Paragraph("以上口头协议自当事人达成协议之日起生效。"),
        Signatures(("人民调解员（签名）：", "记录人（签名）：")),
        Seal(session.body.name, day(signed.agreement.concluded_at)),
    )
