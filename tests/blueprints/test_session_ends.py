"""Each of the five ends of a session through its page, and what an agreement does to the dispute."""

from datetime import date

import pytest

from models.agreement import AgreementForm
from models.conclusion import Ground, Outcome
from models.lifecycle import ClosingType, DisputeStatus
from tests.support.agreement import record
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from tests.support.session import called, opened, the_session
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def test_an_agreement_keeps_what_was_typed_until_it_can_be_taken(cast: Cast) -> None:
    page = opened(cast).follow("/agreement/new")
    wrong = page.form("/agreement").submit(
        status=422,
        **{"rows-0-payer": "甘州某健身馆", "rows-0-amount_fen": "五千", "default_clause": "逾期加付百分之五"},
    )
    assert "五千" in wrong.html
    assert "逾期加付百分之五" in wrong.html
    longer = wrong.form("/agreement").submit(status=200, press="row")
    assert longer.soup.select_one("#rows-3-payer") is not None
    assert "五千" in longer.html
    record(
        longer.form("/agreement"),
        **{"rows-0-amount_fen": "2,980.05", "rows-0-due_on": "2026-11-30", "rows-1-payer": "甘州某健身馆",
           "rows-1-payee": "宋佳", "rows-1-amount_fen": "2980元", "rows-1-due_on": "2026-12-10",
           "rows-2-act": "停止收取会员费", "rows-2-due_on": "2026-11-24"}
    )  # fmt: skip
    session = the_session()
    assert [(term.payer, term.amount_fen, term.act) for term in session.agreement.terms] == [
        ("甘州某健身馆", 298005, ""), ("甘州某健身馆", 298000, ""), ("", None, "停止收取会员费"),
    ]  # fmt: skip
    assert session.dispute.status is DisputeStatus.AGREED
    assert session.agreement.default_clause == "逾期加付百分之五"
    assert [callout.is_open for callout in session.dispute.callouts] == [False, False]
    assert cast.room("调解三室").current_use(db.session()) is None


def test_an_agreement_has_an_end_of_rows(cast: Cast) -> None:
    form = opened(cast).follow("/agreement/new").form("/agreement")
    rows = {f"rows-{n}-act": "" for n in range(80)}
    answer = form.page.client.post(form.tag["action"], data={**dict(form.values()), **rows, "add": "row"})
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count('name="rows-') == 9 * 60


@pytest.mark.parametrize(
    "row",
    [{}, {"payer": "某", "amount_fen": "0", "due_on": "2026-12-01"}, {"amount_fen": "10", "due_on": "2026-12-01"},
     {"payer": "某", "amount_fen": "10"}, {"payer": "某", "amount_fen": "10", "act": "搬走", "due_on": "2026-12-01"}],
)  # fmt: skip
def test_a_term_that_says_too_little_is_refused(cast: Cast, row: dict[str, str]) -> None:
    page = opened(cast).follow("/agreement/new")
    answer = page.form("/agreement").submit(status=422, **{f"rows-0-{name}": value for name, value in row.items()})
    assert answer.soup.select(".error-summary li")
    assert the_session().ended_at is None


def test_labour_agreements_are_written(cast: Cast) -> None:
    page = opened(cast, called(cast, "拖欠工资")).follow("/agreement/new")
    assert "劳动争议调解仲裁法" in page.text
    terms = {"rows-0-act": "当场付清", "rows-0-due_on": "2026-11-23"}
    wrong = page.form("/agreement").submit(status=422, form="oral", performed_at_once="y", **terms)
    assert wrong.soup.select_one("#form-error")
    wrong.form("/agreement").submit(form="written")
    assert the_session().agreement.form is AgreementForm.WRITTEN


def test_what_is_performed_at_once_is_closed_as_such(cast: Cast) -> None:
    page = opened(cast).follow("/agreement/new")
    paid = {"rows-0-payer": "甘州某健身馆", "rows-0-amount_fen": "5960"}
    page = record(page.form("/agreement"), form="oral", performed_at_once="y", **paid)
    assert the_session().agreement.terms[0].performed_on == date(2026, 11, 23)
    closing = page.follow("/closing/new").form("/closing")
    assert dict(closing.values())["closing_type"] == ClosingType.PERFORMED
    offered = [option["value"] for option in closing.tag.select("[name=closing_type] option")]
    assert offered == [ClosingType.SETTLED_ORAL, ClosingType.PERFORMED]
    closing.submit(422, closing_type=ClosingType.SETTLED_WRITTEN)
    closing.submit()
    assert the_session().dispute.status is DisputeStatus.CLOSED
    assert "再结案" in page.text
    assert "再结案" not in visit(page.client, page.path).text


def test_closing_proposes_a_next_date_that_is_still_to_come(cast: Cast, clock: Clock) -> None:
    page = opened(cast).follow("/agreement/new")
    page = record(page.form("/agreement"), **{"rows-0-act": "搬走设备", "rows-0-due_on": "2026-11-24"})
    assert dict(page.follow("/closing/new").form("/closing").values())["next_on"] == "2026-11-24"
    clock.advance(days=3)
    late = visit(cast.signed_in(), f"/disputes/{the_session().dispute.reference}/closing/new").form("/closing")
    assert dict(late.values())["next_on"] > "2026-11-26"


def test_performing_a_term_late_does_not_lie_about_the_day(cast: Cast) -> None:
    page = opened(cast).follow("/agreement/new")
    terms = {"rows-0-act": "搬走设备", "rows-0-due_on": "2026-11-30"}
    page = record(page.form("/agreement"), **terms).follow("/performance/new")
    assert "登记履行" in page.text
    assert (
        page.form("/performance").submit(status=422, performed_on="2026-12-24").soup.select_one("#performed_on-error")
    )
    page.form("/performance").submit(performed_on="2026-11-22")
    assert the_session().agreement.terms[0].performed_on == date(2026, 11, 22)


def test_a_session_hands_over_with_unit_person_and_day(cast: Cast) -> None:
    page = opened(cast).follow("/hand-over/new")
    form = page.form("/hand-over")
    wrong = form.submit(status=422, hand_over_person="")
    assert wrong.soup.select_one("#hand_over_unit-error")
    after = wrong.form("/hand-over").submit(hand_over_unit=cast.unit("综合执法局").id, hand_over_person="某队长")
    assert "某队长" in after.text
    session = the_session()
    assert (session.outcome, session.dispute.status) == (Outcome.HANDED_OVER, DisputeStatus.HANDED_OVER)
    assert session.hand_over.reply_by == date(2026, 11, 30)
    assert "候调" not in visit(page.client, f"/disputes/{session.dispute.reference}").text, "nobody waits for a room"


def test_no_agreement_tells_the_other_ways(cast: Cast) -> None:
    page = opened(cast).follow("/no-agreement/new")
    wrong = page.form("/no-agreement").submit(status=422, ground="other", reason="")
    assert wrong.soup.select_one("#routes_told-error")
    assert wrong.soup.select_one("#reason-error"), "what is missing is said at once"
    wrong = page.form("/no-agreement").submit(status=422, ground="gap", reason="单位只愿支付30000元")
    assert wrong.soup.select_one("#routes_told-error")
    page = wrong.form("/no-agreement").submit(routes_told="y")
    assert "终止调解通知书" in page.follow("/papers/termination").text
    assert (the_session().ground, the_session().dispute.status) == (Ground.GAP, DisputeStatus.NOT_AGREED)


def test_a_suspended_mediation_goes_on_in_a_new_session(cast: Cast) -> None:
    page = opened(cast).follow("/suspension/new")
    assert page.form("/suspension").submit(status=422, reason="").soup.select_one("#reason-error")
    page.form("/suspension").submit(reason="委托鉴定", for_appraisal="y")
    dispute = the_session().dispute
    assert dispute.status is DisputeStatus.SUSPENDED
    assert "停止计算" in visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}").text
    again = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new")
    assert dict(again.form("/sessions").values())["body_id"] == str(the_session().body_id)
    opened(cast, dispute)
    assert the_session().dispute.status is DisputeStatus.IN_MEDIATION
    assert len(dispute.sessions) == 2


def test_withdrawn_in_the_room(cast: Cast) -> None:
    opened(cast).follow("/withdrawal/new").form("/withdrawal").submit(reason="双方自行和解")
    assert the_session().dispute.status is DisputeStatus.WITHDRAWN


def test_a_session_ends_once(cast: Cast) -> None:
    page = opened(cast).follow("/suspension/new")
    other = page.follow("/sessions/").follow("/withdrawal/new").form("/withdrawal")
    page.form("/suspension").submit(reason="委托鉴定")
    other.submit(status=409, reason="双方自行和解")
    assert the_session().outcome is Outcome.SUSPENDED
