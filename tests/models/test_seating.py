"""候调: whose turn a free room is."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from models.board import changed_since, revision
from models.callout import CalloutOrder
from models.dispute import Dispute
from models.errors import RuleBroken
from models.room import leave_rooms
from models.seating import Waiting, seats_needed, waits_for_room, whose_turn
from models.whistle import Level, WhistleOrder, sound
from tests.support.cast import MANAGER, Cast
from tests.support.clock import Clock
from transaction import db

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)


class Place(NamedTuple):
    name: str
    seats: int


SMALL, LARGE = Place("二室", 8), Place("一室", 20)


def card(key: int, minutes: int, seats: int) -> Waiting:
    return Waiting(key, NINE + timedelta(minutes=minutes), seats)


def test_who_has_waited_longest_goes_first() -> None:
    assert whose_turn([card(1, 10, 8), card(2, 5, 8)], [SMALL]) == {2: SMALL}


def test_a_room_too_small_is_left_to_the_next_who_fits() -> None:
    assert whose_turn([card(1, 0, 12), card(2, 5, 8)], [SMALL]) == {2: SMALL}
    assert whose_turn([card(1, 0, 12), card(2, 5, 8)], [SMALL, LARGE]) == {1: LARGE, 2: SMALL}
    assert whose_turn([card(1, 0, 30)], [SMALL, LARGE]) == {}


def test_seats_are_for_speakers_units_and_the_house() -> None:
    assert seats_needed(None, 31, 3) == 12
    assert seats_needed(2, 31, 3) == 9
    assert seats_needed(None, None, 1) == 6


def waiting() -> list[int]:
    return list(db.session.scalars(select(Dispute.id).where(waits_for_room()).order_by(Dispute.id)))


def test_who_waits_is_whistled_and_in_no_room(cast: Cast, clock: Clock) -> None:
    cast.registered()
    cast.whistled(room="调解一室")
    here = cast.whistled(room=None).dispute
    later = cast.registered()
    with cast.acting() as change:
        order = WhistleOrder([CalloutOrder(cast.unit("水务局").id)], level=Level.APPOINTMENT,
                             appointed_at=clock.now + timedelta(hours=5))  # fmt: skip
        sound(change, later, order)
    assert waiting() == [here.id]


def test_a_room_that_is_left_or_taken_changes_the_cards_that_wait(cast: Cast) -> None:
    sitting, here = cast.whistled(room="调解一室").dispute, cast.whistled(room=None).dispute
    audience = f"centre:{cast.centre.id}"
    before = revision(db.session(), audience)[1]
    with cast.acting() as change:
        leave_rooms(change, sitting.id)
    assert here.id in changed_since(db.session(), audience, before)
    before = revision(db.session(), audience)[1]
    with cast.acting() as change:
        cast.room("调解一室").seat(change, sitting)
    assert here.id in changed_since(db.session(), audience, before)


def test_nobody_is_seated_in_a_room_that_was_closed_meanwhile(cast: Cast) -> None:
    dispute, room = cast.registered(), cast.room("调解三室")
    with cast.acting(MANAGER) as change:
        room.edit(change, room.version, is_active=False)
    with pytest.raises(RuleBroken, match="no longer in use"), cast.acting() as change:
        room.take(change, dispute.id)
