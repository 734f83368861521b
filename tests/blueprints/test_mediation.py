"""A session through its pages: opening, record, who walks in, answers of the units."""

from datetime import date

from models.assignment import Duty, assign
from models.callout import ArrivalMethod
from models.duty_turn import turn_of
from models.invitation import Invitation, PhoneResult
from models.lifecycle import DisputeStatus
from models.natures import Nature
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.court import suit, taken
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from tests.support.session import called, opened, the_session
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


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


def test_a_clerk_writes_the_record_but_does_not_end_the_session(cast: Cast) -> None:
    path = opened(cast).path
    clerk = cast.signed_in()
    page = visit(clerk, path)
    page.form("/statements").submit(speaker="宋佳", words="由窗口记录")
    assert "/agreement/new" not in page.html
    visit(clerk, f"{path}/agreement/new", status=403)
    visit(cast.signed_in("zhangyaru"), path, status=404)
