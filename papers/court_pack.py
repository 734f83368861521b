"""移交法院材料: what the court reads when mediation is over, agreed or not (在线调解规则 art. 17, 18, 21).

What was said to come to terms stays in the house (特邀调解规定 art. 22); facts both have confirmed in writing go along.
"""

from datetime import date, datetime

from models.agreement import AgreementForm
from models.contact_attempt import AttemptResult
from models.filing_handover import Pack
from models.referral_course import CourtMode, EndGround, SuccessWay
from papers import address, agreement, confirmation, court_proof, oral, suit
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
from papers.court_case import MODES, CourtCase, sides
from papers.matter import Matter
from papers.wording import BLANK_DAY, day, sum_of

NAME, REPORT, FACTS, MATERIALS = "移交法院材料", "调解情况报告", "无争议事实记载表", "调解材料退回清单"
MARKS = {
    Pack.FILING: "优先立案", Pack.TRIAL: "转入审理", Pack.REPORT: "协议备案", Pack.CONFIRM: "申请司法确认",
    Pack.COURT_PAPER: "制作调解书", Pack.SUIT_WITHDRAWN: "申请撤诉",
}  # fmt: skip
FEE = "请提示当事人按规定期限缴纳案件受理费；逾期未缴纳的，人民法院依法按撤诉处理。"
GROUNDS = {
    EndGround.NO_CONSENT: "对方当事人不同意调解", EndGround.UNREACHABLE: "经三次以上联系，无法与当事人取得联系",
    EndGround.NO_MEDIATOR: "当事人不同意指定的调解员", EndGround.WITHDRAWN: "一方当事人不愿继续调解",
    EndGround.GAP: "当事人意见分歧较大，无法达成一致", EndGround.TIME_OUT: "调解期限届满，当事人未一致同意延长",
    EndGround.UNSIGNED: "一方当事人拒绝签字", EndGround.SHAM: "涉嫌虚假调解，已停止调解并报告",
    EndGround.DISMISSED: "人民法院裁定驳回司法确认申请，当事人未达成新的协议", EndGround.OTHER: "其他情形",
}  # fmt: skip
WAYS = {
    SuccessWay.REPORT: "现将调解协议报送备案。", SuccessWay.CONFIRM: "双方当事人拟共同申请司法确认。",
    SuccessWay.COURT_PAPER: "当事人请求人民法院依据协议制作调解书。",
    SuccessWay.SUIT_WITHDRAWN: "当事人拟申请撤诉（协议已即时履行的，按“其他方式”结案，当事人要求的可以出具文书）。",
}  # fmt: skip
RESULTS = {AttemptResult.REACHED: "已联系上", AttemptResult.NO_ANSWER: "无人接听",
           AttemptResult.WRONG_NUMBER: "号码错误或停机"}  # fmt: skip


def pack(case: CourtCase, matter: Matter) -> Paper:
    """Everything the court gets, one paper after the other, each on a page of its own."""
    parts = [report(case), *(_agreed(case, matter) if case.is_agreed else _not_agreed(case, matter)), materials(case)]
    blocks = _cover(case, parts)
    for part in parts:
        blocks += [PageBreak(), *part.blocks]
    return Paper(NAME, tuple(blocks), tuple(field for part in parts for field in part.fields))


def _cover(case: CourtCase, parts: list[Paper]) -> list[Block]:
    """What lies in it, and what the court is asked for."""
    asks, answers = sides(case.referral)
    mark = [Paragraph(f"【{MARKS[case.handover.pack]}】", Look.CENTRE)] if case.handover is not None else []
    rows = (head("序号", "文书名称"), *((Cell(str(place)), Cell(part.name)) for place, part in enumerate(parts, 1)))
    return [Title(NAME, case.number), *mark, flush(f"{case.referral.court.name}："),
            Paragraph(f"{asks}与{answers}{case.referral.case_type.name}一案{MODES[case.referral.mode]}已经结束，"
                      "现将下列材料移交贵院。"),
            Table(rows, (20, 80), heads=1), Seal(case.referral.centre.name, day(_sent_on(case)))]  # fmt: skip


def _sent_on(case: CourtCase) -> date | datetime | None:
    return case.handover.prepared_at if case.handover is not None else case.referral.ended_on


def _agreed(case: CourtCase, matter: Matter) -> list[Paper]:
    """The agreement; with it what both ask when they want it confirmed."""
    asked = confirmation.confirmable(matter) if case.referral.way is SuccessWay.CONFIRM else None
    parts = [confirmation.write(matter), court_proof.write(matter, asked), address.write(matter)] if asked else []
    return [*parts, *([agreement.write(matter)] if matter.agreed(AgreementForm.WRITTEN) else [oral.write(matter)])]


def _not_agreed(case: CourtCase, matter: Matter) -> list[Paper]:
    parts = [facts(case), address.write(matter)]
    return [*parts, suit.write(matter)] if _needs_complaint(case) else parts


def report(case: CourtCase) -> Paper:
    referral, (asks, answers), (first, second) = case.referral, sides(case.referral), case.titles
    amount = sum_of(referral.amount_fen) if referral.amount_fen else ""
    mark = [Paragraph(f"【{MARKS[case.handover.pack]}】", Look.CENTRE)] if case.handover is not None else []
    began = ("申请日期", case.brought_on) if referral.mode is CourtMode.OWN else ("签收日期", referral.signed_on)
    blocks: list[Block] = [
        Title(REPORT, case.number), *mark, flush(f"{referral.court.name}："),
        form(pair(first, asks, second, answers), pair("案由", referral.case_type.name, "标的额", amount),
             pair("方式", MODES[referral.mode], began[0], day(began[1])),
             pair("调解员", case.mediator, "结束日期", day(referral.ended_on)),
             wide("调解组织", case.body), wide("诉求", referral.claim)),
        *(_success(case) if case.is_agreed else _failure(case)),
    ]  # fmt: skip
    return Paper(REPORT, (*blocks, Seal(referral.centre.name, day(_sent_on(case)))))


def facts(case: CourtCase) -> Paper:
    """Signed by both, it stands in the suit as well; without facts the form is there to be filled in."""
    referral, (first, second) = case.referral, case.titles
    titles = (first, second, "第三人")
    signing = Signatures(tuple(f"{titles[_place(party.side)]}{party.name}（签名、盖章或按指印）："
                               for party in referral.parties))  # fmt: skip
    told = Paragraph("下列事实经双方当事人共同确认。当事人在诉讼中无须对此再行举证，但涉及国家利益、社会公共利益和"
                     "他人合法权益的除外。")  # fmt: skip
    if referral.undisputed:
        said: tuple[Block, ...] = (*paragraphs(referral.undisputed),
                                   Paragraph(f"双方当事人于{day(referral.undisputed_on)}书面确认。"))  # fmt: skip
    elif referral.ended_on is not None:
        return Paper(FACTS, (Title(FACTS, case.number), Paragraph("双方当事人未书面确认无争议事实。")))
    else:
        said = (Table(tuple((Cell("", tall=10),) for _line in range(8)), (100,)),)
    signed = (Signatures((f"调解员{case.mediator}（签名）：",)), flush(BLANK_DAY))
    return Paper(FACTS, (Title(FACTS, case.number), told, *said, signing, *signed))


def materials(case: CourtCase) -> Paper:
    """What came from the court goes back, with what the house adds."""
    came = [line.strip() for line in case.referral.materials.splitlines() if line.strip()]
    is_asked = case.is_agreed and case.referral.way is SuccessWay.CONFIRM
    asked = [confirmation.NAME, court_proof.NAME, address.NAME] if is_asked else []
    added = [REPORT, *asked, "调解协议"] if case.is_agreed else [REPORT, FACTS, address.NAME]
    added += [suit.NAME] if _needs_complaint(case) else []
    rows = [head("序号", "材料名称", "来源", "份数")]
    rows += [(Cell(str(place)), Cell(name), Cell("法院移送" if place <= len(came) else "中心"), Cell(""))
             for place, name in enumerate([*came, *added], 1)]  # fmt: skip
    return Paper(MATERIALS, (
        Title(MATERIALS, case.number), Table(tuple(rows), (12, 50, 20, 18), heads=1),
        Paragraph("上列材料已当面清点无误。"), Signatures(("移交人（中心）：", "接收人（法院）：")), flush(BLANK_DAY),
    ))  # fmt: skip


def _needs_complaint(case: CourtCase) -> bool:
    """The court has the complaint of what it passed on; the parties' own matter brings one."""
    return case.referral.mode is CourtMode.OWN and not case.is_agreed


def _place(side: str) -> int:
    return ("applicant", "respondent").index(side) if side in ("applicant", "respondent") else 2


def _success(case: CourtCase) -> list[Block]:
    way = case.referral.way
    return [heading("调解结果"),
            Paragraph(f"经调解，双方当事人自愿达成调解协议{case.agreement}。{WAYS[way] if way else ''}"),
            Paragraph("随附调解协议。")]  # fmt: skip


def _failure(case: CourtCase) -> list[Block]:
    referral = case.referral
    ended, dismissed = referral.ground or EndGround.OTHER, GROUNDS[EndGround.DISMISSED]
    ground = GROUNDS[ended]
    if case.is_dismissed:
        ground = dismissed if ended in (EndGround.DISMISSED, EndGround.OTHER) else f"{dismissed}；{ground}"
    blocks: list[Block] = [
        heading("未达成协议的原因"), Paragraph(f"{ground}。"), *paragraphs(referral.reason),
        heading("增加对方诉讼成本的行为"), *paragraphs(referral.conduct, "无。"),
    ]  # fmt: skip
    if case.attempts:
        rows = (head("当事人", "时间", "结果"), *((Cell(one.party.name), Cell(day(one.at)), Cell(RESULTS[one.result]))
                                              for one in case.attempts))  # fmt: skip
        blocks += [heading("联系当事人记录"), Table(rows, (50, 26, 24), heads=1)]
    if case.handover is not None and case.handover.pack is Pack.TRIAL:
        blocks += [heading("提示"), Paragraph(FEE)]
    return blocks
