"""权利期限 on a paper: what a party can still do, until when and where, as the card of rights on the slip says it."""

from models.rights_card import RightsLine
from papers.blocks import Block, Cell, Paragraph, Table, head, heading
from papers.matter import Matter
from papers.wording import day

COURT, COMMISSION, SOCIAL = "人民法院", "劳动人事争议仲裁委员会", "人力资源和社会保障局"
LAND, ORGAN = "农村土地承包仲裁委员会", "决定书载明的机关"
# By the code of the clock: what it is, and where to go.
PERIODS = {
    "judicial_confirmation": ("申请司法确认", COURT), "arbitration_review": ("申请仲裁审查", COMMISSION),
    "payment_order": ("收到支付令后清偿或者提出异议", COURT), "execution": ("申请强制执行", COURT),
    "confirmation_objection": ("对确认裁定提出异议", COURT),
    "third_party_objection": ("利害关系人对确认裁定提出异议", COURT),
    "arbitration_limitation": ("劳动仲裁时效", COMMISSION), "wage_limitation": ("拖欠劳动报酬仲裁时效", COMMISSION),
    "award_suit": ("不服劳动仲裁裁决起诉", COURT), "injury_unit": ("用人单位申请工伤认定", SOCIAL),
    "injury_worker": ("职工申请工伤认定", SOCIAL), "land_limitation": ("土地承包仲裁时效", LAND),
    "land_suit": ("不服土地承包仲裁裁决起诉", COURT), "petition_review_request": ("请求复查", ORGAN),
    "petition_recheck_request": ("请求复核", ORGAN), "reconsideration": ("申请行政复议", ORGAN),
    "administrative_suit": ("提起行政诉讼", COURT), "suit_after_reconsideration": ("不服复议决定起诉", COURT),
    "civil_limitation": ("民事诉讼时效", COURT),
}  # fmt: skip


def periods(matter: Matter) -> list[Block]:
    """The periods that run, and that asking for mediation interrupted the limitation (诉讼时效规定 art. 12)."""
    rows, found = matter.rights(), list[Block]()
    if rows:
        lines = tuple(_row(one) for one in rows)
        found += [heading("仍在计算的权利期限"), Table((head("事项", "截止日期", "向何处提出", "依据"), *lines),
                                              (28, 20, 26, 26), heads=1)]  # fmt: skip
    visit = matter.first_visit
    if visit is not None and not matter.is_official():
        found.append(Paragraph(
            f"当事人于{day(visit.arrived_at)}提出调解请求，诉讼时效自提出请求之日起中断"
            "（《最高人民法院关于审理民事案件适用诉讼时效制度若干问题的规定》第十二条）。"
        ))  # fmt: skip
    return found


def _row(one: RightsLine) -> tuple[Cell, ...]:
    name, where = PERIODS[one.code]
    return Cell(name), Cell(day(one.until)), Cell(where), Cell(one.law)
