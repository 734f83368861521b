"""交接清单, 移交清单 and 流程节点表: what was handed over with both signatures, and how far one matter is."""

from collections.abc import Sequence
from datetime import date

from models.filing_handover import FilingHandover
from models.referral import CourtReferral
from papers.blocks import Cell, Look, Paper, Paragraph, Signatures, Table, Title, form, head, pair, wide
from papers.court_case import MODES, CourtCase, sides
from papers.court_pack import MARKS
from papers.wording import BLANK_DAY, day

RECEIVED, RETURNED, NODE_SHEET = "案件材料交接清单", "案件材料移交清单", "纠纷调解流程节点表"
NODES = {
    "Sent by the court": "移送", "Signed for": "签收", "Taken on or declined": "接受（退回）",
    "The other party agrees": "征询对方当事人同意", "Mediator named": "确定调解员",
    "Brought by the parties": "当事人申请",
    "First session": "首次调解", "Mediation over": "调解结束", "Pack handed to the court": "移交法院",
    "Filed by the court": "法院立案（转入审理）", "Concluded by the court": "法院出具调解书（准许撤诉）",
    "Applied for confirmation": "申请司法确认",
    "Accepted by the court": "法院受理", "Ruling of the court": "法院裁定",
}  # fmt: skip
WIDTHS = (11, 19, 15, 16, 15, 12, 12)


def hand_over_list(referrals: Sequence[CourtReferral], on: date) -> Paper:
    """Every matter that was signed for on one day; the signatures start the clocks."""
    rows = [head("序号", "案号", "申请人（原告）", "被申请人（被告）", "案由", "方式", "材料")]
    for place, one in enumerate(referrals, 1):
        count = len([line for line in one.materials.splitlines() if line.strip()])
        rows.append(_row(place, one, MODES[one.mode], f"{count}份" if count else ""))
    return _of_the_day(RECEIVED, f"签收日期：{day(on)}", rows, "上列案件材料已当面清点。调解期限自签收之日起计算。",
                       ("移送人（法院）：", "签收人（中心）："))  # fmt: skip


def returned_list(handovers: Sequence[FilingHandover], on: date) -> Paper:
    """Every pack that left the house on one day."""
    rows = [head("序号", "案号", "申请人（原告）", "被申请人（被告）", "案由", "请求", "材料")]
    for place, row in enumerate(handovers, 1):
        rows.append(_row(place, row.referral, MARKS[row.pack], "1套"))
    return _of_the_day(RETURNED, f"移交日期：{day(on)}", rows, "上列案件调解已经结束，材料已当面清点。",
                       ("移交人（中心）：", "接收人（法院）："))  # fmt: skip


def _of_the_day(
    title: str, dated: str, rows: Sequence[tuple[Cell, ...]], sentence: str, signers: tuple[str, str]
) -> Paper:
    """What both sides sign; the first of the rows is the heads of the columns."""
    return Paper(title, (
        Title(title),
        Paragraph(f"{dated}    共{len(rows) - 1}件", Look.CENTRE),
        Table(tuple(rows), WIDTHS, heads=1),
        Paragraph(sentence),
        Signatures(signers),
        Paragraph(BLANK_DAY, Look.FLUSH),
    ))  # fmt: skip


def node_sheet(case: CourtCase) -> Paper:
    """《纠纷调解流程节点表》of one matter."""
    referral, (asks, answers), (first, second) = case.referral, sides(case.referral), case.titles
    rows = [head("节点", "时间", "期限届满日", "备注")]
    for node in case.nodes:
        remark = "超期" if node.was_late else ""
        rows.append((Cell(NODES[node.name]), Cell(day(node.on)), Cell(day(node.due_on)), Cell(remark)))
    return Paper(NODE_SHEET, (
        Title(NODE_SHEET, case.number),
        form(pair("方式", MODES[referral.mode], "案由", referral.case_type.name), pair(first, asks, second, answers),
             pair("中心编号", referral.dispute.number if referral.dispute else "", "调解员", case.mediator),
             wide("曾用案号", "、".join(one.text for one in referral.numbers[:-1]))),
        Table(tuple(rows), (33, 26, 26, 15), heads=1),
        Signatures(("调解员（签名）：", "经办人（签名）：")),
    ))  # fmt: skip


def _row(place: int, one: CourtReferral, *rest: str) -> tuple[Cell, ...]:
    asks, answers = sides(one)
    texts = (str(place), one.number or "（无）", asks, answers, one.case_type.name, *rest)
    return tuple(Cell(text) for text in texts)
