"""A session through its pages: opening, record, answers of the units, and each of the five ends."""

from datetime import date

import pytest

from models.agreement import AgreementForm
from models.assignment import Duty, assign
from models.callout import ArrivalMethod
from models.conclusion import Ground, Outcome
from models.dispute import Dispute
from models.duty_turn import turn_of
from models.invitation import Invitation, PhoneResult
from models.lifecycle import ClosingType, DisputeStatus
from models.mediation import MediationSession
from models.natures import Nature
from tests.support.agreement import record
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.court import suit, taken
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def called(cast: Cast, category: str = "消费") -> Dispute:
    """A dispute whose unit has come."""
    whistle = cast.whistled("市场监管局", "总工会", dispute=cast.registered(category=category))
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK)
    return whistle.dispute


def opened(cast: Cast, dispute: Dispute | None = None, **typed: object) -> Page:
    """The page of a session the mediator has just opened."""
    dispute = dispute or called(cast)
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new")
    return page.form("/sessions").submit(**typed)


def the_session() -> MediationSession:
    db.session.expire_all()
    return db.session.query(MediationSession).order_by(MediationSession.id.desc()).first()


def test_a_session_opens_with_what_is_usual_for_its_kind(cast: Cast) -> None:
    """The committee of the trade presides, the taken room stays, the applicant and the arrived unit are ticked."""
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{called(cast).reference}/sessions/new")
    sent = page.form("/sessions").values()
    chosen = dict(sent)
    assert chosen["nature"] == Nature.INDUSTRY
    assert chosen["body_id"] == str(cast.body("甘州区消费纠纷人民调解委员会").id)
    assert chosen["room_id"] == str(cast.room("调解三室").id)
    assert chosen["mediator_id"] == str(cast.person(MEDIATOR).id)
    assert len([name for name, _value in sent if name == "present"]) == 3
    after = page.form("/sessions").submit(others="村委会主任、邻居甲")
    assert the_session().dispute.status is DisputeStatus.IN_MEDIATION
    assert {"宋佳", "村委会主任", "邻居甲"} <= {one.name for one in the_session().participants}
    assert "调解三室" in after.text


def test_a_sub_kind_without_a_committee_of_its_own_goes_to_that_of_its_main_kind(cast: Cast) -> None:
    dispute = cast.registered(category="医疗费用")
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new")
    chosen = dict(page.form("/sessions").values())
    assert chosen["body_id"] == str(cast.body("甘州区医疗纠纷人民调解委员会").id)


def test_a_matter_of_the_court_opens_as_one_and_no_other_matter_does(cast: Cast) -> None:
    client = cast.signed_in(MEDIATOR)
    of_court = visit(client, f"/disputes/{taken(cast, **suit()).dispute.reference}/sessions/new")
    chosen = dict(of_court.form("/sessions").values())
    assert chosen["nature"] == Nature.COURT_ENTRUSTED
    assert "法院已经立案" in of_court.text
    assert not of_court.soup.select("#nature option[value=peoples]")
    of_people = visit(client, f"/disputes/{cast.registered().reference}/sessions/new")
    assert not of_people.soup.select("#nature option[value=court_entrusted]")


def test_a_body_must_fit_the_nature(cast: Cast) -> None:
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{called(cast).reference}/sessions/new")
    wrong = page.form("/sessions").submit(status=422, nature="administrative", others="保留的文字")
    assert wrong.soup.select_one("#body_id-error")
    assert wrong.soup.select_one("#others")["value"] == "保留的文字"


def test_who_has_clearly_refused_is_not_mediated_by_a_committee(cast: Cast) -> None:
    dispute = called(cast)
    with cast.acting() as change:
        Invitation.make(change, dispute, dispute.parties[1]).note(change, PhoneResult.REFUSED)
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new")
    options = [option["value"] for option in page.soup.select("#nature option")]
    assert Nature.PEOPLES not in options
    assert Nature.INDUSTRY not in options
    assert "第十七条" in page.text or "art. 17" in page.text


def test_the_record_grows_line_by_line_and_keeps_its_order(cast: Cast) -> None:
    page = opened(cast)
    page = page.form("/statements").submit(speaker="宋佳", words="卡内余额 5960 元,请求退还。")
    page = page.form("/statements").submit(speaker="", speaker_name="健身馆经理", words="同意退,分两次。")
    said = [(line.speaker, line.text) for line in the_session().statements]
    assert said == [("宋佳", "卡内余额 5960 元,请求退还。"), ("健身馆经理", "同意退,分两次。")]
    assert page.text.index("5960") < page.text.index("分两次")
    assert page.form("/statements").submit(status=422, words="").soup.select_one("#words-error")


def test_an_officer_who_walks_into_the_room_is_recorded_there(cast: Cast, clock: Clock) -> None:
    """Without a phone, and nobody has to leave the record: he has reported in and sits there, also by a double tap."""
    dispute = called(cast)
    with cast.acting() as change:
        assign(change, dispute, cast.person("fengxiufang"), Duty.RECORDER)
    address = opened(cast, dispute).path
    clock.advance(minutes=4)
    page = visit(cast.signed_in("fengxiufang"), address)
    form = page.form("/arrival")
    expected = dict(form.values())["name"]
    assert expected == turn_of(db.session(), dispute.callouts[1].unit, clock.now.date()).name
    for _ in range(2):
        page = form.submit(name="马某", post="干事")
    came = the_session().dispute.callouts[1]
    assert (came.arrival_method, came.minutes_taken, came.officer_name) == (ArrivalMethod.RECORDER, 4, "马某")
    assert [one.name for one in the_session().participants if one.callout_id == came.id] == ["马某"]
    assert page.path == address
    assert not page.soup.select("form[action$='/arrival']")


def test_nobody_is_recorded_in_a_room_to_which_he_was_not_called(cast: Cast) -> None:
    other, page = cast.whistled("人社局", room=None).callouts[0], opened(cast)
    tag = page.form("/arrival").tag
    tag["action"] = tag["action"].replace(
        f"/callouts/{the_session().dispute.callouts[1].id}/", f"/callouts/{other.id}/"
    )
    page.form("/arrival").submit(404)
    db.session.expire_all()
    assert other.arrived_at is None


def test_a_unit_stood_down_meanwhile_neither_reports_in_nor_sits_there(cast: Cast) -> None:
    page = opened(cast)
    form = page.form("/arrival")
    with cast.acting() as change:
        the_session().dispute.callouts[1].stand_down(change, "不用来了")
    form.submit(name="马某", post="干事")
    gone = the_session().dispute.callouts[1]
    assert gone.arrived_at is None
    assert [one for one in the_session().participants if one.callout_id == gone.id] == []


def test_with_htmx_a_statement_adds_one_line_and_readies_the_form(cast: Cast) -> None:
    page = opened(cast)
    form = page.form("/statements")
    data = {**dict(form.values()), "speaker": "宋佳", "words": "第一句"}
    answer = page.client.post(form.tag["action"], data=data, headers={"HX-Request": "true"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert html.count("第一句") == 1
    assert 'hx-swap-oob="beforeend:#statements"' in html
    assert data["submission"] not in html
    again = page.client.post(form.tag["action"], data=data, headers={"HX-Request": "true"})
    assert "HX-Redirect" in again.headers
    assert len(the_session().statements) == 1


def test_a_units_answer_needs_a_date_when_taken_back(cast: Cast) -> None:
    page = opened(cast)
    prefix = f"callout-{the_session().dispute.callouts[0].id}-"
    form = page.form("/answer")
    wrong = form.submit(status=422, **{prefix + "result": "taken_back", prefix + "answer": "需核实备案"})
    assert "需核实备案" in wrong.html
    wrong.form("/answer").submit(**{prefix + "answer_due_on": "2026-11-27"})
    callout = the_session().dispute.callouts[0]
    assert (callout.result, callout.answer, callout.answer_due_on) == ("taken_back", "需核实备案", date(2026, 11, 27))


def test_two_who_note_an_answer_see_both_texts(cast: Cast) -> None:
    page = opened(cast)
    prefix = f"callout-{the_session().dispute.callouts[0].id}-"
    mine = page.form("/answer")
    page.form("/answer").submit(**{prefix + "result": "answered", prefix + "answer": "已责令退款"})
    stale = mine.submit(status=409, **{prefix + "result": "answered", prefix + "answer": "只能建议"})
    assert "已责令退款" in stale.text
    assert "只能建议" in stale.html
    stale.form("/answer").submit()
    assert the_session().dispute.callouts[0].answer == "只能建议"


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


def test_a_clerk_writes_the_record_but_does_not_end_the_session(cast: Cast) -> None:
    path = opened(cast).path
    clerk = cast.signed_in()
    page = visit(clerk, path)
    page.form("/statements").submit(speaker="宋佳", words="由窗口记录")
    assert "/agreement/new" not in page.html
    visit(clerk, f"{path}/agreement/new", status=403)
    visit(cast.signed_in("zhangyaru"), path, status=404)
