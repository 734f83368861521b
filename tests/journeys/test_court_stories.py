"""Matters of the court from the letter to the last word, each step on its page, each by whoever does it."""

from datetime import date

import pytest

from models.lifecycle import DisputeStatus
from models.referral import CourtReferral
from models.referral_course import ReferralStatus
from tests.support.agreement import record
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.court import COURT_DESK, NUMBER
from tests.support.databases import only_sqlite
from tests.support.house import House
from tests.support.pages import Page
from transaction import db

pytestmark = only_sqlite
OTHER = "甘州某建材公司"


class Matter:
    """One matter; `day` is what the clock says, the referral what the record says."""

    def __init__(self, house: House) -> None:
        self.house = house

    @property
    def referral(self) -> CourtReferral:
        db.session.expire_all()
        return db.session.query(CourtReferral).one()

    @property
    def status(self) -> ReferralStatus:
        return self.referral.status

    @property
    def day(self) -> str:
        return self.house.clock.now.date().isoformat()

    def page(self, who: str = CLERK) -> Page:
        return self.house.page(f"/referrals/{self.referral.id}", who)

    def press(self, action: str, who: str = CLERK, status: int = 303, **typed: object) -> Page:
        return self.page(who).form(action).submit(status=status, **typed)

    def comes(self, mode: str = "assigned", **typed: object) -> None:
        form = self.house.page("/referrals/new", COURT_DESK).form("/referrals")
        kind = {one.get_text(): one["value"] for one in form.tag.select("#case_type option")}["买卖合同"]
        form.submit(**{"mode": mode, "case_type": kind, "claim": "支付货款 3 万元", "parties-0-name": "祁万福",
                       "parties-0-phone": "19000000061", "parties-1-name": OTHER, "materials": "起诉状副本\n送货单",
                       **typed})  # fmt: skip
        form = self.house.page("/referrals?tab=sign").form("/receipts")
        form.submit(referrals=[self.referral.id])

    def taken(self) -> None:
        self.press("/acceptance", suitability=["facts", "dispute", "rights"])

    def mediated(self, mode: str = "assigned", **typed: object) -> Page:
        """As far as an open session."""
        self.comes(mode, **typed)
        self.taken()
        if self.status is ReferralStatus.ACCEPTED:
            self.press("/consent")
        mediator = self.house.cast.person(MEDIATOR)
        self.press("/mediator", mediator=mediator.id, choice="both")
        return self.session()

    def session(self) -> Page:
        reference, cast = self.referral.dispute.reference, self.house.cast
        form = self.house.page(f"/disputes/{reference}/sessions/new", MEDIATOR).form("/sessions")
        return form.submit(mediator_id=cast.person(MEDIATOR).id, nature="court_entrusted",
                           body_id=cast.body("甘州区人民调解委员会").id)  # fmt: skip

    def agrees(self, session: Page, way: str) -> None:
        form = session.follow("/agreement/new").form("/agreement")
        record(form, **{"form": "written", "rows-0-due_on": "2027-01-29", "rows-0-payer": OTHER,
                        "rows-0-amount_fen": "30000"})  # fmt: skip
        assert "系统建议" in self.page(MEDIATOR).text
        self.press("/success", MEDIATOR, way=way)

    def disagrees(self, session: Page) -> None:
        form = session.follow("/no-agreement/new").form("/no-agreement")
        form.submit(ground="gap", reason="差距大", routes_told="y")

    def asks(self, number: str, **typed: object) -> Page:
        """Both apply, the court accepts and rules."""
        self.press("/confirmation", applied_on=self.day)
        self.press("/confirmation/acceptance", COURT_DESK, accepted_on=self.day)
        return self.press("/confirmation/ruling", COURT_DESK, ruled_on=self.day, number=number, **typed)

    def paper(self, code: str, who: str = CLERK) -> str:
        return self.house.page(f"/referrals/{self.referral.id}/papers/{code}", who).text

    def last_day(self) -> str:
        return self.page().soup.select_one("#nodes").get_text(" ", strip=True)


@pytest.fixture
def matter(cast: Cast, clock: Clock) -> Matter:
    return Matter(House(cast, clock))


def test_an_assigned_matter_is_agreed_and_confirmed(matter: Matter, clock: Clock) -> None:
    matter.agrees(matter.mediated(), "confirm")
    said = matter.paper("court-pack", COURT_DESK)
    for part in ("调解情况报告", "司法确认申请书", "调解组织主持调解的证明", "送达地址确认书"):
        assert part in said, part
    clock.advance(days=3)
    page = matter.asks("(2026)甘0702民特12号", result="valid")
    assert "(2026)甘0702民特12号" in page.text
    assert matter.referral.dispute.status is DisputeStatus.AGREED
    nodes = matter.paper("court-nodes")
    for part in ("申请司法确认", "法院裁定", "2026年11月26日"):
        assert part in nodes, part


def test_what_the_court_dismisses_is_agreed_anew(matter: Matter) -> None:
    matter.agrees(matter.mediated(), "confirm")
    matter.press("/confirmation", applied_on=matter.day)
    matter.press("/confirmation/acceptance", COURT_DESK, accepted_on=matter.day)
    assert "12月8日" in matter.last_day()
    matter.press("/confirmation/extension", COURT_DESK, extension_reason="需要补充材料")
    assert "12月18日" in matter.last_day()
    assert "/confirmation/extension" not in matter.page(COURT_DESK).html
    matter.press("/confirmation/ruling", COURT_DESK, status=422, result="dismissed", ruled_on=matter.day)
    matter.press("/confirmation/ruling", COURT_DESK, result="dismissed", ruled_on=matter.day, reason="内容不明确")
    page = matter.page(MEDIATOR)
    assert "重新调解" in page.text
    typed = dict(page.form("/failure").values())
    assert (typed["ground"], typed["reason"]) == ("dismissed", "内容不明确")
    matter.press("/resumption", MEDIATOR)
    assert (matter.status, matter.referral.dispute.status) == (ReferralStatus.IN_MEDIATION, DisputeStatus.SUSPENDED)
    matter.agrees(matter.session(), "confirm")
    matter.asks("(2026)甘0702民特13号", result="valid")
    assert [one.agreement.lapsed_at is None for one in matter.referral.dispute.sessions] == [False, True]


def test_an_assigned_matter_fails_and_is_filed_with_priority(matter: Matter, clock: Clock) -> None:
    with matter.house.cast.acting(MANAGER) as change:
        matter.house.cast.centre.change_setting(change, "pack_by_two", True)
    session = matter.mediated(old_numbers="(2024)甘0702诉前调45号")
    matter.press("/facts", MEDIATOR, undisputed="双方确认欠款三万元", undisputed_on=matter.day)
    matter.disagrees(session)
    matter.press("/failure", MEDIATOR, ground="gap", reason="差距大", conduct="两次无故不到")
    assert matter.referral.dispute.status is DisputeStatus.NOT_AGREED
    matter.press("/pack", MEDIATOR)
    matter.house.page(f"/referrals/{matter.referral.id}/papers/court-pack", LEADER)
    before = matter.page(COURT_DESK).html
    assert "/papers/court-reply" in before
    for code in ("court-pack", "court-report", "court-facts", "court-materials"):
        assert f"/papers/{code}" not in before, code
    assert "两次无故不到" not in before
    assert "双方确认欠款三万元" not in before
    assert "两次无故不到" not in matter.page(COURT_DESK).client.get("/referrals/table?tab=back").text
    matter.press("/release", LEADER)
    said = matter.paper("court-pack", COURT_DESK)
    for part in ("优先立案", "双方确认欠款三万元", "送达地址确认书", "送货单", "两次无故不到"):
        assert part in said, part
    assert "祁万福" in matter.house.page(f"/referrals/handovers?day={matter.day}", COURT_DESK).text
    clock.advance(days=2)
    matter.press("/filing", COURT_DESK, number="(2026)甘0702民初300号", filed_on=matter.day)
    assert matter.status is ReferralStatus.FILED
    reference = matter.referral.dispute.reference
    form = matter.house.page(f"/disputes/{reference}/closing/new").form("/closing")
    assert dict(form.values())["closing_type"] == "to_court"


def test_what_is_not_suited_is_declined_within_three_working_days(matter: Matter) -> None:
    matter.comes()
    assert "by 2026" not in matter.last_day()
    assert "11月26日" in matter.last_day()
    matter.press("/acceptance", status=422, suitability=["facts"])
    matter.press("/refusal", status=422, reason="")
    matter.press("/refusal", reason="需要确认身份关系")
    assert matter.status is ReferralStatus.DECLINED
    assert "需要确认身份关系" in matter.paper("court-reply", COURT_DESK)


def test_without_consent_it_goes_back_by_somebodys_hand(matter: Matter, clock: Clock) -> None:
    matter.comes()
    matter.taken()
    assert dict(matter.page().form("/failure", "退回法院").values())["ground"] == "no_consent"
    clock.advance(days=8)
    assert matter.status is ReferralStatus.ACCEPTED
    assert "系统建议" in matter.page().text
    form = matter.page().form("/failure")
    assert dict(form.values())["ground"] == "no_consent"
    form.submit(reason="对方不同意调解")
    matter.press("/pack")
    assert "对方当事人不同意调解" in matter.paper("court-report", COURT_DESK)


def test_the_time_is_made_longer_by_both_and_over_at_last(matter: Matter, clock: Clock) -> None:
    matter.mediated("entrusted", procedure="summary", number=NUMBER, both_agreed="y")
    assert "11月30日" in matter.last_day()
    link = next(tag["href"] for tag in matter.page().soup.select("aside a") if "/deadlines/" in tag["href"])
    form = matter.house.page(link).form("/extensions")
    form.submit(n=30, agreed_by="双方当事人", agreed_on=matter.day, extension_reason="同意延长笔录")
    assert "12月30日" in matter.last_day()
    clock.advance(days=20)
    assert "系统建议" not in matter.page().text
    clock.now = clock.now.replace(year=2027, month=1, day=4)
    assert "系统建议" in matter.page().text
    assert matter.status is ReferralStatus.IN_MEDIATION
    session = f"/sessions/{matter.referral.dispute.sessions[0].id}"
    matter.press("/failure", status=409, ground="time_out", reason="期限届满")
    matter.disagrees(matter.house.page(session, MEDIATOR))
    matter.press("/failure", ground="time_out", reason="期限届满，当事人未一致同意再延长")
    matter.press("/pack")
    said = matter.paper("court-pack", COURT_DESK)
    assert "转入审理" in said
    assert "案件受理费" in said
    assert "优先立案" not in said


@pytest.mark.parametrize(("way", "words"), [("court_paper", "制作调解书"), ("suit_withdrawn", "申请撤诉")])
def test_the_agreement_on_a_suit_goes_to_the_court_and_is_never_confirmed(matter: Matter, way: str, words: str) -> None:
    session = matter.mediated("entrusted", procedure="ordinary", number=NUMBER, both_agreed="y")
    assert "12月8日" in matter.last_day()
    matter.agrees(session, way)
    said = matter.paper("court-pack", COURT_DESK)
    assert words in said
    assert "司法确认" not in said
    assert "/confirmation" not in matter.page().html
    assert matter.referral.ended_on == date(2026, 11, 23)
    assert words in matter.house.page(f"/referrals/handovers?day={matter.day}", COURT_DESK).text
    matter.press("/filing", COURT_DESK, filed_on=matter.day)
    assert "/filing" not in matter.page(COURT_DESK).html
