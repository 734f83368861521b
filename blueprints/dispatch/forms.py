"""Forms of the whistle: one line per unit, everything else pre-filled."""

from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.dispatch.queries import (
    Busy,
    Directory,
    busy_people,
    mediators,
    next_mediator,
    proposals,
    recorders,
)
from models.assignment import Duty, assigned
from models.callout import CalloutOrder
from models.clock import SHANGHAI, local_day
from models.dispute import Dispute
from models.person import Person
from models.room import Room, RoomPurpose, free_rooms, room_of
from models.whistle import Level, waiting_respondents
from models.words import _
from transaction import db, now
from web.filters import clock_time
from web.forms import CreatingForm, LengthUpTo, strip
from web.labels import label
from web.language import named

SPARE_LINES = 2
PEOPLE_OF_THE_HOUSE = 4


class LineForm(Form):  # type: ignore[misc]
    """One unit: ticked when it was proposed, typed when it was not."""

    called = BooleanField(lazy_gettext(_("Call")))
    name = StringField(lazy_gettext(_("Unit")), [LengthUpTo(80)], filters=[strip])
    question = StringField(lazy_gettext(_("Question")), [LengthUpTo(200)], filters=[strip])
    limit_minutes = IntegerField(
        lazy_gettext(_("Minutes")),
        [Optional(), NumberRange(1, 600, lazy_gettext(_("Enter a whole number between 1 and 600")))],
    )
    # A line of the proposal is called by its tick, a line typed by hand by its name.
    proposed = BooleanField(widget=None)

    @property
    def is_called(self) -> bool:
        return bool(self.called.data if self.proposed.data else self.name.data)


class WhistleForm(CreatingForm):
    lines = FieldList(FormField(LineForm))
    level = SelectField(lazy_gettext(_("Level")), coerce=Level)
    appointed_at = DateTimeLocalField(
        lazy_gettext(_("Appointed time")), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )
    # What is free or not yet invited changes by the very whistle: a form sent twice must still be understood.
    room_id = SelectField(lazy_gettext(_("Room")), coerce=int, validate_choice=False)
    mediator_id = SelectField(lazy_gettext(_("Presiding mediator")), coerce=int)
    recorder_id = SelectField(lazy_gettext(_("Recorder")), coerce=int)
    invite = SelectMultipleField(
        lazy_gettext(_("Invite the other side")),
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def __init__(self, dispute: Dispute, directory: Directory) -> None:
        busy = busy_people(dispute.centre)
        self.notes = {proposal.unit.name: proposal for proposal in proposals(dispute, directory)}
        self.waiting = waiting_respondents(dispute)
        super().__init__(data=self._proposed(dispute, busy))
        self.directory, self.centre_id = directory, dispute.centre_id
        self.level.choices = [(level, label(level)) for level in Level]
        self.room_id.choices = room_choices(dispute)
        self.mediator_id.choices = people_choices(mediators(dispute.centre), busy, assigned(dispute, Duty.MEDIATOR))
        self.recorder_id.choices = people_choices(recorders(dispute.centre), busy, assigned(dispute, Duty.RECORDER))
        self.invite.choices = [(party.id, f"{party.name}({label(party.side)})") for party in self.waiting]

    def _proposed(self, dispute: Dispute, busy: dict[int, Busy]) -> dict[str, Any]:
        mediator = assigned(dispute, Duty.MEDIATOR) or next_mediator(mediators(dispute.centre), busy, local_day(now()))
        recorder = assigned(dispute, Duty.RECORDER)
        ticked = sum(proposal.is_ticked for proposal in self.notes.values())
        room = proposed_room(dispute, ticked)
        lines: list[dict[str, Any]] = [
            {"called": proposal.is_ticked, "name": name, "question": proposal.question,
             "limit_minutes": proposal.limit, "proposed": True}
            for name, proposal in self.notes.items() if not proposal.is_called
        ]  # fmt: skip
        return {
            "lines": lines + [{}] * SPARE_LINES,
            "level": Level.ORDINARY,
            "room_id": room.id if room else 0,
            "mediator_id": mediator.id if mediator else 0,
            "recorder_id": recorder.id if recorder else 0,
            "invite": [party.id for party in self.waiting],
        }

    def validate_lines(self, field: FieldList) -> None:
        """A unit typed by hand must be one we know."""
        for line in field:
            if line.form.is_called and self.directory.find(line.form.name.data or "") is None:
                line.form.name.errors = [gettext("There is no unit of this name: choose one from the list")]
                raise ValidationError("")

    def validate_room_id(self, field: SelectField) -> None:
        room = db.session.get(Room, field.data) if field.data else None
        if field.data and (room is None or room.centre_id != self.centre_id):
            raise ValidationError(gettext("Choose a room of this house"))

    def orders(self) -> list[CalloutOrder]:
        found = [(self.directory.find(line.name.data or ""), line) for line in self.called_lines]
        return [
            CalloutOrder(unit.id, line.question.data or "", line.limit_minutes.data) for unit, line in found if unit
        ]

    @property
    def called_lines(self) -> list[LineForm]:
        return [line.form for line in self.lines if line.form.is_called]

    @property
    def appointed(self) -> datetime | None:
        """What is typed is Beijing time, wherever the server stands."""
        typed = self.appointed_at.data
        return typed.replace(tzinfo=SHANGHAI) if typed else None


def proposed_room(dispute: Dispute, units: int) -> Room | None:
    """The room it has, else the first free mediation room that seats representatives, units and the house's people."""
    sitting = room_of(db.session(), dispute.id)
    if sitting is not None:
        return sitting
    free = [room for room in free_rooms(db.session(), dispute.centre_id) if room.purpose is RoomPurpose.MEDIATION]
    visit = dispute.visits[-1] if dispute.visits else None
    people = (visit.representatives or min(visit.head_count, 5)) if visit else 1
    needed = people + units + PEOPLE_OF_THE_HOUSE
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
