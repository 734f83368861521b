"""The court's pages without JavaScript: sending, signing in bulk, taking on, and what the court desk sees."""

import pytest

from models.case_type import CaseType
from models.event import Event
from models.party import Party
from models.person import Role
from models.referral import CourtReferral
from models.referral_course import CourtMode, ReferralStatus
from security.permissions import ROLE_PERMISSIONS, Permission
from tests.support.cast import CLERK, MANAGER, SECURITY, Cast
from tests.support.clock import Clock
from tests.support.court import COURT_DESK, NUMBER, in_mediation, received, sent, suit
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite


def newest() -> CourtReferral:
    db.session.expire_all()
    return db.session.query(CourtReferral).order_by(CourtReferral.id.desc()).first()


def test_a_matter_goes_from_the_courts_page_into_the_house(cast: Cast) -> None:
    court, clerk = cast.signed_in(COURT_DESK), cast.signed_in(CLERK)
    form = visit(court, "/referrals/new").form("/referrals")
    kind = {option.get_text(): option["value"] for option in form.tag.select("#case_type option")}["买卖合同"]
    typed = {"mode": "entrusted", "case_type": kind, "claim": "支付货款", "parties-0-name": "祁万福",
             "parties-0-phone": "19000000061", "parties-1-name": "甘州某建材公司"}  # fmt: skip
    form.submit(status=422, **typed).soup.select_one("#procedure-error")
    page = form.submit(**typed, procedure="summary", number=NUMBER)
    assert "待签收" in page.text
    form.submit(**typed, procedure="summary", number=NUMBER)
    assert db.session.query(CourtReferral).count() == 1

    other = sent(cast)
    page = visit(clerk, "/referrals?tab=sign")
    page = page.form("/receipts").submit(referrals=[newest().id, other.id - 1])
    assert "案件材料交接清单" in page.text
    assert "祁万福" in page.text
    assert {one.status for one in db.session.query(CourtReferral)} == {ReferralStatus.RECEIVED}

    page = visit(clerk, f"/referrals/{other.id}")
    page.form("/acceptance").submit(status=422, suitability=["facts"])
    page = page.form("/acceptance").submit(suitability=["facts", "dispute", "rights"])
    assert "已接受" in page.text
    page = page.form("/consent").submit()
    page.form("/mediator").submit(status=422)  # whether both have chosen is said, not supposed
    page = page.form("/mediator").submit(choice="house")
    assert newest().status is ReferralStatus.IN_MEDIATION
    assert "买卖合同" in visit(clerk, f"/disputes/{newest().dispute.reference}").text


def test_all_that_waits_is_ticked_at_once_and_one_may_be_left_out(cast: Cast) -> None:
    clerk, kept, left = cast.signed_in(CLERK), sent(cast), sent(cast, claim="别的")
    page = visit(clerk, "/referrals?tab=sign&mode=assigned")
    assert "referrals" not in dict(page.form("/receipts").values())
    page = page.follow("ticked=all", "全选")
    assert "mode=assigned" in page.link("/referrals", "全不选")
    ticked = [value for name, value in page.form("/receipts").values() if name == "referrals"]
    assert ticked == [str(kept.id), str(left.id)]
    page.form("/receipts").submit(referrals=["9" * 30, "²"])
    page.form("/receipts").submit(referrals=ticked[:1])
    assert [one.status.value for one in db.session.query(CourtReferral).order_by(CourtReferral.id)] == [
        "received", "sent"]  # fmt: skip


def test_calls_facts_and_the_end_without_agreement(cast: Cast) -> None:
    referral, clerk = in_mediation(cast), cast.signed_in(CLERK)
    here = f"/referrals/{referral.id}"
    for _number in range(3):
        visit(clerk, here).form("/attempts").submit(note="无人接听")
    page = visit(clerk, here)
    assert "系统建议" in page.text
    page = page.form("/facts").submit(undisputed="双方确认欠款三万元", undisputed_on="2026-11-23")
    page = page.form("/failure").submit(status=422, ground="time_out", reason="期限届满")
    page = page.form("/failure").submit(ground="unreachable", reason="三次未接")
    page = page.form("/pack").submit()
    assert "优先立案" in page.text
    court = cast.signed_in(COURT_DESK)
    page = visit(court, here).form("/filing").submit(number="(2026)甘0702民初200号", filed_on="2026-11-23")
    assert "民初200号" in page.text
    assert newest().status is ReferralStatus.FILED
    assert "民初200号" in visit(court, "/referrals?tab=back").text


def test_a_step_whose_day_has_passed_is_marked_before_it_is_done(cast: Cast, clock: Clock) -> None:
    referral, clerk = received(cast), cast.signed_in(CLERK)
    assert not visit(clerk, f"/referrals/{referral.id}").soup.select("#nodes .tag")
    clock.advance(days=8)
    clerk = cast.signed_in(CLERK)
    assert [one.get_text() for one in visit(clerk, f"/referrals/{referral.id}").soup.select("#nodes .tag")] == [
        "11月26日前"]  # fmt: skip


def test_the_queue_is_narrowed_and_found_by_old_numbers(cast: Cast) -> None:
    referral, clerk = received(cast, **suit(), old_numbers=["(2024)甘0702诉前调45号"]), cast.signed_in(CLERK)
    assert NUMBER in visit(clerk, "/referrals?tab=week&mode=entrusted").text
    assert NUMBER not in visit(clerk, "/referrals?tab=week&mode=assigned").text
    assert NUMBER not in visit(clerk, "/referrals?tab=late").text
    for wanted in ("（2024）甘0702诉前调45号", "祁万", NUMBER):
        page = visit(clerk, "/referrals").form("/referrals/search").submit(status=200, wanted=wanted)
        assert f"/referrals/{referral.id}" in page.html
    page = visit(clerk, "/referrals").form("/referrals/search").submit(status=200, wanted="(2025)甘0702民初9号")
    assert "没有" in page.text
    assert "流程节点表" in visit(clerk, f"/referrals/{referral.id}/papers/court-nodes").text


def test_the_queue_and_the_lists_of_a_day_are_taken_along(cast: Cast) -> None:
    in_mediation(cast, number=NUMBER, claim="=1+1", amount_fen=3_000_050)
    for who in (CLERK, COURT_DESK):
        browser = cast.signed_in(who)
        answer = browser.get("/referrals/table?tab=open")
        assert answer.mimetype == "text/csv"
        heads, line = answer.get_data().decode("utf-8-sig").splitlines()
        assert "期限届满日" in heads
        for part in (NUMBER, "祁万福", "30000.50", "2026-12-23", "罗志明"):
            assert part in line, part
    assert db.session.query(Event).filter_by(kind="referral:export").count() == 2
    for kind, mark in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = browser.get(f"/referrals/receipts?day=2026-11-23&as={kind}")
        assert answer.get_data().startswith(mark)
    assert browser.get("/referrals/1/papers/court-nodes/docx").get_data().startswith(b"PK")
    visit(browser, "/referrals/1/papers/court-notice", status=404)
    visit(browser, "/referrals/1/papers/court-pack", status=404)


def test_the_court_desk_sees_referrals_and_nothing_else(cast: Cast) -> None:
    """Neither the file, its papers and calls, nor anything another house has."""
    referral, court = in_mediation(cast), cast.signed_in(COURT_DESK)
    desk = ROLE_PERMISSIONS["court_desk"]  # type: ignore[index]
    assert not {Permission.DISPUTE_READ, Permission.REFERRAL_HANDLE, Permission.PAPER_MAKE} & desk
    page = visit(court, f"/referrals/{referral.id}")
    assert "祁万福" in page.text
    assert "/disputes/" not in page.html
    assert "/attempts" not in page.html
    visit(court, f"/disputes/{referral.dispute.reference}", status=403)
    with cast.acting(SECURITY) as change:
        elsewhere = cast.holding("officer", "市场监管局")
        elsewhere.grant(change, Role.COURT_DESK, cast.unit("市场监管局"))
    for username in ("zhangyaru", "yinxuewen", elsewhere.username):
        visit(cast.signed_in(username), f"/referrals/{referral.id}", status=404)
    court.post(f"/referrals/{referral.id}/acceptance")
    assert newest().status is ReferralStatus.IN_MEDIATION


def test_no_name_or_number_of_a_party_gets_into_an_event(cast: Cast) -> None:
    in_mediation(cast, claim="隐私诉求", contact="隐私法官")
    facts = "\n".join(db.session.scalars(db.select(Event.facts)))
    assert not any(word in facts for word in ("祁万福", "隐私", "19000000061", "货款"))
    assert db.session.query(Party).filter_by(name="祁万福").count() == 1


def test_the_manager_keeps_the_case_types(cast: Cast) -> None:
    manager = cast.signed_in(MANAGER)
    page = visit(manager, "/case-types")
    assert page.text.count("待法院核定") == 20
    page.follow("/case-types/new").form("/case-types").submit(status=422, name="物业服务")
    page = visit(manager, "/case-types").follow("/case-types/1").form("/case-types/1").submit(is_approved="on")
    assert page.text.count("待法院核定") == 19
    row = db.session.get_one(CaseType, 1)
    kind, row.category.is_active = row.category_id, False
    db.session.commit()
    visit(manager, "/case-types/1").form("/case-types/1").submit(name_en="Something else")
    assert (row.name_en, row.category_id) == ("Something else", kind)


@pytest.mark.parametrize("mode", [CourtMode.ENTRUSTED, CourtMode.ASSIGNED])
def test_only_modes_in_use_are_offered(cast: Cast, mode: CourtMode) -> None:
    with cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, f"mode_{mode.value}", False)
    page = visit(cast.signed_in(COURT_DESK), "/referrals/new")
    assert page.soup.select_one(f'[name=mode][value="{mode.value}"]') is None
