"""人民调解受理登记表: how the dispute came, what it is about, who took it in."""

from models.words import _
from papers.blocks import Cell, Paper, Seal, Table, Title, form, label, pair, wide
from papers.matter import Matter, Pen
from papers.people import signing
from papers.sources import COMPLETION, VISIT
from papers.wording import CHANNELS, SIDES, amount, day, moment

NAME = "人民调解受理登记表"


def write(matter: Matter) -> Paper:
    pen, dispute, visit = Pen(matter), matter.dispute, matter.first_visit
    taken_by = visit.taken_by.name if visit and visit.taken_by else ""
    facts = pen.take(_("Facts of the dispute"), dispute.facts, COMPLETION)
    claims = "\n".join(f"{place}. {claim.text}" for place, claim in enumerate(dispute.claims, 1))
    pen.write(
        Title(NAME, dispute.number),
        form(
            pair("受理机构", matter.body, "登记时间", moment(dispute.registered_at)),
            pair("纠纷类型", matter.category, "案件来源",
                 pen.take(_("How it came"), CHANNELS[visit.channel] if visit else "", VISIT)),
            pair("来访人数", f"{dispute.head_count}人", "涉及金额", amount(dispute.amount_fen) or "—"),
            pair("受理时间", day(dispute.accepted_at), "登记人", taken_by),
        ),
        Table(
            ((label("当事人"), label("姓名或名称"), label("联系方式"), label("单位或住址")),
             *((Cell(SIDES[party.side]), Cell(party.name),
                Cell(pen.take(_("Telephone"), matter.clear(party, "phone"), COMPLETION)),
                Cell(pen.take(_("Address"), matter.address(party), COMPLETION))) for party in matter.parties)),
            (14, 28, 20, 38), heads=1,
        ),
        form(wide("纠纷简要情况", facts or dispute.demand, 24), wide("申请事项", claims or dispute.demand, 12)),
        signing(matter, "登记人（签名）："),
        Seal(matter.body, day(dispute.accepted_at or dispute.registered_at)),
    )  # fmt: skip
    return pen.done(NAME)
