"""What waits in matters of the court, for whom; and where else such a matter is met: search, file, hall."""

import pytest

from blueprints.board.house import figures_of
from models.case_type import CaseType
from models.filing_handover import prepare_handover
from models.prepared import Reading
from models.referral_course import EndGround, SuccessWay
from models.referral_end import Report, fail, succeed
from tests.blueprints.test_work import work_of
from tests.models.test_court_way_out import agreed, failed
from tests.models.test_dismissal import dismissed
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.court import COURT_DESK, NUMBER, in_mediation, received, sent, suit, taken
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db, now

OTHER = "fengxiufang"


def test_the_window_sees_each_step_and_it_goes_when_it_is_done(cast: Cast, clock: Clock) -> None:
    sent(cast)
    received(cast, number=NUMBER)
    taken(cast, number="(2026)甘0702诉前调2号")
    taken(cast, number="(2026)甘0702诉前调3号", both_agreed=True)
    waiting = work_of(cast, CLERK)
    assert "11月23日移送 买卖合同" in waiting["待签收的法院案件"][0]
    assert NUMBER in waiting["待答复的法院案件"][0]
    assert "11月26日" in waiting["待答复的法院案件"][0]
    assert "诉前调2号" in waiting["待征询对方当事人意见"][0]
    assert "诉前调3号" in waiting["待确定调解员的法院案件"][0]
    assert not any("法院" in heading for heading in work_of(cast, OTHER))
    clock.advance(days=9)
    assert "诉前调2号" in work_of(cast, CLERK)["待向法院报告"][0]
    assert NUMBER in work_of(cast, COURT_DESK)["中心逾期未答复"][0]
    tabs = visit(cast.signed_in(CLERK), "/referrals").soup.select_one("nav.cluster").get_text(" ", strip=True)
    for words in ("待签收 1", "已逾期 2", "本周 ", "全部在办"):
        assert words in tabs, tabs


@only_sqlite
def test_pack_and_confirmation_wait_for_those_who_have_them_in_hand(cast: Cast) -> None:
    refused = dismissed(cast)
    with cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, "pack_by_two", True)
    back, asked = failed(cast), agreed(cast, number=NUMBER)
    with cast.acting() as change:
        succeed(change, asked, asked.version, SuccessWay.CONFIRM)
    mine = work_of(cast, MEDIATOR)
    assert len(mine["待整理移交材料"]) == len(mine["法院未确认的协议"]) == 1
    assert NUMBER in work_of(cast, LEADER)["待放行的移交材料"][0]
    leader, court = cast.signed_in(LEADER), cast.signed_in(COURT_DESK)
    assert [NUMBER in visit(leader, f"/referrals?tab={tab}").text for tab in ("report", "open")] == [True, True]
    assert NUMBER not in visit(court, "/referrals?tab=back").text
    visit(leader, f"/referrals/{asked.id}").form("/release").submit()
    assert [NUMBER in visit(leader, f"/referrals?tab={tab}").text for tab in ("report", "open")] == [False, False]
    assert NUMBER in visit(court, "/referrals?tab=back").text
    assert len(work_of(cast, MEDIATOR)["待申请司法确认"]) == 1
    assert not {"待整理移交材料", "待申请司法确认"} & work_of(cast, OTHER).keys()
    with cast.acting(MEDIATOR) as change:
        prepare_handover(change, back)
    assert "待放行的移交材料" not in work_of(cast, MEDIATOR)
    assert "待放行的移交材料" in work_of(cast, LEADER)
    visit(cast.signed_in(LEADER), f"/referrals/{back.id}").form("/release").submit()
    assert "待法院办理的移交材料" in work_of(cast, COURT_DESK)
    assert refused.dispute is not None


@only_sqlite
def test_the_session_of_a_courts_matter_is_held_for_the_court(cast: Cast) -> None:
    mediator, passed_on, brought = cast.signed_in(MEDIATOR), in_mediation(cast).dispute, cast.registered()
    with cast.acting() as change:
        brought.accept(change)
    for dispute, nature, comes in ((passed_on, "court_entrusted", False), (brought, "industry", True)):
        form = visit(mediator, f"/disputes/{dispute.reference}/sessions/new").form("/sessions")
        assert dict(form.values())["nature"] == nature
        page = form.submit()
        # With what the court passes on nobody came: it is not settled at a first visit.
        assert ("on_site" in dict(page.follow("/agreement/new").form("/agreement").values())) is comes


@only_sqlite
def test_what_the_parties_brought_goes_to_the_court_as_what_it_is(cast: Cast) -> None:
    clerk, dispute = cast.signed_in(CLERK), cast.registered(category="民间借贷")
    with cast.acting() as change:
        dispute.accept(change)
    form = visit(clerk, f"/disputes/{dispute.reference}/referral/new").form("/referral")
    kind = db.session.query(CaseType).filter_by(name="民间借贷").one()
    assert dict(form.values())["case_type"] == str(kind.id)
    page = form.submit()
    with cast.acting() as change:
        fail(change, dispute.referrals[0], 1, Report(EndGround.GAP, "差距大"))
    report = visit(clerk, f"{page.path}/papers/court-report").text
    assert "申请日期" in report
    assert "签收日期" not in report


@only_sqlite
def test_suspicion_of_sham_mediation_stands_with_leader_and_court(cast: Cast) -> None:
    referral = in_mediation(cast, number=NUMBER)
    with cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.SHAM, "无凭证"))
    for username in (LEADER, COURT_DESK, CLERK):
        assert NUMBER in work_of(cast, username)["涉嫌虚假调解"][0]
    assert "涉嫌虚假调解" not in work_of(cast, MEDIATOR)


@only_sqlite
@pytest.mark.parametrize("number", [NUMBER, "（2024）甘0702诉前调 45号"])
def test_the_search_of_the_house_knows_numbers_of_the_court_old_and_new(cast: Cast, number: str) -> None:
    referral = taken(cast, **suit(), old_numbers=["(2024)甘0702诉前调45号"])
    page = visit(cast.signed_in(CLERK), "/").form("/disputes/search").submit(status=200, q=number)
    assert referral.dispute.reference in page.html
    page = page.follow(f"/disputes/{referral.dispute.reference}")
    summary = page.soup.select_one("#summary").get_text(" ", strip=True)
    for part in ("委托调解", NUMBER, "(2024)甘0702诉前调45号"):
        assert part in summary, part


@only_sqlite
def test_the_search_leads_to_a_matter_that_is_no_dispute_yet(cast: Cast) -> None:
    referral = received(cast, number=NUMBER)
    page = visit(cast.signed_in(CLERK), "/").form("/disputes/search").submit(q="(2026) 甘0702民初123号")
    assert page.path == f"/referrals/{referral.id}"


@only_sqlite
def test_what_the_court_passes_on_is_no_visit_at_the_window(cast: Cast) -> None:
    taken(cast)
    dispute = cast.registered()
    assert dispute.visits[0].queue_number == "A001"
    assert "C001" not in visit(cast.signed_in(CLERK), "/shifts").text
    assert figures_of(Reading.of(db.session()), cast.centre.id, now()).visits == 1
