"""委派（委托）调解函回执: whether the house takes the matter, within three working days (在线调解规则 art. 12)."""

from models.referral_course import ReferralStatus
from papers.blocks import Block, Paper, Paragraph, Seal, Title, flush, form, pair, paragraphs, wide
from papers.court_case import MODES, CourtCase, sides
from papers.wording import day

NAME = "调解函回执"


def answered(case: CourtCase) -> bool:
    return case.referral.status not in (ReferralStatus.SENT, ReferralStatus.RECEIVED)


def write(case: CourtCase) -> Paper:
    referral, (asks, answers), (first, second) = case.referral, sides(case.referral), case.titles
    declined = referral.status is ReferralStatus.DECLINED
    kind, house = MODES[referral.mode], referral.centre
    said: tuple[Paragraph, ...] = (
        (Paragraph("经审查，该案不适宜由本中心调解，现将案件及材料退回。理由如下："), *paragraphs(referral.reason))
        if declined
        else (Paragraph(f"经审查，该案事实清楚、争议不大、权利义务关系明确，本中心予以接受，并依法开展{kind}。"),)
    )
    blocks: tuple[Block, ...] = (
        Title(f"{kind}函回执", case.number), flush(f"{referral.court.name}："),
        Paragraph(f"贵院移送的下列案件，本中心已于{day(referral.signed_on)}签收。"),
        form(pair(first, asks, second, answers), pair("案由", referral.case_type.name, "方式", kind),
             pair("答复期限", day(referral.answer_due_on), "答复结果", "退回" if declined else "接受"),
             wide("调解员", case.mediator), wide("中心编号", referral.dispute.number if referral.dispute else "")),
        *said,
        Paragraph(f"联系电话：{house.telephone}") if house.telephone else flush(""),
        Seal(house.name, day(case.answered_on)),
    )  # fmt: skip
    return Paper(f"{kind}函回执", blocks)
