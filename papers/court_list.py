"""交接清单 and 流程节点表: what was handed over with both signatures, and how far one matter is."""

from collections.abc import Sequence
from datetime import date

from models.party import Side
from models.referral import CourtReferral
from models.referral_course import CourtMode
from models.referral_nodes import Node
from papers.blocks import Cell, Look, Paper, Paragraph, Signatures, Table, Title, form, head, pair, wide
from papers.wording import BLANK_DAY, day

MODES = {CourtMode.ASSIGNED: "委派调解", CourtMode.ENTRUSTED: "委托调解", CourtMode.OWN: "自行调解"}
NODES = ("移送", "签收", "接受（退回）", "征询对方当事人同意", "确定调解员", "首次调解", "调解结束")
PACK, CONFIRMATION = ("移交法院", "法院立案（转入审理）"), ("申请司法确认", "法院受理", "法院裁定")


def sides(referral: CourtReferral) -> tuple[str, str]:
    """Who asks, and against whom."""
    named = {side: [party.name for party in referral.parties if party.side is side] for side in Side}
    return "、".join(named[Side.APPLICANT]), "、".join(named[Side.RESPONDENT])


def hand_over_list(referrals: Sequence[CourtReferral], on: date) -> Paper:
    """Every matter that was signed for on one day; the signatures start the clocks."""
    rows = [head("序号", "案号", "申请人（原告）", "被申请人（被告）", "案由", "方式", "材料")]
    for place, one in enumerate(referrals, 1):
        asks, answers = sides(one)
        count = len([line for line in one.materials.splitlines() if line.strip()])
        texts = (str(place), one.number or "（无）", asks, answers, one.case_type.name, MODES[one.mode],
                 f"{count}份" if count else "")  # fmt: skip
        rows.append(tuple(Cell(text) for text in texts))
    return Paper("案件材料交接清单", (
        Title("案件材料交接清单"),
        Paragraph(f"签收日期：{day(on)}    共{len(referrals)}件", Look.CENTRE),
        Table(tuple(rows), (7, 21, 16, 18, 18, 10, 10), heads=1),
        Paragraph("上列案件材料已当面清点。调解期限自签收之日起计算。"),
        Signatures(("移送人（法院）：", "签收人（中心）：")),
        Paragraph(BLANK_DAY, Look.FLUSH),
    ))  # fmt: skip


def node_sheet(referral: CourtReferral, nodes: Sequence[Node]) -> Paper:
    """《纠纷调解流程节点表》of one matter."""
    asks, answers = sides(referral)
    names = [*NODES]
    if len(nodes) - len(NODES) in (2, 5):
        names += PACK
    if len(nodes) - len(NODES) in (3, 5):
        names += CONFIRMATION
    rows = [head("节点", "时间", "期限届满日", "备注")]
    for name, node in zip(names, nodes, strict=True):
        remark = "超期" if node.was_late else ""
        rows.append((Cell(name), Cell(day(node.on) if node.on else ""), Cell(day(node.due_on) if node.due_on else ""),
                     Cell(remark)))  # fmt: skip
    return Paper("纠纷调解流程节点表", (
        Title("纠纷调解流程节点表", referral.number),
        form(pair("方式", MODES[referral.mode], "案由", referral.case_type.name),
             pair("申请人", asks, "被申请人", answers),
             wide("中心编号", referral.dispute.number if referral.dispute else "")),
        Table(tuple(rows), (34, 24, 24, 18), heads=1),
    ))  # fmt: skip
