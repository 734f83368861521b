"""A unit's own page and its monthly sheet: figures lead to their lists, nobody stands beside another."""

import pytest

from models.callout import AnswerResult, ArrivalMethod, Callout, Officer
from models.clock import local_day
from models.duty import Turn, enter
from models.objection import Objection, ObjectionChannel
from tests.support.cast import CLERK, LEADER, MANAGER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

UNIT, OFFICER, HEAD = "市场监管局", "wanghaiyan", "caihongwei"


def record(cast: Cast, who: str = OFFICER, unit: str = UNIT, tail: str = "", status: int = 200) -> Page:
    return visit(cast.signed_in(who), f"/units/{cast.unit(unit).id}/record{tail}", status)


def figure(page: Page, name: str) -> str:
    row = next(row for row in page.soup.select("#figures tbody tr") if f"figure={name}" in row.a["href"])
    return "".join(row.select_one(".record__count").get_text().split())


@pytest.fixture
def month(cast: Cast, clock: Clock) -> Callout:
    """One came in time and answered, one objected rightly, one was late."""
    good, foreign, late = (cast.whistled(UNIT, room=None).callouts[0] for _time in range(3))
    with cast.acting() as change:
        good.arrive(change, ArrivalMethod.DESK, Officer("汪海燕", "股长"))
        good.give_answer(change, good.version, AnswerResult.ANSWERED, "已责令退款", None)
        Objection.raise_for(change, foreign, "不属我局职责", "", ObjectionChannel.TELEPHONE)
    with cast.acting(LEADER) as change:
        foreign.objections[0].uphold(change, None)
    clock.advance(minutes=30)
    with cast.acting() as change:
        late.arrive(change, ArrivalMethod.DESK)
        good.release(change)
    return good


def test_every_figure_has_its_denominator_its_definition_and_its_list(cast: Cast, month: Callout) -> None:
    page = record(cast)
    assert [figure(page, name) for name in ("called", "due", "arrived", "on_time", "effective", "upheld")] == [
        "3", "2/3", "2/2", "1/2", "1/2", "1"]  # fmt: skip
    for row in page.soup.select("#figures tbody tr"):
        assert row.select_one(".table__quiet").get_text(strip=True)
        listed = visit(page.client, row.a["href"])
        number, _slash, among = "".join(row.select_one(".record__count").get_text().split()).partition("/")
        # Minutes are not a number of callouts: the median leads to those it is the middle of.
        counted = number if number.isdigit() else among
        assert len(listed.soup.select("main tbody tr")) == int(counted)


def test_no_name_of_a_party_and_no_other_unit_is_on_the_page(cast: Cast, month: Callout) -> None:
    cast.whistled("水务局", room=None)
    for tail in ("", "/callouts?figure=called", "/sheet"):
        page = record(cast, tail=tail)
        for secret in ("宋佳", "19000000032", "甘州某健身馆", "水务局", "不属我局职责"):
            assert secret not in page.html, (tail, secret)


def test_a_unit_sees_itself_and_the_duty_leader_those_he_calls(cast: Cast) -> None:
    record(cast, HEAD, status=404)
    record(cast, HEAD, "劳动监察大队")
    record(cast, LEADER)
    record(cast, CLERK, status=403)
    assert record(cast).path == visit(cast.signed_in(OFFICER), "/units").path
    assert "水务局" in visit(cast.signed_in(LEADER), "/units").text


def test_months_are_walked_and_nonsense_is_the_present_one(cast: Cast, month: Callout) -> None:
    assert figure(record(cast, tail="?month=2026-10"), "called") == "0"
    for text in ("2026-13", "x", "2027-01"):
        assert figure(record(cast, tail=f"?month={text}"), "called") == "3"


def test_an_open_callout_leads_to_its_page(cast: Cast) -> None:
    callout = cast.whistled(UNIT).callouts[0]
    assert record(cast).follow(f"/my-callouts/{callout.id}").status == 200
    assert record(cast, LEADER).follow(f"/callouts/{callout.id}").status == 200


def test_a_unit_without_anybody_on_the_next_working_day_is_warned(cast: Cast, clock: Clock) -> None:
    assert not record(cast).soup.select(".notice.is-wait")
    clock.advance(days=4)  # a Friday: the next working day is Monday
    for days in (1, 2, 3):
        with cast.acting(MANAGER) as change:
            enter(change, cast.unit(UNIT), local_day(clock()).replace(day=27 + days), Turn())
    assert "11月30日" in record(cast).soup.select_one(".notice.is-wait").text
    with cast.acting(MANAGER) as change:
        enter(change, cast.unit(UNIT), local_day(clock()).replace(day=30), Turn(), Turn("滕丽"))
    page = record(cast)
    assert not page.soup.select(".notice.is-wait")
    assert "滕丽" in page.text


def test_the_sheet_says_everything_that_is_fair_and_what_it_cost(cast: Cast, month: Callout) -> None:
    page = record(cast, tail="/sheet?month=2026-11")
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.soup.select("tbody")[0]("tr")]
    assert [row[4] for row in rows] == ["10:20 汪海燕", "", "10:50"]
    assert "当场答复" in rows[0][7]
    assert len({row[5] for row in rows}) == 3
    assert "10:20" in rows[1][6]
    assert "30" in page.soup.select_one("#totals").get_text()
    english = cast.signed_in(OFFICER)
    english.set_cookie("lang", "en")
    assert "当场答复" in visit(english, page.path).text
