"""Windows today: who is listed, one tap each way, and what the window is called for."""

from sqlalchemy import update

from models.attendance import Attendance
from models.screen import Face
from models.unit import Stationing, Unit
from tests.support.boards import connected
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import writing

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def windows(cast: Cast, who: str = CLERK) -> Page:
    return visit(cast.signed_in(who), "/windows")


def row(cast: Cast, page: Page, unit: str) -> str:
    return page.soup.select_one(f"#unit-{cast.unit(unit).id}-window").get_text(" ", strip=True)


def test_stationed_units_are_listed_and_rotating_ones_on_their_weekday(cast: Cast, clock) -> None:
    rotate = update(Unit).where(Unit.name == "检察院")
    with writing() as session:
        session.execute(rotate.values(stationing=Stationing.ROTATING, weekdays="1"))
    page = windows(cast)
    assert "信访局" in page.text
    assert "检察院" in page.text
    assert "水务局" not in page.text
    with writing() as session:
        session.execute(rotate.values(weekdays="25"))
    assert "检察院" not in windows(cast, LEADER).text


def test_one_tap_each_way(cast: Cast) -> None:
    unit = cast.unit("信访局").id
    page = windows(cast)
    page = page.form(f"/windows/{unit}/arrival").submit()
    assert "10:20" in row(cast, page, "信访局")
    page = page.form(f"/windows/{unit}/departure").submit()
    assert page.form(f"/windows/{unit}/arrival")


def test_a_window_shows_what_it_is_called_for(cast: Cast) -> None:
    whistle = cast.whistled("信访局")
    text = row(cast, windows(cast), "信访局")
    assert whistle.dispute.short_number in text
    assert "10:25" in text  # the limit of the house
    for secret in ("宋佳", "甘州某健身馆"):
        assert secret not in windows(cast).html


def test_only_windows_of_this_house_and_day_are_tapped(cast: Cast) -> None:
    form = windows(cast).form("/arrival")
    form.tag["action"] = f"/windows/{cast.unit('水务局').id}/arrival"
    form.submit(404)
    visit(cast.signed_in(MEDIATOR), "/windows", 403)


def court(cast: Cast, face: Face) -> str:
    """What the court's window is said to be."""
    page = visit(connected(cast, face), f"/{face.value}")
    spans = [tag.get_text(" ", strip=True) for tag in page.soup.select("footer span, .hall__side li")]
    return next((words for words in spans if "法院" in words), "")


def test_the_screens_show_what_is_recorded_else_the_roster(cast: Cast) -> None:
    unit = cast.unit("区人民法院")
    assert "在岗" in court(cast, Face.HALL)
    assert "在岗" in court(cast, Face.WALL)
    for verb, is_there in ((Attendance.come, True), (Attendance.leave, False), (Attendance.come, True)):
        with cast.acting() as change:
            verb(change, cast.centre, unit)
        assert bool(court(cast, Face.HALL)) is is_there
        assert ("离岗" in court(cast, Face.WALL)) is not is_there
