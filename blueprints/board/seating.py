"""Which waiting card may go into which free room, for the desk. One statement, and only while both are there."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from blueprints.board.rows import Offer, Place
from models.callout import Callout
from models.dispute import Dispute
from models.prepared import Prepared, Reading
from models.room import RoomPurpose
from models.seating import Waiting, seats_needed, waits_for_room, whose_turn
from models.visit import Visit

_newest = aliased(Visit)
_WAITING = Prepared(
    select(
        Dispute.id,
        func.coalesce(Visit.arrived_at, Dispute.on_board_since).label("since"),
        Visit.representatives,
        Visit.head_count,
        select(func.count(Callout.id))
        .where(Callout.dispute_id == Dispute.id, Callout.still_open())
        .scalar_subquery()
        .label("units"),
    )
    .outerjoin(
        Visit, Visit.id == select(func.max(_newest.id)).where(_newest.dispute_id == Dispute.id).scalar_subquery()
    )
    .where(Dispute.centre_id == bindparam("centre_id"), waits_for_room())
)


def offers(reading: Reading, centre_id: int, places: Iterable[Place], rooms: Iterable[Any]) -> dict[int, Offer]:
    """The room that is offered to each card whose turn it is."""
    free = [room for room in rooms if room.since is None and room.purpose == RoomPurpose.MEDIATION]
    if not free or not any(place.whistled and not place.seated for place in places):
        return {}
    waiting = [
        Waiting(row.id, row.since, seats_needed(row.representatives, row.head_count, row.units))
        for row in reading.rows(_WAITING, centre_id=centre_id)
    ]
    return {
        dispute_id: Offer(room.id, room.name, room.name_en, room.seats)
        for dispute_id, room in whose_turn(waiting, free).items()
    }
