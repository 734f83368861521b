"""The papers between house and court: each is read back from page, DOCX and PDF, and says nothing it must not."""

import re

from models.conclusion import Ground, Outcome
from models.contact_attempt import AttemptResult, note_attempt
from models.court_letter import SentParty
from models.filing_handover import handover_of, prepare_handover
from models.mediation import MediationSession
from models.natures import Nature
from models.party import Side
from models.referral import CourtReferral
from models.referral_answer import decline
from models.referral_course import EndGround, SuccessWay
from models.referral_end import Report, fail, state_facts, succeed, take_to_court
from papers import index
from papers.blocks import Paper, plain
from papers.court_case import CourtCase
from papers.court_index import BY_CODE, COURT_PAPERS
from papers.court_list import hand_over_list, returned_list
from papers.court_pack import pack
from papers.court_reading import case_of
from papers.docx import docx
from papers.page import ROOT, html
from papers.pdf import pdf
from tests.models.test_court_way_out import agreed
from tests.models.test_mediation import conclude
from tests.papers.test_faces import WILD, flat, words_of_docx, words_of_page, words_of_pdf
from tests.papers.test_index import matter, text_of
from tests.support.cast import MEDIATOR, Cast
from tests.support.court import TODAY, in_mediation, letter, mediator, received, suit
from tests.support.databases import only_sqlite
from transaction import db

pytestmark = only_sqlite
LONG_NAME = (WILD + "名" * 200)[:200]
CONCESSION = "愿意让步只收两万元"


def wild() -> dict[str, object]:
    parties = [SentParty(Side.APPLICANT, LONG_NAME, "19000000061", address=f"{WILD}甘泉社区"),
               SentParty(Side.RESPONDENT, f"{WILD}公司", "19000000062"), SentParty(Side.THIRD, "第三人甲")]  # fmt: skip
    return {"parties": parties, "claim": f"支付货款 {WILD}", "materials": f"起诉状{WILD}\n送货单"}


def session_of(cast: Cast, referral: CourtReferral) -> MediationSession:
    with cast.acting(MEDIATOR) as change:
        return MediationSession.open(change, referral.dispute, Nature.COURT_ENTRUSTED,
                                     cast.body("甘州区人民调解委员会"), mediator(cast), None, None, [])  # fmt: skip


def failed(cast: Cast, **facts: object) -> CourtReferral:
    referral = in_mediation(cast, **facts)
    with cast.acting() as change:
        state_facts(change, referral, referral.version, f"双方确认欠款三万元{WILD}", TODAY)
        note_attempt(change, referral, referral.parties[1], AttemptResult.NO_ANSWER)
    session = session_of(cast, referral)
    with cast.acting(MEDIATOR) as change:
        session.state(change, "祁万福", CONCESSION)
    conclude(cast, session, Outcome.NOT_AGREED, ground=Ground.GAP, reason=CONCESSION, routes_told=True)
    with cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.GAP, f"差距大{WILD}", f"两次无故不到{WILD}"))
        prepare_handover(change, referral)
    return referral


def read(cast: Cast, referral: CourtReferral) -> CourtCase:
    return case_of(db.session(), referral, cast.app.extensions["sealer"])


def packed(cast: Cast, referral: CourtReferral) -> Paper:
    return pack(read(cast, referral), matter(cast, referral.dispute))


def test_every_paper_of_a_failed_matter_is_read_back_with_wild_words(cast: Cast) -> None:
    referral = failed(cast, **wild())
    case, wanted = read(cast, referral), flat(plain(LONG_NAME))
    written = {one.code: one.write(case) for one in COURT_PAPERS if one.may(case)}
    assert set(written) == set(BY_CODE)
    written |= {"pack": packed(cast, referral), "in": hand_over_list([referral], TODAY),
                "out": returned_list([handover_of(db.session(), referral)], TODAY)}  # fmt: skip
    for code, paper in written.items():
        if code != "court-materials":  # things, not people
            assert wanted in words_of_page(paper), code
            assert wanted in words_of_docx(docx(paper)), code
    style = (ROOT / "static/css/82-papers.css").read_text(encoding="utf-8")
    used = {name for paper in written.values() for name in re.findall(r'class="((?:wide|tall)-\d+)"', html(paper))}
    assert {name for name in used if f".{name} " not in style} == set()
    for part in ("调解情况报告", "优先立案", "无争议事实记载表", "送达地址确认书", "调解材料退回清单", "送货单",
                 "无人接听",
                 "甘泉社区", "两次无故不到"):  # fmt: skip
        assert part in words_of_page(written["pack"]), part
    drawn = words_of_pdf(pdf(written["pack"]))
    assert "<w:p/>&amp;{{7*7}}" in drawn
    assert "双方确认欠款三万元" in drawn
    codes = [entry.code for entry, _need in index.applicable(matter(cast, referral.dispute))]
    assert set(BY_CODE) - {"court-letter"} <= set(codes)
    assert "19000000061" in words_of_page(written["court-letter"])
    assert {"调解情况报告", "无争议事实记载表"} <= set(index.contents_of(matter(cast, referral.dispute)))


def test_what_was_said_to_come_to_terms_never_leaves_the_house(cast: Cast) -> None:
    """特邀调解规定 art. 22: concessions stand in the house's own record alone."""
    referral = failed(cast)
    assert CONCESSION in text_of(index.written(matter(cast, referral.dispute), index.BY_CODE["record"]).blocks)
    case = read(cast, referral)
    for paper in (packed(cast, referral), *(one.write(case) for one in COURT_PAPERS if one.may(case))):
        assert CONCESSION not in text_of(paper.blocks), paper.name


def test_a_suit_goes_back_to_trial_with_the_fee_and_without_priority(cast: Cast) -> None:
    said = text_of(packed(cast, failed(cast, **suit())).blocks)
    for part in ("转入审理", "案件受理费", "原告", "被告"):
        assert part in said, part
    for part in ("优先立案", "司法确认", "民事起诉状（要素式）"):
        assert part not in said, part


def test_the_parties_own_matter_brings_its_complaint(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        dispute.accept(change)
        referral = take_to_court(change, dispute, cast.unit("区人民法院"), letter(cast).case_type)
        fail(change, referral, referral.version, Report(EndGround.WITHDRAWN, "不愿继续"))
        prepare_handover(change, referral)
    nodes = text_of(BY_CODE["court-nodes"].write(read(cast, referral)).blocks)
    assert "当事人申请" in nodes
    assert "签收" not in nodes.replace("签收日期", "")
    said = text_of(packed(cast, referral).blocks)
    for part in ("优先立案", "民事起诉状（要素式）", "具状人", "2026年11月23日终止"):
        assert part in said, part


def test_an_agreement_goes_to_the_court_with_what_confirmation_asks(cast: Cast) -> None:
    referral = agreed(cast)
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
    said = text_of(packed(cast, referral).blocks)
    for part in (
        "司法确认申请书",
        "调解组织主持调解的证明",
        "调解协议书",
        "送达地址确认书",
        "甘州人调字第0001号",
        "恶意串通",
    ):
        assert part in said, part
    other = agreed(cast, **suit())
    with cast.acting() as change:
        succeed(change, other, other.version, SuccessWay.COURT_PAPER)
    said = text_of(packed(cast, other).blocks)
    assert "制作调解书" in said
    assert "司法确认" not in said


def test_the_answer_to_the_letter_says_why_a_matter_is_not_taken(cast: Cast) -> None:
    referral = received(cast)
    with cast.acting() as change:
        decline(change, referral, referral.version, "需要确认身份关系")
    case = read(cast, referral)
    assert [one.code for one in COURT_PAPERS if one.may(case)] == ["court-letter", "court-reply", "court-nodes"]
    said = text_of(BY_CODE["court-reply"].write(case).blocks)
    for part in ("委派调解函回执", "退回", "需要确认身份关系", "区人民法院", "2026年11月26日"):
        assert part in said, part


def test_the_notice_tells_the_time_of_each_mode_and_the_form_of_facts_can_be_filled_in(cast: Cast) -> None:
    first, second = in_mediation(cast), in_mediation(cast, **suit())
    told = [text_of(BY_CODE["court-notice"].write(read(cast, one)).blocks) for one in (first, second)]
    assert "三十日，自中心签收" in told[0]
    assert "十五日，自中心签收" in told[1]
    assert ("司法确认" in told[0], "司法确认" in told[1]) == (True, False)
    blank = BY_CODE["court-facts"].write(read(cast, first))
    assert sum(block.kind == "table" for block in blank.blocks) == 1
