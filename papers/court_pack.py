"""移交法院材料: what the court reads of a matter that comes back without an agreement (在线调解规则 art. 17, 18, 21).

What was said to come to terms stays in the house (特邀调解规定 art. 22); facts both have confirmed in writing go along.
"""

from collections.abc import Sequence

from models.contact_attempt import AttemptResult, ContactAttempt
from models.filing_handover import FilingHandover, Pack
from models.referral import CourtReferral
from models.referral_course import EndGround
from papers.blocks import (
    Block,
    Cell,
    Look,
    PageBreak,
    Paper,
    Paragraph,
    Seal,
    Signatures,
    Table,
    Title,
    flush,
    form,
    head,
    heading,
    pair,
    paragraphs,
    wide,
)
from papers.court_list import MODES, sides
from papers.wording import BLANK_DAY, day, sum_of

NAME = "移交法院材料"
MARKS = {Pack.FILING: "优先立案", Pack.TRIAL: "转入审理"}
FEE = "请提示当事人按规定期限缴纳案件受理费；逾期未缴纳的，人民法院依法按撤诉处理。"
GROUNDS = {
    EndGround.NO_CONSENT: "对方当事人不同意调解", EndGround.UNREACHABLE: "经三次以上联系，无法与当事人取得联系",
    EndGround.NO_MEDIATOR: "当事人不同意指定的调解员", EndGround.WITHDRAWN: "一方当事人不愿继续调解",
    EndGround.GAP: "当事人意见分歧较大，无法达成一致", EndGround.TIME_OUT: "调解期限届满，当事人未一致同意延长",
    EndGround.UNSIGNED: "一方当事人拒绝签字", EndGround.SHAM: "涉嫌虚假调解，已停止调解并报告",
    EndGround.OTHER: "其他情形",
}  # fmt: skip
RESULTS = {AttemptResult.REACHED: "已联系上", AttemptResult.NO_ANSWER: "无人接听",
           AttemptResult.WRONG_NUMBER: "号码错误或停机"}  # fmt: skip


def pack(referral: CourtReferral, handover: FilingHandover, mediator: str, attempts: Sequence[ContactAttempt]) -> Paper:
    """Report, undisputed facts and list of materials, one after the other."""
    blocks = (
        *_report(referral, handover, mediator, attempts), PageBreak(), *_facts(referral), PageBreak(),
        *_materials(referral, handover),
    )  # fmt: skip
    return Paper(NAME, blocks)


def _report(referral: CourtReferral, handover: FilingHandover, mediator: str,
            attempts: Sequence[ContactAttempt]) -> list[Block]:  # fmt: skip
    asks, answers = sides(referral)
    amount = sum_of(referral.amount_fen) if referral.amount_fen else ""
    blocks: list[Block] = [
        Title("调解情况报告", referral.number),
        Paragraph(f"【{MARKS[handover.pack]}】", Look.CENTRE),
        flush(f"{referral.court.name}："),
        form(pair("申请人", asks, "被申请人", answers), pair("案由", referral.case_type.name, "标的额", amount),
             pair("方式", MODES[referral.mode], "签收日期", day(referral.signed_on)),
             pair("调解员", mediator, "结束日期", day(referral.ended_on)), wide("诉求", referral.claim)),
        heading("未达成协议的原因"),
        Paragraph(f"{GROUNDS[referral.ground or EndGround.OTHER]}。"), *paragraphs(referral.reason),
        heading("增加对方诉讼成本的行为"), *paragraphs(referral.conduct, "无。"),
    ]  # fmt: skip
    if attempts:
        rows = (head("当事人", "时间", "结果"), *((Cell(one.party.name), Cell(day(one.at)), Cell(RESULTS[one.result]))
                                              for one in attempts))  # fmt: skip
        blocks += [heading("联系当事人记录"), Table(rows, (40, 30, 30), heads=1)]
    if handover.pack is Pack.TRIAL:
        blocks += [heading("提示"), Paragraph(FEE)]
    return [*blocks, Seal(referral.centre.name, day(handover.prepared_at))]


def _facts(referral: CourtReferral) -> list[Block]:
    if not referral.undisputed:
        return [Title("无争议事实记载表", referral.number), Paragraph("双方当事人未书面确认无争议事实。")]
    signing = Signatures(tuple(f"{party.name}（签名、盖章或按指印）：" for party in referral.parties))
    return [Title("无争议事实记载表", referral.number), *paragraphs(referral.undisputed),
            Paragraph(f"双方当事人于{day(referral.undisputed_on)}书面确认。"), signing]  # fmt: skip


def _materials(referral: CourtReferral, handover: FilingHandover) -> list[Block]:
    """What came from the court goes back, with what the house adds."""
    came = [line.strip() for line in referral.materials.splitlines() if line.strip()]
    added = ["调解情况报告", "无争议事实记载表", "送达地址确认书"]
    added += ["民事起诉状（要素式）"] if handover.pack is Pack.FILING else []
    rows = [head("序号", "材料名称", "来源", "份数")]
    rows += [(Cell(str(place)), Cell(name), Cell("法院移送" if place <= len(came) else "中心"), Cell(""))
             for place, name in enumerate([*came, *added], 1)]  # fmt: skip
    return [Title("调解材料退回清单", referral.number), Table(tuple(rows), (10, 54, 20, 16), heads=1),
            Signatures(("移交人（中心）：", "接收人（法院）：")), flush(BLANK_DAY)]  # fmt: skip
