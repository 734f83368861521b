"""结案报告表: how the dispute came, went and ended, on one page."""

from models.words import _
from papers.agreement import terms
from papers.blocks import Paper, Paragraph, Seal, Signatures, Title, form, heading, pair, paragraphs, wide
from papers.matter import Matter, Pen
from papers.people import names
from papers.sources import COMPLETION, DECISION
from papers.wording import CHANNELS, ENDINGS, GROUNDS, NATURES, amount, day

NAME = "结案报告表"


def write(matter: Matter) -> Paper:
    pen, dispute, visit = Pen(matter), matter.dispute, matter.first_visit
    ending = pen.take(_("How it ended"), ENDINGS[dispute.closing_type] if dispute.closing_type else "", DECISION)
    facts = pen.take(_("Facts of the dispute"), dispute.facts, COMPLETION)
    pen.write(
        Title(NAME, matter.number or dispute.number),
        form(
            pair("承办单位", matter.body, "承办人", matter.mediator),
            pair("受理时间", day(dispute.accepted_at or dispute.registered_at), "结案时间", day(dispute.closed_at)),
            wide("当事人", names(matter.parties)),
            pair("纠纷类型", matter.category, "案件来源", CHANNELS[visit.channel] if visit else ""),
            pair("调解性质", NATURES[matter.nature], "涉及金额", amount(dispute.amount_fen) or "—"),
            pair("结案方式", ending, "告知当事人日期",
                 pen.take(_("Parties told on"), day(dispute.notice_given_on), DECISION)),
            wide("简要事实", facts or dispute.demand, 24),
        ),
        heading("调解过程和结果"),
    )  # fmt: skip
    for session in dispute.sessions:
        end = f",{GROUNDS[session.ground]}" if session.ground else ""
        agreed = "，当事人自愿达成协议" if session.standing_agreement else ""
        pen.write(Paragraph(f"{day(session.opened_at)}，{session.body.name}主持调解（主持人：{session.mediator.name}）{agreed}{end}。"),
                  *paragraphs(session.reason))  # fmt: skip
    for signed in matter.agreements:
        pen.write(*terms(signed.agreement, pen))
    for order in dispute.hand_overs:
        pen.write(
            Paragraph(f"{day(order.made_at)}转由{order.unit.name}办理，{day(order.reply_by)}前答复。"),
            *paragraphs(order.reply),
        )
    pen.write(Signatures(("填表人（签名）：", "负责人（签名）：")), Seal(matter.body, day(dispute.closed_at)))
    return pen.done(NAME)
