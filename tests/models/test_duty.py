"""The roster: who is told now, deputies, swapped days, a week taken over."""

from datetime import date, timedelta

import pytest

from models.clock import local_day
from models.duty import Turn, copy_week, enter, on_duty, swap
from models.duty_turn import DutyTurn, turn_of
from models.errors import RuleBroken, Stale
from models.event import Event
from tests.support.cast import MANAGER, Cast
from transaction import db

OFFICER, DEPUTY = Turn("苏明山", "科长", "19000001099"), Turn("陆永强", "副科长", "19000001098")


@pytest.fixture
def day(clock) -> date:
    """A day without anybody at the unit of these tests, far behind what the demo has planned."""
    return local_day(clock()) + timedelta(days=60)


def put(cast: Cast, day: date, *people: Turn, **more: object) -> None:
    with cast.acting(MANAGER) as change:
        enter(change, cast.unit("林草局"), day, *people, **more)


def turn(cast: Cast, day: date) -> DutyTurn | None:
    return turn_of(db.session, cast.unit("林草局"), day)


def kinds(cast: Cast) -> list[str]:
    stream = f"unit:{cast.unit('林草局').id}"
    return [event.kind for event in db.session.query(Event).filter_by(stream=stream).order_by(Event.seq)][1:]


def test_entering_the_same_duty_twice_is_once(cast: Cast, day: date) -> None:
    for _time in range(2):
        put(cast, day, OFFICER, DEPUTY)
    held, sealer = turn(cast, day), cast.app.extensions["sealer"]
    assert (held.name, held.post, held.deputy_name) == ("苏明山", "科长", "陆永强")
    assert (held.clear_telephone(sealer), held.clear_deputy_telephone(sealer)) == ("19000001099", "19000001098")
    assert kinds(cast) == ["unit:roster"]


def test_a_telephone_stays_with_its_person(cast: Cast, day: date) -> None:
    sealer = cast.app.extensions["sealer"]
    put(cast, day, OFFICER, DEPUTY)
    put(cast, day, Turn("苏明山", "副局长"), Turn("陆永强"))
    assert turn(cast, day).clear_telephone(sealer) == "19000001099"
    assert turn(cast, day).clear_deputy_telephone(sealer) == "19000001098"
    put(cast, day, Turn("陆永强"), Turn("苏明山"))
    assert turn(cast, day).clear_telephone(sealer) == ""
    assert turn(cast, day).clear_deputy_telephone(sealer) == ""


def test_a_turn_somebody_else_changed_is_not_overwritten(cast: Cast, day: date) -> None:
    put(cast, day, OFFICER, seen="")
    with pytest.raises(Stale):
        put(cast, day, DEPUTY, seen="")
    put(cast, day, Turn())
    assert turn(cast, day) is None


def test_the_officer_is_told_else_the_deputy_else_nobody(cast: Cast, clock) -> None:
    unit, today = cast.unit("林草局"), local_day(clock())

    def told() -> str | None:
        found = on_duty(db.session, unit, clock())
        return found.name if found else None

    put(cast, today, OFFICER, DEPUTY)
    assert told() == "苏明山"
    put(cast, today, OFFICER, DEPUTY, deputised=True)
    assert told() == "陆永强"
    put(cast, today, Turn(), DEPUTY)
    assert told() == "陆永强"
    put(cast, today, Turn(), Turn())
    assert told() is None


def test_whoever_is_told_comes_with_his_own_telephone(cast: Cast, clock) -> None:
    put(cast, local_day(clock()), OFFICER, DEPUTY, deputised=True)
    assert on_duty(db.session, cast.unit("林草局"), clock(), cast.app.extensions["sealer"]).telephone == "19000001098"
    assert on_duty(db.session, cast.unit("林草局"), clock()).telephone is None


def test_nobody_stands_in_without_a_name(cast: Cast, day: date) -> None:
    with pytest.raises(RuleBroken, match="the deputy who stands in"):
        put(cast, day, OFFICER, deputised=True)


def test_two_days_change_places_with_their_deputies(cast: Cast, day: date) -> None:
    other, sealer = day + timedelta(days=3), cast.app.extensions["sealer"]
    put(cast, day, OFFICER, DEPUTY, deputised=True)
    put(cast, other, Turn("石启明", "科员", "19000001097"))
    with cast.acting(MANAGER) as change:
        swap(change, cast.unit("林草局"), (day, turn(cast, day).uid), (other, turn(cast, other).uid))
    first, second = turn(cast, day), turn(cast, other)
    assert (first.name, first.deputy_name, first.is_deputised) == ("石启明", "", False)
    assert (second.name, second.deputy_name, second.is_deputised) == ("苏明山", "陆永强", True)
    assert first.clear_telephone(sealer) == "19000001097"
    assert second.clear_deputy_telephone(sealer) == "19000001098"
    assert kinds(cast)[-1] == "unit:swap-duty"


def test_a_day_is_given_away_to_an_open_one(cast: Cast, day: date) -> None:
    other = day + timedelta(days=1)
    put(cast, day, OFFICER)
    with cast.acting(MANAGER) as change:
        swap(change, cast.unit("林草局"), (day, turn(cast, day).uid), (other, ""))
    assert turn(cast, day) is None
    assert turn(cast, other).name == "苏明山"


def test_what_is_no_swap_is_refused(cast: Cast, day: date) -> None:
    unit, other = cast.unit("林草局"), day + timedelta(days=1)
    for first, second, words in ((day, day, "two different days"), (day, other, "Nobody is on duty")):
        with pytest.raises(RuleBroken, match=words), cast.acting(MANAGER) as change:
            swap(change, unit, (first, ""), (second, ""))
    put(cast, day, OFFICER)
    with pytest.raises(Stale), cast.acting(MANAGER) as change:
        swap(change, unit, (day, ""), (other, ""))


def test_a_week_is_taken_over_to_its_weekdays_and_nobody_is_pushed_out(cast: Cast, day: date) -> None:
    put(cast, day, OFFICER, DEPUTY)
    put(cast, day + timedelta(days=2), DEPUTY)
    put(cast, day + timedelta(days=9), OFFICER)
    with cast.acting(MANAGER) as change:
        assert copy_week(change, cast.unit("林草局"), day) == 1
    taken = turn(cast, day + timedelta(days=7))
    assert (taken.name, taken.deputy_name) == ("苏明山", "陆永强")
    assert taken.clear_deputy_telephone(cast.app.extensions["sealer"]) == "19000001098"
    assert turn(cast, day + timedelta(days=9)).name == "苏明山"
    assert turn(cast, day + timedelta(days=8)) is None
