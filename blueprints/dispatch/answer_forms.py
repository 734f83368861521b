"""Forms of the callout page, of invitations, rooms and duties: each small."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from models.extension import MOST_MINUTES
from models.identity import phone_problem
from models.invitation import PhoneResult
from models.pause import PauseReason
from models.words import _
from web.fields import Day
from web.forms import BaseForm, Checked, CreatingForm, Line, Lines, Needed, VersionedForm
from web.labels import label
from web.parts import PartForm


class ArrivalForm(PartForm):
    word = "arrival"
    name = Line(_("Officer's name"), most=60)
    post = Line(_("Post"), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=20)


class TelephoneForm(PartForm):
    word = "telephone"
    name = Line(_("Who was told"), Needed(_("Enter who was told on the telephone")), most=60)


class StandDownForm(PartForm):
    word = "stand-down"
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)


class CorrectionForm(PartForm):
    """更正: which tap is taken back, and why."""

    word = "correction"
    tap = RadioField(lazy_gettext(_("What was wrong")))
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)


class PauseForm(PartForm):
    word = "pause"
    reason = SelectField(lazy_gettext(_("Why the time stands still")))
    words = Line(_("In words"), most=200)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = [(reason.value, label(reason)) for reason in PauseReason]


class ExtensionForm(PartForm):
    word = "extension"
    version = IntegerField(widget=HiddenInput())
    minutes = IntegerField(
        lazy_gettext(_("Minutes more")),
        [NumberRange(1, MOST_MINUTES, lazy_gettext(_("Enter a whole number between 1 and 240")))],
    )
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)


class NoShowForm(PartForm):
    word = "no-show"
    words = Line(_("In words"), most=200)


class LateArrivalForm(PartForm):
    """超时到: the officer came after he was noted as missing."""

    word = "late-arrival"
    name = Line(_("Officer's name"), most=60)
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)


class ReplyForm(PartForm):
    """已答复: the day on which the promised reply came."""

    word = "reply"
    replied_on = Day(_("Replied on"), Needed(_("Enter the day on which the unit replied")))


class ObjectionForm(PartForm):
    word = "objection"
    reason = Lines(_("Reason"), Needed(_("Enter why the matter is not yours")), most=500)
    basis = Line(_("Legal or organisational basis"), most=200)


class DecisionForm(PartForm):
    word = "decision"
    units = Line(_("Unit called instead"), most=80)
    question = Line(_("Question to the unit"), most=200)


class NoteForm(BaseForm):
    """What a telephone call to the other side ended with: one tap."""

    result = SelectField(coerce=PhoneResult)
    minutes = IntegerField(validators=[Optional(), NumberRange(1, 1440)])

    def __init__(self) -> None:
        super().__init__()
        self.result.choices = [(result, label(result)) for result in PhoneResult]


class InvitationForm(CreatingForm):
    # Once invited a party is no choice any more, but the form sent twice must still be understood.
    party_id = SelectField(lazy_gettext(_("Party not invited yet")), coerce=int, validate_choice=False)
    who = Line(_("Or another body or person, by name"), most=80)


class AssignmentsForm(VersionedForm):
    mediator_id = SelectField(lazy_gettext(_("Presiding mediator")), coerce=int)
    recorder_id = SelectField(lazy_gettext(_("Recorder")), coerce=int)


class RoomForm(BaseForm):
    room_id = SelectField(lazy_gettext(_("Room")), coerce=int)
