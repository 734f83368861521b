"""Where a dispute sits and who leads and records there; calling the queue number."""

from flask import Response, url_for
from sqlalchemy import select

from blueprints.dispatch import bp
from blueprints.dispatch.answer_forms import AssignmentsForm, RoomForm
from blueprints.dispatch.choices import people_choices, proposed_room, room_choices
from blueprints.dispatch.queries import busy_people, mediators, recorders
from models.assignment import Duty, assigned, assignment_version, reassign
from models.dispute import Dispute
from models.errors import TransitionNotAllowed
from models.person import Person
from models.room import Room, leave_rooms, room_of
from models.visit import Visit
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import edited
from web.language import named
from web.responses import done, found_or_404, is_htmx, page, see_other

RECORD = Permission.CALLOUT_RECORD


@bp.get("/disputes/<ref:reference>/room")
@requires(RECORD)
def edit_room(reference: str) -> Response:
    dispute = _dispute(reference)
    proposed = proposed_room(dispute, len(dispute.callouts))
    form = RoomForm(data={"room_id": proposed.id if proposed else 0})
    form.room_id.choices = room_choices(dispute)
    return page("dispatch/room.html", dispute=dispute, form=form)


@bp.post("/disputes/<ref:reference>/room")
@requires(RECORD)
def update_room(reference: str) -> Response:
    """候调 ends, another room, or none: the visit waits again."""
    dispute, form = _dispute(reference), RoomForm()
    # A room that was taken meanwhile is refused by the rule, which names it.
    rooms = db.session.scalars(select(Room).where(Room.centre_id == dispute.centre_id, Room.is_active)).all()
    form.room_id.choices = [(0, ""), *((room.id, named(room)) for room in rooms)]
    room = next((room for room in rooms if room.id == form.room_id.data), None)

    def verb() -> None:
        with transaction(current().actor) as change:
            if room is not None:
                room.seat(change, dispute)
            else:
                dispute.lock(change)
                leave_rooms(change, dispute.id)
                dispute.touch(change)

    if form.accepts(verb):
        return done(_back(dispute))
    if is_htmx():  # a tap on the board for a room that was taken meanwhile
        return see_other(url_for(".edit_room", reference=reference))
    form.room_id.choices = room_choices(dispute)
    return page("dispatch/room.html", form.status, dispute=dispute, form=form)


@bp.post("/visits/<int:visit_id>/call")
@requires(RECORD)
def create_call(visit_id: int) -> Response:
    """叫号: the hall screen shows the queue number and the room."""
    visit = found_or_404(select(Visit).where(Visit.id == visit_id, current().reaches(Visit.dispute_id, RECORD)))
    dispute = db.session.get_one(Dispute, visit.dispute_id)
    room = room_of(db.session(), dispute.id)
    if room is None:
        raise TransitionNotAllowed(_("Choose the room first"))
    with transaction(current().actor) as change:
        visit.call(change, room)
    return done(_back(dispute))


@bp.get("/disputes/<ref:reference>/assignments")
@requires(RECORD)
def edit_assignments(reference: str) -> Response:
    dispute = _dispute(reference)
    form = _assignments(dispute, _held(dispute))
    return page("dispatch/assignments.html", dispute=dispute, form=form, differences=None)


@bp.post("/disputes/<ref:reference>/assignments")
@requires(RECORD)
def update_assignments(reference: str) -> Response:
    dispute = _dispute(reference)
    form = _assignments(dispute, None)

    def verb() -> None:
        mediator, recorder = (_person(field.data) for field in (form.mediator_id, form.recorder_id))
        with transaction(current().actor) as change:
            reassign(change, dispute, form.version.data, mediator, recorder)

    return edited(form, verb, to=_back(dispute), template="dispatch/assignments.html",
                  stored=lambda: _assignments(dispute, _held(dispute)), dispute=dispute)  # fmt: skip


def _held(dispute: Dispute) -> dict[str, int]:
    return {"version": assignment_version(dispute), "mediator_id": _id(dispute, Duty.MEDIATOR),
            "recorder_id": _id(dispute, Duty.RECORDER)}  # fmt: skip


def _assignments(dispute: Dispute, held: dict[str, int] | None) -> AssignmentsForm:
    """From the record when it is given, else from what was sent."""
    busy, leading = busy_people(dispute.centre), mediators(dispute.centre)
    form = AssignmentsForm(formdata=None, data=held) if held is not None else AssignmentsForm()
    form.mediator_id.choices = people_choices(leading, busy, assigned(dispute, Duty.MEDIATOR))
    writing = recorders(dispute.centre, leading)
    form.recorder_id.choices = people_choices(writing, busy, assigned(dispute, Duty.RECORDER))
    return form


def _id(dispute: Dispute, duty: Duty) -> int:
    person = assigned(dispute, duty)
    return person.id if person else 0


def _person(key: int | None) -> Person | None:
    return db.session.get(Person, key) if key else None


def _back(dispute: Dispute) -> str:
    return url_for("disputes.show_dispute", reference=dispute.reference)


def _dispute(reference: str) -> Dispute:
    return found_or_404(current().disputes(RECORD).where(Dispute.reference == reference))
