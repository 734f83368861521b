"""The page of a dispute and the decisions about it outside a session."""

from datetime import date, timedelta

import pytest

from models.dispute import Dispute
from models.dispute_unit import Part, give_part, units_with
from models.lifecycle import ClosingType, DisputeStatus
from models.person import Person, Role
from tests.support.cast import LEADER, MEDIATOR, SECURITY, Cast, csrf
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from tests.support.unrecorded import by_hand
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def page_of(cast: Cast, dispute: Dispute, username: str | None = None) -> Page:
    return visit(cast.signed_in(*([username] if username else [])), f"/disputes/{dispute.reference}")


def fresh(dispute: Dispute) -> Dispute:
    db.session.expire_all()
    return dispute


def test_the_page_tells_how_a_dispute_stands(cast: Cast) -> None:
    whistle = cast.whistled("市场监管局")
    page = page_of(cast, whistle.dispute)
    assert whistle.dispute.number in page.text
    for words in (
        "已受理",
        "消费",
        "退还预付卡余额",
        "宋佳",
        "甘州某健身馆",
        "市场监管局",
        "调解三室",
        "甘州区综治中心",
    ):
        assert words in page.text
    # Newest first: what happened is told as sentences.
    moments = [one.get_text(" ", strip=True) for one in page.soup.select("#course .moment")]
    assert "许文静" in moments[0]
    assert "登记" in moments[-1]
    assert len(moments) >= 5


def test_the_course_of_a_matter_names_days_as_people_say_them(cast: Cast) -> None:
    dispute = cast.whistled().dispute
    text = visit(cast.signed_in(), f"/disputes/{dispute.reference}").text
    assert "“人民调解”，届满日 12月23日" in text
    assert "2026-12-23" not in text


def test_against_an_organ_the_page_points_to_reconsideration_and_the_court(cast: Cast) -> None:
    assert "行政复议" in page_of(cast, cast.registered("人社局")).soup.select_one("#next-step").text
    assert "行政复议" not in page_of(cast, cast.registered()).soup.select_one("#next-step").text


def test_the_telephone_is_masked(cast: Cast) -> None:
    page = page_of(cast, cast.registered())
    assert "190****0032" in page.text
    assert "19000000032" not in page.html


@pytest.mark.parametrize(("username", "status"), [(MEDIATOR, 200), ("zhangyaru", 404), ("wanghaiyan", 403)])
def test_a_dispute_is_read_in_scope_only(cast: Cast, username: str, status: int) -> None:
    """The house's own people; a township's clerk finds nothing, an officer has no such page at all."""
    whistle = cast.whistled("市场监管局")
    visit(cast.signed_in(username), f"/disputes/{whistle.dispute.reference}", status=status)


def test_a_registered_dispute_is_declined_with_its_reason(cast: Cast) -> None:
    dispute = cast.registered()
    clerk = cast.signed_in()
    page = visit(clerk, f"/disputes/{dispute.reference}").follow("/refusal/new")
    assert "请填写理由" in page.form("/refusal").submit(status=422, reason="").text
    after = page.form("/refusal").submit(reason="不属于本中心职责,请到区信访局")
    assert "不予受理" in after.text
    assert "请到区信访局" in after.text
    assert (fresh(dispute).status, dispute.on_board_since) == (DisputeStatus.DECLINED, None)


def test_a_step_that_is_not_possible_is_refused_politely(cast: Cast) -> None:
    dispute = cast.whistled("市场监管局").dispute
    clerk = cast.signed_in()
    for path in ("refusal/new", "return/new", "closing/new"):
        page = visit(clerk, f"/disputes/{dispute.reference}/{path}", status=409)
        assert "当前状态" in page.text


def test_who_may_not_decide_does_not_see_how(cast: Cast) -> None:
    dispute = cast.registered()
    page = page_of(cast, dispute, MEDIATOR)
    links = [link["href"] for link in page.soup.select("#next-step a")]
    ways = ["whistles/new", "sessions/new", "preparation", "inquiries/new"]
    assert [link.split("/", 3)[3] for link in links] == ways
    visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/refusal/new", status=403)


def test_accepting_twice_changes_nothing(cast: Cast) -> None:
    dispute = cast.registered()
    page = page_of(cast, dispute)
    page.form("/acceptance").submit()
    page.form("/acceptance").submit()
    assert fresh(dispute).status is DisputeStatus.ACCEPTED


def test_a_withdrawal_sends_everybody_home(cast: Cast) -> None:
    whistle = cast.whistled("市场监管局", "总工会")
    page = page_of(cast, whistle.dispute).follow("/withdrawal/new")
    page.form("/withdrawal").submit(reason="双方自行和解")
    assert fresh(whistle.dispute).status is DisputeStatus.WITHDRAWN
    assert [callout.is_open for callout in whistle.callouts] == [False, False]
    assert cast.room("调解三室").current_use(db.session()) is None


def test_sending_a_decision_twice_decides_once(cast: Cast) -> None:
    form = page_of(cast, cast.registered()).follow("/refusal/new").form("/refusal")
    first, second = form.submit(reason="不属于受理范围"), form.submit(reason="不属于受理范围")
    assert first.path == second.path
    assert len(second.soup.select("#remarks li")) == 1


def test_handing_over_names_unit_person_and_day(cast: Cast) -> None:
    dispute = cast.whistled("市场监管局").dispute
    page = page_of(cast, dispute).follow("/hand-overs/new")
    form = page.form("/hand-overs")
    assert dict(form.values())["reply_by"] == "2026-11-30"
    wrong = form.submit(status=422, hand_over_unit=cast.unit("综合执法局").id, reply_by="2026-11-20",
                        hand_over_person="某队长")  # fmt: skip
    assert "不能早于今天" in wrong.text
    after = wrong.form("/hand-overs").submit(reply_by="2026-11-27")
    assert "转办中" in after.text
    assert "某队长" in after.text
    assert [unit.name for unit in units_with(fresh(dispute), Part.LEAD)] == ["综合执法局"]
    assert dispute.next_on == date(2026, 11, 27)


def test_a_reply_is_recorded_and_then_the_dispute_is_closed(cast: Cast) -> None:
    dispute = handed_over(cast)
    page = page_of(cast, dispute).follow("/reply/new")
    page = page.form("/reply").submit(reply="已上门检查并责令安装油烟净化设施")
    assert "已上门检查" in page.text
    closing = page.follow("/closing/new")
    form = closing.form("/closing")
    assert dict(form.values())["closing_type"] == ClosingType.TO_ADMINISTRATION
    form.submit()
    assert (fresh(dispute).status, dispute.closing_type) == (DisputeStatus.CLOSED, ClosingType.TO_ADMINISTRATION)


def test_taking_back_gives_the_lead_to_the_centre_again(cast: Cast) -> None:
    dispute = handed_over(cast)
    page_of(cast, dispute).follow("/return/new").form("/return").submit(reason="单位提出不属其职责")
    assert fresh(dispute).status is DisputeStatus.ACCEPTED
    assert units_with(dispute, Part.LEAD) == []


def test_only_a_leader_or_manager_reopens(cast: Cast) -> None:
    dispute = handed_over(cast)
    page_of(cast, dispute).follow("/closing/new").form("/closing").submit()
    assert "/reopening/new" not in page_of(cast, dispute).html
    page = page_of(cast, dispute, LEADER).follow("/reopening/new")
    page.form("/reopening").submit(reason="对方反悔")
    assert fresh(dispute).status is DisputeStatus.ACCEPTED
    assert dispute.closing_type is None


def test_closing_asks_for_notice_and_next_date(cast: Cast) -> None:
    dispute = handed_over(cast)
    form = page_of(cast, dispute).follow("/closing/new").form("/closing")
    empty = form.submit(status=422, notice_given_on="", next_on="")
    assert len(empty.soup.select(".field__error")) == 2
    tomorrow = date(2026, 11, 23) + timedelta(days=1)
    assert "告知" in form.submit(status=422, notice_given_on=tomorrow).text
    assert fresh(dispute).status is DisputeStatus.HANDED_OVER


def handed_over(cast: Cast) -> Dispute:
    dispute = cast.whistled("市场监管局").dispute
    form = page_of(cast, dispute).follow("/hand-overs/new").form("/hand-overs")
    form.submit(hand_over_unit=cast.unit("综合执法局").id, hand_over_person="某队长")
    return fresh(dispute)


def test_a_house_that_is_called_does_not_read_the_file_and_one_that_leads_does(cast: Cast) -> None:
    """Whoever is called knows the question; the names in the file are those of the house that holds it."""
    dispute = cast.whistled("甘浚镇").dispute
    with cast.acting(SECURITY) as change:
        clerk = Person.create(change, "ganjunclerk", "甘浚窗口", "no password")
        clerk.must_change_password = False
        clerk.grant(change, Role.CLERK, cast.unit("甘浚镇"))
    client = cast.signed_in("ganjunclerk")
    search = {"csrf_token": csrf(client, "/disputes"), "q": "宋佳"}
    assert client.get(f"/disputes/{dispute.reference}").status_code == 404
    assert dispute.number not in client.get("/disputes").text
    assert dispute.number not in client.post("/disputes/search", data=search).text
    with by_hand(), cast.acting() as change:
        dispute.lock(change)
        give_part(change, dispute, cast.unit("甘浚镇").id, Part.LEAD)
    assert client.get(f"/disputes/{dispute.reference}").status_code == 200
    assert dispute.number in client.get("/disputes").text
    assert dispute.number in client.post("/disputes/search", data=search).text
