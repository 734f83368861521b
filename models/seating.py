"""候调: whose turn a free room is. The card that has waited longest takes the first room it fits into.

Nothing is stored: rooms and cards say it. Whatever frees or takes a room touches the cards that wait, so that every
desk is told whose turn it is now.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select

from models.callout import Callout
from models.change import Change
from models.dispute import Dispute
from models.lifecycle import DisputeStatus
from models.room import RoomUse
from models.whistle import Level, Whistle

# Mediator, recorder, and two of the house who come and go.
PEOPLE_OF_THE_HOUSE = 4
MOST_SPEAKERS = 5
WAITS = (DisputeStatus.REGISTERED, DisputeStatus.ACCEPTED, DisputeStatus.IN_MEDIATION)


class Waiting(NamedTuple):
    """A card without a room: since when its people wait, and how many seats they need."""

    dispute_id: int
    since: datetime
    seats: int


def seats_needed(representatives: int | None, head_count: int | None, units: int) -> int:
    """The people's representatives, or the first five of them; an officer of each unit; the people of the house."""
    return (representatives or min(head_count or 1, MOST_SPEAKERS)) + units + PEOPLE_OF_THE_HOUSE


def waits_for_room() -> ColumnElement[bool]:
    """On the board, whistled and in no room. Who is called for another hour waits once a unit is there."""
    here = Whistle.level.in_([Level.ORDINARY, Level.URGENT])
    return and_(
        Dispute.on_board_since.is_not(None),
        Dispute.status.in_(WAITS),
        ~exists().where(RoomUse.dispute_id == Dispute.id, RoomUse.until.is_(None)),
        or_(
            exists().where(Whistle.dispute_id == Dispute.id, here),
            exists().where(
                Callout.dispute_id == Dispute.id, Callout.arrived_at.is_not(None), Callout.released_at.is_(None)
            ),
        ),
    )


def whose_turn(waiting: Iterable[Waiting], free: Sequence[Any]) -> dict[int, Any]:
    """For each card that may go in now its room; rooms come in the order of the house and know their `seats`."""
    left, turns = list(free), {}
    for card in sorted(waiting, key=lambda one: (one.since, one.dispute_id)):
        room = next((room for room in left if room.seats >= card.seats), None)
        if room is not None:
            left.remove(room)
            turns[card.dispute_id] = room
    return turns


def touch_waiting(change: Change, centre_id: int) -> None:
    """Another room is free or taken: who waits may have another turn."""
    for dispute in change.session.scalars(select(Dispute).where(Dispute.centre_id == centre_id, waits_for_room())):
        dispute.touch(change)
