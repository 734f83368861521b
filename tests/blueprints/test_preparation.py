"""The sheet for the time of waiting, asking by telephone first, and whistles around the break."""

from sqlalchemy import update

from models.category import Category
from models.dispute import Dispute
from models.inquiry import Inquiry, InquiryResult
from models.lifecycle import ClosingType
from models.whistle import Level, Whistle
from tests.support.cast import CLERK, LEADER, MANAGER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db, writing

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

ENDINGS = ("调解成功（书面协议） 7", "调解不成 3", "转法院 1")


def whistle_page(cast: Cast, username: str = CLERK) -> Page:
    dispute = cast.registered()
    return visit(cast.signed_in(username), f"/disputes/{dispute.reference}/whistles/new")


def test_the_sheet_is_one_link_away_from_file_and_card(cast: Cast) -> None:
    dispute = cast.whistled().dispute
    client = cast.signed_in()
    sheet = visit(client, f"/disputes/{dispute.reference}").follow("/preparation", "调前准备单")
    for words in ("五个问题", "预付卡还剩多少", "消费者权益保护法", "协议条款骨架"):
        assert words in sheet.text
    assert visit(client, "/board").link(f"{dispute.reference}/preparation")


def test_a_manager_writes_the_sheet_of_a_kind(cast: Cast) -> None:
    category = cast.category("消费")
    client = cast.signed_in(MANAGER)
    page = visit(client, f"/administration/categories/{category.id}").follow("/preparation")
    page.form("/preparation").submit(questions="余额多少\n有无合同")
    dispute = cast.registered()
    assert "有无合同" in visit(cast.signed_in(), f"/disputes/{dispute.reference}/preparation").text
    stale = page.form("/preparation").submit(409, questions="另一个问题")
    assert "另一个问题" in stale.text
    stale.form("/preparation").submit(422, questions="\n".join("一二三四五六"))


def test_the_sheet_tells_how_the_last_ten_of_the_kind_ended(cast: Cast, clock: Clock) -> None:
    kinds = [ClosingType.TO_COURT, *[ClosingType.SETTLED_WRITTEN] * 7, *[ClosingType.ENDED] * 3]
    for kind in kinds:
        closed = cast.registered()
        with writing() as session:
            ended = {"closing_type": kind, "closed_at": clock.advance(minutes=1)}
            session.execute(update(Dispute).where(Dispute.id == closed.id).values(**ended))
    dispute, other = cast.registered(), cast.registered(category="物业")
    client = cast.signed_in()
    text = visit(client, f"/disputes/{dispute.reference}/preparation").text
    assert [words in text for words in ENDINGS] == [True, True, False]  # the oldest is the eleventh
    text = visit(client, f"/disputes/{other.reference}/preparation").text
    assert not any(words in text for words in ENDINGS)


def test_the_sheet_of_another_house_is_not_found(cast: Cast) -> None:
    foreign = db.session.query(Category).filter(Category.centre_id != cast.centre.id).first()
    assert cast.signed_in(MANAGER).get(f"/administration/categories/{foreign.id}/preparation").status_code == 404


def test_a_unit_that_answers_by_telephone_need_not_be_whistled(cast: Cast) -> None:
    page = whistle_page(cast).follow("/inquiries/new", "先电话问")
    form = page.form("/inquiries")
    unit = cast.unit("市场监管局")
    assert "请填写单位的答复" in form.submit(422, unit_id=unit.id).text
    page = form.submit(unit_id=unit.id, spoke_to="汪海燕", answer="三日内退款")
    assert "三日内退款" in page.text
    again = visit(page.client, page.link("/whistles/new"))
    assert not again.soup.find(id="lines-0-called").has_attr("checked")
    assert db.session.query(Inquiry).one().result is InquiryResult.ANSWERED


def test_a_unit_that_has_to_come_is_whistled_next(cast: Cast) -> None:
    page = whistle_page(cast).follow("/inquiries/new")
    page = page.form("/inquiries").submit(unit_id=cast.unit("市场监管局").id, result="to_whistle")
    assert page.path.endswith("/whistles/new")
    assert "需要吹哨" in page.text


def test_in_the_break_an_appointment_is_proposed_and_ordinary_is_refused(cast: Cast, clock: Clock) -> None:
    clock.advance(hours=2)  # 12:20
    page = whistle_page(cast)
    assert "午休至 14:30" in page.text
    refused = page.form("/whistles").submit(422, level="ordinary")
    assert "午休" in refused.text
    page.form("/whistles").submit()
    whistle = db.session.query(Whistle).one()
    assert whistle.level is Level.APPOINTMENT
    assert whistle.appointed_at.strftime("%H:%M") == "06:30"  # 14:30 in China


def test_in_the_break_urgent_goes_at_once_and_the_leader_whistles_anything(cast: Cast, clock: Clock) -> None:
    clock.advance(hours=2)
    whistle_page(cast).form("/whistles").submit(level="urgent")
    whistle_page(cast, LEADER).form("/whistles").submit(level="ordinary")
    assert [row.level for row in db.session.query(Whistle).order_by(Whistle.id)] == [Level.URGENT, Level.ORDINARY]


def test_before_closing_tomorrow_is_proposed_and_now_is_still_possible(cast: Cast, clock: Clock) -> None:
    clock.advance(hours=7, minutes=20)  # 17:40
    page = whistle_page(cast)
    assert "建议预约 11月24日 08:30" in page.text
    page.form("/whistles").submit(level="ordinary")
    assert db.session.query(Whistle).one().level is Level.ORDINARY


def test_the_officer_reads_that_the_break_changes_nothing(cast: Cast, clock: Clock) -> None:
    clock.advance(hours=1, minutes=30)  # 11:50, due 12:10
    callout = cast.whistled("市场监管局").callouts[0]
    officer = cast.signed_in(cast.holding("officer", "市场监管局").username)
    assert "12:00 至 14:30 午休" in visit(officer, f"/my-callouts/{callout.id}").text
    assert "12:00 起午休" in visit(officer, "/my-callouts").text


def test_hours_are_a_setting(cast: Cast, clock: Clock) -> None:
    form = visit(cast.signed_in(MANAGER), "/administration/settings").form("/settings")
    assert "08:30-12:00" in form.submit(422, winter_afternoon="14-18").text
    form.submit(winter_morning="08:00-10:10", winter_afternoon="10:30-18:00")
    assert "午休至 10:30" in whistle_page(cast).text
