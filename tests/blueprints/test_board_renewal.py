"""What stands on every row of a board, or beside the rows, is told by a board that loads anew: nothing old is shown."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.attendance import Attendance
from models.change import Change
from models.duty import Turn, enter
from models.person import Person
from models.screen import Face
from tests.support.boards import Poller, connected, whole_whistle
from tests.support.cast import LEADER, MANAGER, MEDIATOR, Cast

TODAY = date(2026, 11, 23)


def renamed(change: Change, person: Person) -> None:
    person.edit(change, person.version, "罗致明", None)


RENEWING: dict[str, Callable[[Cast, Change], object]] = {
    "a kind is no longer told": lambda cast, change: cast.category("消费").edit(change, 1, [], non_public=True),
    "a room has another name": lambda cast, change: cast.room("调解三室").edit(change, 1, name="三号调解室"),
    "a mediator has longer": lambda cast, change: cast.centre.change_setting(change, "mediator_limit", 15),
    "a window is manned": lambda cast, change: Attendance.come(change, cast.centre, cast.unit("信访局")),
    "a unit has another name": lambda cast, change: cast.unit("住建局").edit(change, 1, name="住房和城乡建设局"),
    "somebody has another name": lambda cast, change: renamed(change, cast.person(MEDIATOR)),
    "somebody else leads today": lambda cast, change: enter(change, cast.centre.unit, TODAY, Turn("韩立新")),
}


@pytest.fixture
def whistled(cast: Cast) -> None:
    whole_whistle(cast, cast.registered())


@pytest.mark.parametrize("what", RENEWING)
def test_every_board_of_the_house_is_loaded_anew(whistled: None, cast: Cast, what: str) -> None:
    boards = [Poller(cast.signed_in()), Poller(connected(cast, Face.WALL), "/wall")]
    boards += [Poller(connected(cast, Face.HALL), "/hall"), Poller(connected(cast, Face.DOOR, "调解三室"), "/door")]
    assert [board.ask().status_code for board in boards] == [204] * 4
    with cast.acting(MANAGER) as change:
        RENEWING[what](cast, change)
    assert [board.ask().headers.get("HX-Refresh") for board in boards] == ["true"] * 4
    assert [Poller(board.client, board.page).ask().status_code for board in boards] == [204] * 4


def test_a_kind_that_is_hidden_leaves_the_wall(whistled: None, cast: Cast) -> None:
    wall = connected(cast, Face.WALL)
    assert "消费" in wall.get("/wall").text
    with cast.acting(MANAGER) as change:
        RENEWING["a kind is no longer told"](cast, change)
    assert "消费" not in wall.get("/wall").text


def test_what_is_entered_for_another_day_or_as_it_was_moves_no_board(whistled: None, cast: Cast) -> None:
    with cast.acting(MANAGER) as change:
        enter(change, cast.centre.unit, TODAY, Turn("韩立新"))
    board = Poller(cast.signed_in())
    assert board.ask().status_code == 204
    with cast.acting(MANAGER) as change:
        enter(change, cast.centre.unit, TODAY, Turn("韩立新"))
        enter(change, cast.centre.unit, TODAY + timedelta(days=3), Turn("韩立新"))
        cast.centre.change_setting(change, "mediator_limit", cast.centre.setting(change.session, "mediator_limit"))
        cast.category("消费").edit(change, 1, cast.category("消费").suggestions)
    assert board.ask().status_code == 204


def test_a_board_names_the_deputy_who_stands_in(cast: Cast) -> None:
    with cast.acting(LEADER) as change:
        enter(change, cast.centre.unit, TODAY, Turn("韩立新"), Turn("苏芮"), deputised=True)
    page = cast.signed_in().get("/board").text
    assert "苏芮" in page
    assert "韩立新" not in page
