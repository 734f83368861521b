"""The roster: whose days, which days, and two people at one page."""

from datetime import date, timedelta

from sqlalchemy import delete

from models.calendar import CalendarDay, DayKind
from models.clock import local_day
from models.duty_turn import DutyTurn, turn_of
from models.event import Event
from tests.support.cast import CLERK, LEADER, MANAGER, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Form, Page, visit
from transaction import db, writing

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

HEAD = "caihongwei"  # manages the labour bureau


def roster(cast: Cast, unit: str, who: str = MANAGER) -> Form:
    number = cast.unit(unit).id
    return visit(cast.signed_in(who), f"/duty/{number}").form(f"/duty/{number}")


def turn(cast: Cast, unit: str, clock, days: int = 0) -> DutyTurn | None:
    db.session.expire_all()
    return turn_of(db.session, cast.unit(unit), local_day(clock()) + timedelta(days=days))


def test_the_house_plans_for_everybody(cast: Cast) -> None:
    page = visit(cast.signed_in(MANAGER), "/duty")
    assert "苏明山" in page.text or "林草局" in page.text
    assert "190" not in page.soup.select_one("table.roster").get_text()


def test_a_units_manager_plans_for_his_own_and_below(cast: Cast) -> None:
    client = cast.signed_in(HEAD)
    page = visit(client, "/duty")
    assert "人社局" in page.text
    assert "劳动监察大队" in page.text
    assert "水务局" not in page.text
    visit(client, f"/duty/{cast.unit('水务局').id}", 404)


def test_others_plan_nothing(cast: Cast) -> None:
    visit(cast.signed_in(CLERK), "/duty", 403)
    visit(cast.signed_in(CLERK), f"/duty/{cast.unit('水务局').id}", 403)


def test_two_weeks_are_entered_on_one_page(cast: Cast, clock) -> None:
    form = roster(cast, "人社局", HEAD)
    page = form.submit(**{"days-0-name": "梁建军", "days-0-post": "科员", "days-0-telephone": "19000002222",
                          "days-14-name": "蔡宏伟", "days-14-telephone": ""})  # fmt: skip
    first, last = turn(cast, "人社局", clock), turn(cast, "人社局", clock, 14)
    assert (first.name, first.post, last.name) == ("梁建军", "科员", "蔡宏伟")
    assert first.clear_telephone(cast.app.extensions["sealer"]) == "19000002222"
    assert "19000002222" not in page.html
    assert page.soup.select_one("[name=days-0-telephone]")["placeholder"] == "190****2222"
    assert db.session.query(Event).filter_by(kind="unit:roster").count() == 2


def test_a_day_is_taken_from_the_day_before(cast: Cast, clock) -> None:
    form = roster(cast, "人社局", HEAD)
    tomorrow = (local_day(clock()) + timedelta(days=1)).isoformat()
    form.submit(press=tomorrow, **{"days-0-name": "梁建军", "days-0-telephone": "19000002222"})
    copied = turn(cast, "人社局", clock, 1)
    assert copied.name == "梁建军"
    assert copied.clear_telephone(cast.app.extensions["sealer"]) == "19000002222"


def test_empty_days_are_filled_and_others_kept(cast: Cast, clock) -> None:
    form = roster(cast, "人社局", HEAD)
    form.submit(press="empty", **{f"days-{n}-{part}": "" for n in (3, 4) for part in ("name", "post")})
    assert turn(cast, "人社局", clock, 4).name == turn(cast, "人社局", clock, 2).name


def test_what_is_wrong_is_said_at_its_day(cast: Cast, clock) -> None:
    form = roster(cast, "人社局", HEAD)
    page = form.submit(422, **{"days-0-telephone": "123", "days-1-name": "", "days-1-post": "科员"})
    wrong = {tag["name"] for tag in page.soup.select(".is-wrong input")}
    assert wrong == {"days-0-telephone", "days-1-name"}
    form.submit(422, **{"days-2-day": "2020-01-01"})


def test_an_untouched_day_is_left_to_whoever_changed_it(cast: Cast, clock) -> None:
    first, second = roster(cast, "人社局"), roster(cast, "人社局", HEAD)
    first.submit(**{"days-3-name": "梁建军"})
    second.submit(**{"days-5-name": "蔡宏伟"})
    assert (turn(cast, "人社局", clock, 3).name, turn(cast, "人社局", clock, 5).name) == ("梁建军", "蔡宏伟")


def test_two_people_at_one_day_see_both_names(cast: Cast, clock) -> None:
    first, second = roster(cast, "人社局"), roster(cast, "人社局", HEAD)
    first.submit(**{"days-3-name": "梁建军", "days-3-post": "科员"})
    page = second.submit(409, **{"days-3-name": "蔡宏伟", "days-3-post": "局长"})
    assert [cell.get_text() for cell in page.soup.select(".notice td")] == ["梁建军 科员", "蔡宏伟 局长"]
    assert turn(cast, "人社局", clock, 3).name == "梁建军"
    page.form("/duty").submit()
    assert turn(cast, "人社局", clock, 3).name == "蔡宏伟"


def test_a_deputy_is_entered_and_stands_in(cast: Cast, clock) -> None:
    form = roster(cast, "人社局", HEAD)
    page = form.submit(**{"days-0-deputy_name": "滕丽", "days-0-deputy_telephone": "19000002223",
                          "days-0-deputised": "y"})  # fmt: skip
    today = turn(cast, "人社局", clock)
    assert (today.deputy_name, today.is_deputised) == ("滕丽", True)
    assert "19000002223" not in page.html
    assert "滕丽" in visit(cast.signed_in(MANAGER), "/duty").text
    page.form("/duty").submit(422, **{"days-1-deputised": "y"})


def test_two_days_are_swapped_once_however_often_the_form_is_sent(cast: Cast, clock) -> None:
    roster(cast, "人社局", HEAD).submit(**{"days-0-name": "梁建军", "days-1-name": "蔡宏伟"})
    form = roster_page(cast).form("/swap")
    days = [option["value"] for option in form.tag.select("[name=first] option")]
    for _time in range(2):
        form.submit(first=days[1], second=days[2])
    assert (turn(cast, "人社局", clock).name, turn(cast, "人社局", clock, 1).name) == ("蔡宏伟", "梁建军")
    roster_page(cast).form("/swap").submit(422, first="", second=days[2])
    roster_page(cast).form("/swap").submit(409, first=days[1], second=days[2])


def test_a_week_is_taken_over_to_the_next(cast: Cast, clock) -> None:
    roster(cast, "人社局", HEAD).submit(**{"days-2-name": "梁建军", "days-9-name": "", "days-9-post": ""})
    roster(cast, "人社局", HEAD).submit(press="week")
    assert turn(cast, "人社局", clock, 9).name == "梁建军"


def test_a_rest_day_needs_nobody_and_a_workday_does(cast: Cast) -> None:
    page = visit(cast.signed_in(MANAGER), "/duty/gaps")
    assert "水务局" not in page.text
    saturday = date(2026, 11, 28)
    with writing() as session:
        session.execute(delete(DutyTurn).where(DutyTurn.unit_id == cast.unit("水务局").id, DutyTurn.day >= saturday))
    friday = visit(cast.signed_in(LEADER), "/duty/gaps")
    assert [heading.get_text().split()[0] for heading in friday.soup.select("h2")] == [
        "11月24日", "11月25日", "11月26日"]  # fmt: skip
    with cast.acting(MANAGER) as change:
        CalendarDay.enter(change, cast.centre, DayKind.HOLIDAY, "停电检修", date(2026, 11, 24), date(2026, 11, 27))
        CalendarDay.enter(change, cast.centre, DayKind.WORKDAY, "调休", saturday, None)
    page = visit(cast.signed_in(LEADER), "/duty/gaps")
    assert [heading.get_text().split()[0] for heading in page.soup.select("h2")][:2] == ["11月28日", "11月30日"]
    assert page.text.count("水务局") == 3
    visit(cast.signed_in(CLERK), "/duty/gaps", 403)
    assert "停电检修" in roster_page(cast).text


def roster_page(cast: Cast) -> Page:
    return visit(cast.signed_in(HEAD), f"/duty/{cast.unit('人社局').id}")
