"""委派（委托）调解函: what the court says when it passes a matter on, ready for its own number and seal."""

from models.party import Side
from models.referral_course import CourtMode, Procedure
from papers.blocks import Cell, Paper, Paragraph, Seal, Table, Title, flush, form, head, heading, pair, wide
from papers.court_case import MODES, CourtCase
from papers.wording import day, sum_of

NAME = "调解函"
TIMES = {
    (CourtMode.ASSIGNED, None): "三十日", (CourtMode.ENTRUSTED, Procedure.ORDINARY): "十五日",
    (CourtMode.ENTRUSTED, Procedure.SUMMARY): "七日",
}  # fmt: skip


def write(case: CourtCase) -> Paper:
    referral, (first, second) = case.referral, case.titles
    kind, house = MODES[referral.mode], referral.centre
    titles = {Side.APPLICANT: first, Side.RESPONDENT: second, Side.THIRD: "第三人"}
    people = (head("诉讼地位" if case.is_suit else "地位", "姓名（名称）", "联系电话"),
              *((Cell(titles[one.side]), Cell(one.name), Cell(case.phones.get(one.id, "")))
                for one in referral.parties))  # fmt: skip
    asked = "已征得双方当事人同意" if referral.both_agreed else "请征询对方当事人意见"
    time = f"请自签收之日起{TIMES[referral.mode, referral.procedure]}内完成调解，并将调解结果书面反馈我院。"
    materials = [line.strip() for line in referral.materials.splitlines() if line.strip()]
    amount = sum_of(referral.amount_fen) if referral.amount_fen else ""
    name = f"{kind}函"
    return Paper(name, (
        Title(name, case.number), flush(f"{house.name}："),
        Paragraph(f"下列案件{asked}，现{kind.removesuffix('调解')}你中心调解。{time}"),
        form(pair("案由", referral.case_type.name, "标的额", amount),
             wide("诉求", referral.claim), wide("我院联系人", referral.contact)),
        heading("当事人"), Table(people, (20, 52, 28), heads=1),
        heading("随函材料"), *(Paragraph(f"{place}. {line}") for place, line in enumerate(materials or ["无"], 1)),
        Seal(referral.court.name, day(referral.sent_at)),
    ))  # fmt: skip
