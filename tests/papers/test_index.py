"""The papers of a file: which belong into it, what they say, and where each of their fields is entered.

All of them are read from both databases once; their words do not depend on it.
"""

from dataclasses import replace
from datetime import date

import pytest

from models.agreement import AgreementForm, TermDraft
from models.conclusion import Outcome
from models.dispute import Dispute
from models.ending import decline
from models.lifecycle import DisputeStatus
from models.mediation import MediationSession
from models.natures import Nature
from papers import index
from papers.matter import Matter
from papers.reading import matter_of
from papers.sources import SOURCES
from tests.models.test_mediation import conclude, opened, pay
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.morning import tell
from transaction import db, now


def matter(cast: Cast, dispute: Dispute) -> Matter:
    return matter_of(db.session(), dispute, cast.app.extensions["sealer"], now())


def text_of(value: object) -> str:
    """Every word of a paper, block by block."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\n".join(text_of(one) for one in value)
    return text_of(tuple(vars(value).values())) if hasattr(value, "__dict__") else ""


def first(status: DisputeStatus) -> Dispute:
    return db.session.query(Dispute).filter_by(status=status).order_by(Dispute.id).first()


def codes(cast: Cast, dispute: Dispute, need: index.Need | None = None) -> set[str]:
    return {entry.code for entry, found in index.applicable(matter(cast, dispute)) if need in (None, found)}


def test_every_paper_is_written_for_every_kind_of_dispute(cast: Cast) -> None:
    tell(cast)
    seen = set()
    for dispute in db.session.query(Dispute).order_by(Dispute.id):
        found = matter(cast, dispute)
        for entry, _need in index.applicable(found):
            paper = index.written(found, entry)
            assert paper.name
            assert paper.blocks, entry.code
            seen.add(entry.code)
    assert set(index.BY_CODE) - seen == {"refusal", "oral", "review", "payment-order", "enforcement"}  # tried apart


@only_sqlite
def test_each_field_names_the_page_on_which_it_is_entered_once(cast: Cast) -> None:
    tell(cast)
    for dispute in db.session.query(Dispute):
        for code, fields in index.fields(matter(cast, dispute)).items():
            assert {field.source for field in fields} <= SOURCES, code
            # The same thing never comes from two pages.
            sources: dict[str, set[str]] = {}
            for field in fields:
                sources.setdefault(field.label, set()).add(field.source)
            assert [label for label, pages in sources.items() if len(pages) > 1] == [], code


@only_sqlite
def test_the_agreement_says_parties_number_terms_and_day(cast: Cast) -> None:
    tell(cast)
    dispute = first(DisputeStatus.AGREED)
    words = text_of(index.written(matter(cast, dispute), index.BY_CODE["agreement"]).blocks)
    for part in (
        "人民调解协议书", "(2026)甘州人调字第0001号", "宋佳", "甘州某健身馆",
        "人民币900元\uff08大写\uff1a玖佰元整\uff09", "2026年12月1日", "注销会员卡", "逾期按日计息", "一式3份",
        "甘州区人民调解委员会",
    ):  # fmt: skip
        assert part in words, part


@only_sqlite
def test_the_record_holds_what_was_said_and_how_it_ended(cast: Cast) -> None:
    tell(cast)
    words = text_of(index.written(matter(cast, first(DisputeStatus.NOT_AGREED)), index.BY_CODE["record"]).blocks)
    for part in ("还有八个月没有用", "社区书记", "回去核实合同", "带回研究", "未达成协议", "仲裁、行政、司法"):
        assert part in words, part


@only_sqlite
def test_an_ended_dispute_has_its_notice_and_no_agreement(cast: Cast) -> None:
    tell(cast)
    found = codes(cast, first(DisputeStatus.NOT_AGREED))
    assert "termination" in found
    assert found & {"agreement", "oral", "confirmation", "receipt", "follow-up"} == set()
    assert "suit" in found


@only_sqlite
def test_a_declined_dispute_has_the_refusal_and_none_of_the_committees_papers(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        decline(change, dispute, "属于行政复议范围")
    found = codes(cast, dispute)
    assert "refusal" in found
    assert found & {"application", "acceptance", "rights", "cover", "record"} == set()
    assert "属于行政复议范围" in text_of(index.written(matter(cast, dispute), index.BY_CODE["refusal"]).blocks)


@only_sqlite
def test_what_is_missing_is_named_with_its_page(cast: Cast) -> None:
    standing = {one.entry.code: one for one in index.shelf(matter(cast, cast.registered()))}
    lacking = {(field.label, field.source) for field in standing["application"].missing}
    assert {("Facts of the dispute", "completion"), ("Claims", "completion")} <= lacking
    assert standing["rights"].missing == ()


@only_sqlite
@pytest.mark.parametrize(
    ("nature", "body", "name"),
    [(Nature.PEOPLES, "甘州区人民调解委员会", "人民调解记录"), (Nature.ADMINISTRATIVE, "市场监管局", "行政调解笔录"),
     (Nature.PETITION, "甘州区综治中心", "信访事项协调记录"), (Nature.WITNESSED, "甘州区综治中心", "和解见证记录")],
)  # fmt: skip
def test_the_nature_of_the_session_names_the_papers(cast: Cast, nature: Nature, body: str, name: str) -> None:
    dispute = cast.registered()
    with cast.acting(MEDIATOR) as change:
        MediationSession.open(change, dispute, nature, cast.body(body), cast.person(MEDIATOR), None, None, [])
    found = matter(cast, dispute)
    assert index.BY_CODE["record"].name(found) == name
    assert ("application" in codes(cast, dispute)) is (nature is Nature.PEOPLES)
    rights = text_of(index.written(found, index.BY_CODE["rights"]).blocks)
    assert ("人民调解委员会" in rights) is (nature is Nature.PEOPLES)


@only_sqlite
def test_the_contents_list_the_papers_in_the_order_of_the_file(cast: Cast) -> None:
    tell(cast)
    names = index.contents_of(replace(matter(cast, first(DisputeStatus.AGREED)), has_identity=lambda: True))
    order = ["人民调解申请书", "当事人权利义务告知书", "当事人身份证明材料", "人民调解记录", "人民调解协议书"]
    assert [name for name in names if name in order] == order


@only_sqlite
def test_what_was_agreed_by_word_of_mouth_has_the_register_of_oral_agreements(cast: Cast) -> None:
    session = opened(cast, "邻里")
    act = TermDraft(date(2026, 11, 23), act="当场清理楼道杂物")
    conclude(cast, session, Outcome.AGREED, form=AgreementForm.ORAL, performed_at_once=True, terms=[act])
    found = matter(cast, session.dispute)
    assert codes(cast, session.dispute) & {"oral", "agreement", "confirmation"} == {"oral"}
    words = text_of(index.written(found, index.BY_CODE["oral"]).blocks)
    for part in ("人民调解口头协议登记表", "当场清理楼道杂物", "已当场履行", "甘州人调字第0001号"):
        assert part in words, part


@only_sqlite
def test_both_sides_are_applicants_before_the_court(cast: Cast) -> None:
    tell(cast)
    words = text_of(index.written(matter(cast, first(DisputeStatus.AGREED)), index.BY_CODE["confirmation"]).blocks)
    assert "被申请人" not in words
    assert words.count("申请人\n") >= 2


@only_sqlite
def test_the_court_is_not_asked_to_confirm_a_status(cast: Cast) -> None:
    """民诉法解释 art. 355: marriage, parentage and adoption are decided, not confirmed."""
    for category, may in (("离婚", False), ("抚养探望", True), ("消费", True)):
        session = opened(cast, category)
        conclude(cast, session, Outcome.AGREED, terms=[pay()])
        assert ("confirmation" in codes(cast, session.dispute)) is may, category
