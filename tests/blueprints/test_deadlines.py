"""Pages of deadlines: the list, the table of clocks, starting one, what may be done about it, and who may."""

from datetime import date
from io import BytesIO

import pytest

from models.calendar import CalendarDay, DayKind
from models.conclusion import Outcome
from models.deadline import Deadline, start
from models.hand_over import HandOverOrder, hand_over
from models.person import Role
from tests.models.test_mediation import conclude, opened, pay
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.deadlines import TODAY, accepted, begun, one
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def page_of(cast: Cast, deadline: Deadline, username: str = CLERK) -> Page:
    return visit(cast.signed_in(username), f"/deadlines/{deadline.id}")


def names(page: Page) -> list[str]:
    return [cell.get_text(strip=True) for cell in page.soup.select("tbody th")]


def test_the_file_shows_law_and_promise_apart(cast: Cast) -> None:
    dispute = accepted(cast)
    with cast.acting() as change:
        start(change, dispute, "ordinary_matter", TODAY)
    card = visit(cast.signed_in(), f"/disputes/{dispute.reference}").soup.find(id="deadlines").get_text(" ", strip=True)
    assert card.index("法定期限") < card.index("人民调解") < card.index("中心承诺期限") < card.index("一般事项办结")
    assert "12月23日" in card
    assert "还剩 30 天" in card


def test_a_period_is_started_from_the_file_for_one_party(cast: Cast) -> None:
    dispute = accepted(cast)
    client = cast.signed_in()
    form = visit(client, f"/disputes/{dispute.reference}").follow("/deadlines/new", "起算期限").form("/deadlines")
    party = dispute.parties[0]
    assert "请填写日期" in form.submit(422, code="injury_worker", started_on="").text
    assert "起算日不能晚于今天" in form.submit(422, code="injury_worker", started_on="2026-11-24").text
    page = form.submit(code="injury_worker", started_on="2026-03-01", party=f"party:{party.id}")
    assert "职工申请工伤认定" in page.text
    shown = page.follow("/deadlines/", "职工申请工伤认定")
    for words in (party.name, "2027年3月1日", "工伤保险条例第十七条", "法定期限"):
        assert words in shown.text


def test_hours_need_their_time_of_day(cast: Cast) -> None:
    form = visit(cast.signed_in(), f"/disputes/{accepted(cast).reference}/deadlines/new").form("/deadlines")
    assert "时刻" in form.submit(422, code="first_contact").text
    assert "11月24日 09:05" in form.submit(code="first_contact", time="9:05").text


def test_nobody_starts_by_hand_what_starts_by_itself(cast: Cast) -> None:
    form = visit(cast.signed_in(), f"/disputes/{accepted(cast).reference}/deadlines/new").form("/deadlines")
    form.submit(422, code="term_due")
    form.submit(422, code="injury_worker", party="party:1000000")


def test_pause_go_on_extend_and_keep(cast: Cast, clock: Clock) -> None:
    page = page_of(cast, one(accepted(cast), "people_mediation"))
    page = page.form("/pauses").submit(since="2026-11-23", pause_reason="伤残鉴定委托书")
    assert "停止计算" in page.soup.select_one(".page__head").get_text()
    assert "请填写" in page.form("/resumption").submit(422, until="2026-11-22").text
    clock.advance(days=5)
    page = visit(cast.signed_in(), page.path).form("/resumption").submit(until="2026-11-28")
    assert "12月28日" in page.text
    page = page.form("/extensions").submit(n="10", agreed_by="双方", agreed_on="2026-11-28", extension_reason="笔录")
    assert "2027年1月6日" in page.text  # forty days and four that did not count
    page = page.form("/fulfilment").submit(met_on="2026-11-28", met_with="调解协议书")
    assert "已按期完成" in page.text
    assert page.soup.select("aside form[action*='/deadlines/']") == []


def test_what_is_refused_stands_at_its_form_with_what_was_typed(cast: Cast) -> None:
    deadline = begun(cast, accepted(cast), "court_ordinary")
    page = page_of(cast, deadline)
    again = page.form("/extensions").submit(422, n="31", agreed_by="双方", extension_reason="延长笔录")
    opened = [fold for fold in again.soup.find_all("details", open=True) if fold.find("form")]
    assert [fold.summary.get_text() for fold in opened] == ["延长"]
    assert opened[0].find("input", attrs={"name": "agreed_by"})["value"] == "双方"
    assert "超过可延长的上限" in again.text


def test_only_what_the_law_knows_is_offered(cast: Cast) -> None:
    dispute = accepted(cast)
    limitation, confirmation = begun(cast, dispute, "civil_limitation"), begun(cast, dispute, "judicial_confirmation")

    def actions(page: Page) -> set[str]:
        return {form["action"].rpartition("/")[2] for form in page.soup.select("form[action*='/deadlines/']")}

    assert actions(page_of(cast, limitation)) == {"fulfilment", "renewal", "annulment"}
    assert actions(page_of(cast, confirmation)) == {"fulfilment", "annulment"}


def test_an_interrupted_limitation_leads_to_the_new_one(cast: Cast) -> None:
    limitation = begun(cast, accepted(cast), "civil_limitation", date(2026, 2, 1))
    page = page_of(cast, limitation).form("/renewal").submit(renewal_reason="向调解组织提出请求")
    assert page.path != f"/deadlines/{limitation.id}"
    assert "2029年11月23日" in page.text


def test_who_was_slower_is_told(cast: Cast) -> None:
    deadline = begun(cast, accepted(cast), "court_ordinary")
    first, second = page_of(cast, deadline), page_of(cast, deadline, MEDIATOR)
    first.form("/annulment").submit(void_reason="误起算")
    second.form("/annulment").submit(409, void_reason="误起算")


def test_the_list_by_owner_week_and_lateness(cast: Cast, clock: Clock) -> None:
    dispute, unit = accepted(cast), cast.unit("市场监管局")
    with cast.acting() as change:
        hand_over(change, dispute, HandOverOrder(unit.id, "汪海燕", date(2026, 11, 25)))
    other = accepted(cast)
    client = cast.signed_in()
    week = visit(client, "/disputes").follow("/deadlines", "期限")
    assert "转办理答复" in week.text
    assert names(week) == ["转办理答复"]
    assert names(visit(client, "/deadlines?tab=all")) == ["人民调解", "转办理答复"]
    assert names(visit(client, f"/deadlines?tab=all&unit={unit.id}")) == ["转办理答复"]
    assert other.short_number in visit(client, "/deadlines?tab=mine").text
    assert "没有已届满" in visit(client, "/deadlines?tab=late").text
    clock.advance(days=3)
    late = visit(cast.signed_in(LEADER), "/deadlines?tab=late")
    assert "已超期" in late.text
    assert "已过 1 天" in late.text
    assert "中心承诺期限" in late.text


def test_the_table_names_every_clock_and_its_law(cast: Cast) -> None:
    page = visit(cast.signed_in(), "/deadlines").follow("/deadlines/clocks")
    for words in (
        "申请仲裁审查",
        "15 日",
        "劳动人事争议仲裁办案规则第七十四条",
        "30 个工作日",
        "最多再延 30 日",
        "当日",
    ):
        assert words in page.text


def test_my_work_speaks_of_what_ends(cast: Cast, clock: Clock) -> None:
    accepted(cast)
    assert "我的期限" not in visit(cast.signed_in(), "/").text
    clock.advance(days=24)
    assert "人民调解" in visit(cast.signed_in(), "/").text
    clock.advance(days=7)
    assert "已超期的期限" in visit(cast.signed_in(LEADER), "/").text


def test_the_unit_sees_by_when_it_owes_a_reply(cast: Cast, clock: Clock) -> None:
    dispute, order = accepted(cast), HandOverOrder(cast.unit("市场监管局").id, "汪海燕", date(2026, 11, 25))
    with cast.acting() as change:
        hand_over(change, dispute, order)
    officer = cast.holding(Role.OFFICER, "市场监管局").username
    assert "本单位的期限" in visit(cast.signed_in(officer), "/").text
    assert "转办理答复" in visit(cast.signed_in(officer), "/").text
    assert "转办理答复" not in visit(cast.signed_in(cast.holding(Role.OFFICER, "住建局").username), "/").text


def test_others_do_not_find_it_or_may_not(cast: Cast) -> None:
    deadline = one(accepted(cast), "people_mediation")
    visit(cast.signed_in(cast.holding(Role.OFFICER, "市场监管局").username), f"/deadlines/{deadline.id}", 403)
    visit(cast.signed_in("zhangyaru"), f"/deadlines/{deadline.id}", 404)  # the clerk of another house
    assert cast.signed_in().get("/deadlines/100000").status_code == 404


def test_a_year_is_entered_at_once_and_moves_what_runs(cast: Cast, clock: Clock) -> None:
    dispute = accepted(cast)
    deadline = begun(cast, dispute, "petition_settlement", date(2026, 11, 20))
    assert deadline.due_on == date(2027, 1, 19)
    client = cast.signed_in(MANAGER)
    assert "2027 年节假日安排尚未录入" in visit(client, "/").text
    page = visit(client, "/administration/calendar")
    assert "暂定" in page.text
    bad = page.form("/lines").submit(422, lines="2027-01-19,休,停电\n2027-13-01,休,元旦\n2027-10-01,放,国庆节")
    assert "第 2 行" in bad.text
    assert "第 3 行" in bad.text
    assert "2027-13-01" in bad.soup.find("textarea", attrs={"name": "lines"}).get_text()
    assert "请至少粘贴一行" in bad.form("/lines").submit(422, lines="").text
    done = bad.form("/lines").submit(lines="2027-01-19,休,停电\n2027-10-01,休,国庆节")
    assert "已录入 2 天" in done.text
    assert "暂定" not in done.text
    db.session.expire_all()
    assert deadline.due_on == date(2027, 1, 20)
    assert "尚未录入" not in visit(client, "/").text


@pytest.mark.parametrize("code", ["utf-8-sig", "gb18030"])
def test_a_year_comes_as_a_file_of_a_spreadsheet(cast: Cast, code: str) -> None:
    client = cast.signed_in(MANAGER)
    fields = dict(visit(client, "/administration/calendar").form("/lines").values())
    file = BytesIO("日期,性质,名称\r\n2027/10/1,休,国庆节\r\n2027/10/9,班,国庆节调休\r\n".encode(code))
    answer = client.post("/administration/calendar/lines", data=fields | {"file": (file, "2027.csv")})
    assert answer.status_code == 303
    entered = db.session.query(CalendarDay).filter(CalendarDay.day > date(2027, 9, 1)).order_by(CalendarDay.day)
    assert [(one.kind, one.name) for one in entered] == [
        (DayKind.HOLIDAY, "国庆节"), (DayKind.WORKDAY, "国庆节调休")
    ]  # fmt: skip


def test_the_page_of_a_term_that_is_due_opens(cast: Cast) -> None:
    """What it is about is no party: a term of an agreement."""
    conclude(cast, opened(cast, "消费"), Outcome.AGREED, terms=[pay()])
    [due] = db.session.query(Deadline).filter_by(code="term_due")
    assert visit(cast.signed_in(), f"/deadlines/{due.id}").status == 200
