"""Forms of the whistle: one line per unit, everything else pre-filled."""

from datetime import datetime
from functools import cached_property
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
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

from blueprints.dispatch.choices import people_choices, proposed_room, room_choices
from blueprints.dispatch.queries import (
    Busy,
    Directory,
    Proposal,
    busy_people,
    mediators,
    next_mediator,
    proposals,
    proposed_level,
    recorders,
)
from models.assignment import Duty, assigned
from models.callout import CalloutOrder
from models.clock import SHANGHAI, local_day
from models.dispute import Dispute
from models.inquiry import InquiryResult, inquiries
from models.meeting import meeting_link_problem
from models.opening import Opening
from models.party import Party
from models.person import Person
from models.room import Room
from models.whistle import Level, waiting_respondents
from models.words import _
from security.identity import current
from transaction import db, now
from web.fields import LongSelectField
from web.forms import Checked, CreatingForm, LengthUpTo, strip
from web.labels import label, with_side

SPARE_LINES = 2


class LineForm(Form):  # type: ignore[misc]
    """One unit: ticked when it was proposed, typed when it was not."""

    called = BooleanField(lazy_gettext(_("Call")))
    name = StringField(lazy_gettext(_("Unit")), [LengthUpTo(80)], filters=[strip])
    question = StringField(lazy_gettext(_("Question to the unit")), [LengthUpTo(200)], filters=[strip])
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
    video_url = StringField(lazy_gettext(_("Link of the meeting")), [Checked(meeting_link_problem)], filters=[strip])
    # What is free or not yet invited changes by the very whistle: a form sent twice must still be understood.
    room_id = SelectField(lazy_gettext(_("Room")), coerce=int, validate_choice=False)
    mediator_id = LongSelectField(lazy_gettext(_("Presiding mediator")), coerce=int)
    recorder_id = LongSelectField(lazy_gettext(_("Recorder")), coerce=int)
    invite = SelectMultipleField(
        lazy_gettext(_("Invite the other side")),
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    is_drill = BooleanField(lazy_gettext(_("Drill")))

    def __init__(self, dispute: Dispute, directory: Directory) -> None:
        self.dispute, self.directory, self.centre_id = dispute, directory, dispute.centre_id
        # Only an empty form needs proposals; the one that was sent says everything itself.
        super().__init__(data=None if request.form else self._proposed())
        self.level.choices = [(level, label(level)) for level in Level]
        self.room_id.choices = lambda: room_choices(dispute)
        self.mediator_id.choices = lambda: self._people(self.mediators, Duty.MEDIATOR)
        self.recorder_id.choices = lambda: self._people(recorders(dispute.centre, self.mediators), Duty.RECORDER)
        self.invite.choices = lambda: [(party.id, with_side(party)) for party in self.waiting]

    @cached_property
    def notes(self) -> dict[str, Proposal]:
        return {proposal.unit.name: proposal for proposal in proposals(self.dispute, self.directory)}

    @cached_property
    def opening(self) -> Opening:
        return Opening(current().settings_of(self.dispute.centre))

    @cached_property
    def waiting(self) -> list[Party]:
        return waiting_respondents(self.dispute)

    @cached_property
    def mediators(self) -> list[Person]:
        return mediators(self.dispute.centre)

    @cached_property
    def busy(self) -> dict[int, Busy]:
        return busy_people(self.dispute.centre)

    def _people(self, people: list[Person], duty: Duty) -> list[tuple[int, str]]:
        return people_choices(people, self.busy, assigned(self.dispute, duty))

    def _proposed(self) -> dict[str, Any]:
        dispute = self.dispute
        mediator = assigned(dispute, Duty.MEDIATOR) or next_mediator(self.mediators, self.busy, local_day(now()))
        recorder = assigned(dispute, Duty.RECORDER)
        ticked = sum(proposal.is_ticked for proposal in self.notes.values())
        room = proposed_room(dispute, ticked)
        answered = {row.unit_id for row in inquiries(db.session(), dispute) if row.result is InquiryResult.ANSWERED}
        # In the last half hour, and in the break, the next opening is proposed instead of now.
        later = self.opening.put_off(now())
        lines: list[dict[str, Any]] = [
            {"called": proposal.is_ticked and proposal.unit.id not in answered, "name": name,
             "question": proposal.question, "limit_minutes": proposal.limit, "proposed": True}
            for name, proposal in self.notes.items() if not proposal.is_called
        ]  # fmt: skip
        return {
            "lines": lines + [{}] * SPARE_LINES,
            "is_drill": dispute.is_drill,
            "level": Level.APPOINTMENT if later else proposed_level(self.notes.values()),
            "appointed_at": later.astimezone(SHANGHAI).replace(tzinfo=None) if later else None,
            "room_id": room.id if room else 0,
            "mediator_id": mediator.id if mediator else 0,
            "recorder_id": recorder.id if recorder else 0,
            "invite": [party.id for party in self.waiting],
        }

    def validate_lines(self, field: FieldList) -> None:
        """A unit typed by hand must be one we know."""
        for line in field:
            if line.form.is_called and self.directory.ids.get(line.form.name.data or "") is None:
                line.form.name.errors = [gettext("There is no unit of this name: choose one from the list")]
                raise ValidationError("")

    def validate_room_id(self, field: SelectField) -> None:
        rooms = select(Room.id).where(Room.centre_id == self.centre_id)
        if field.data and field.data not in db.session.scalars(rooms).all():
            raise ValidationError(gettext("Choose a room of this house"))

    def orders(self) -> list[CalloutOrder]:
        ids = self.directory.ids
        return [
            CalloutOrder(ids[name], line.question.data or "", line.limit_minutes.data)
            for line in self.called_lines
            if (name := line.name.data or "") in ids
        ]

    @property
    def called_lines(self) -> list[LineForm]:
        return [line.form for line in self.lines if line.form.is_called]

    @property
    def appointed(self) -> datetime | None:
        """What is typed is Beijing time, wherever the server stands."""
        typed = self.appointed_at.data
        return typed.replace(tzinfo=SHANGHAI) if typed else None
