"""The watch over every other test: it lets no change of the record pass that has no event, and nothing else is held."""

import pytest
from sqlalchemy import update

from models.person import Person
from security import sessions
from tests.support.cast import CLERK, SECURITY, Cast
from tests.support.unrecorded import Unrecorded, by_hand
from transaction import db, writing


def renamed(cast: Cast) -> bool:
    db.session.rollback()
    return cast.person(CLERK).name == "许文倩"


def test_a_change_without_an_event_is_not_committed(cast: Cast) -> None:
    with pytest.raises(Unrecorded, match="people"), cast.acting(SECURITY):
        cast.person(CLERK).name = "许文倩"
    assert not renamed(cast)


def test_a_change_with_its_event_is(cast: Cast) -> None:
    with cast.acting(SECURITY) as change:
        cast.person(CLERK).edit(change, cast.person(CLERK).version, "许文倩", None)
    assert renamed(cast)


def test_so_is_what_a_test_puts_in_place(cast: Cast) -> None:
    with by_hand(), cast.acting(SECURITY):
        cast.person(CLERK).name = "许文倩"
    assert renamed(cast)
    with writing() as session:
        session.execute(update(Person).values(name="许文倩"))


def test_and_what_the_house_needs_to_run(cast: Cast) -> None:
    token = cast.signed_in().get_cookie("sid").value
    sessions.lock(sessions.recognise(token))
