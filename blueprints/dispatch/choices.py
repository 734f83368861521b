"""What a whistle may choose from: rooms that are free, people of the house and where they sit."""

from flask_babel import gettext

from blueprints.dispatch.queries import Busy
from models.dispute import Dispute
from models.person import Person
from models.room import Room, RoomPurpose, free_rooms, room_of
from models.seating import seats_needed
from transaction import db
from web.filters import clock_time
from web.language import named


def proposed_room(dispute: Dispute, units: int) -> Room | None:
    """The room it has, else the first free mediation room that seats representatives, units and the house's people."""
    sitting = room_of(db.session(), dispute.id)
    if sitting is not None:
        return sitting
    free = [room for room in free_rooms(db.session(), dispute.centre_id) if room.purpose is RoomPurpose.MEDIATION]
    visit = dispute.visits[-1] if dispute.visits else None
    needed = seats_needed(visit.representatives if visit else None, visit.head_count if visit else None, units)
    return next((room for room in free if room.seats >= needed), max(free, key=lambda room: room.seats, default=None))


def room_choices(dispute: Dispute) -> list[tuple[int, str]]:
    """Its own room, the free ones, or none: the visit waits."""
    sitting = room_of(db.session(), dispute.id)
    rooms = [*([sitting] if sitting else []), *free_rooms(db.session(), dispute.centre_id)]
    waiting = [(0, gettext("No room yet: the visit waits"))]
    return [
        (room.id, gettext("%(room)s, %(seats)s seats", room=named(room), seats=room.seats)) for room in rooms
    ] + waiting


def people_choices(people: list[Person], busy: dict[int, Busy], held: Person | None) -> list[tuple[int, str]]:
    """Names, with the room somebody sits in and since when."""

    def words(person: Person) -> str:
        seat = busy.get(person.id)
        if seat is None:
            return named(person)
        return gettext("%(name)s (in %(room)s since %(time)s)", name=named(person), room=named(seat.room),
                       time=clock_time(seat.since))  # fmt: skip

    every = [*people, *([held] if held and held not in people else [])]
    return [(0, gettext("Nobody yet")), *((person.id, words(person)) for person in every)]
