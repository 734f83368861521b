"""Rooms: what each is for and how many it seats."""

from typing import Any

from flask import Response, url_for

from blueprints.admin import bp, queries
from blueprints.admin.forms import NewRoomForm, RoomForm
from models.room import Room
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import edited
from web.responses import found_or_404, page


@bp.get("/administration/rooms")
@requires(Permission.CENTRE_MANAGE)
def list_rooms() -> Response:
    centre = queries.own_centre()
    rooms = db.session.scalars(queries.rooms_of(centre)).all()
    return page("admin/rooms.html", rooms=rooms, in_use=queries.rooms_in_use(centre))


@bp.get("/administration/rooms/new")
@requires(Permission.CENTRE_MANAGE)
def new_room() -> Response:
    queries.own_centre()
    return page("admin/room.html", form=NewRoomForm(), room=None, differences=None)


@bp.post("/administration/rooms")
@requires(Permission.CENTRE_MANAGE)
def create_room() -> Response:
    centre, form = queries.own_centre(), NewRoomForm()

    def save() -> None:
        with transaction(current().actor, form.submitted) as change:
            Room.create(change, centre, **_facts(form))
            change.location = url_for("admin.list_rooms")

    return edited(form, save, to=url_for("admin.list_rooms"), template="admin/room.html", stored=NewRoomForm, room=None)


@bp.get("/administration/rooms/<int:room_id>")
@requires(Permission.CENTRE_MANAGE)
def edit_room(room_id: int) -> Response:
    room = _room(room_id)
    return page("admin/room.html", form=_stored(room), room=room, differences=None)


@bp.post("/administration/rooms/<int:room_id>")
@requires(Permission.CENTRE_MANAGE)
def update_room(room_id: int) -> Response:
    room, form = _room(room_id), RoomForm()

    def save() -> None:
        with transaction(current().actor) as change:
            room.edit(change, form.version.data, **_facts(form))

    return edited(form, save, to=url_for("admin.list_rooms"), template="admin/room.html",
                  stored=lambda: _stored(room), room=room)  # fmt: skip


def _room(room_id: int) -> Room:
    return found_or_404(queries.rooms_of(queries.own_centre()).where(Room.id == room_id))


def _stored(room: Room) -> RoomForm:
    return RoomForm(formdata=None, obj=room)


def _facts(form: Any) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "name_en": form.name_en.data or None,
        "purpose": form.purpose.data,
        "seats": form.seats.data,
        "floor": form.floor.data or "",
        "position": form.position.data,
        "is_active": form.is_active.data,
    }
