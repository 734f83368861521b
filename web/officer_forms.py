"""The forms of the officer's page. Each tap has its own key: sent again on a bad line, it is done once."""

import unicodedata
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from models.callout import AnswerResult
from models.extension import MOST_MINUTES
from models.identity import phone_problem
from models.time_request import TimeWish
from models.words import _
from transaction import SubmittedForm
from web.fields import Day
from web.forms import Checked, CreatingForm, Line, Lines, Needed
from web.labels import label
from web.parts import PartForm

LAST_STEP = 2**31 - 1


def digits(value: str | None) -> str | None:
    """A code as people type it: with spaces between, or in full-width digits."""
    return "".join(unicodedata.normalize("NFKC", value).split()) if value else value


class TapForm(CreatingForm):
    """签收, 已出发, 加入视频: a button alone."""


class ScanForm(CreatingForm):
    """报到 by QR: the officer is known already, or names himself beside the tap.

    A tap kept over a reload comes without a name, which no browser may store; it says only whether the officer was the
    one the page had `known`.
    """

    name = Line(_("Officer's name"), most=60)
    post = Line(_("Post"), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=20)
    known = BooleanField()

    @property
    def submitted(self) -> SubmittedForm:
        """With and without the name it is the same tap."""
        return SubmittedForm.of(self.submission.data or "", {})


class CodeForm(ScanForm):
    """报到 by the four digits, with the step at which a phone with a script says they were typed."""

    code = StringField(
        lazy_gettext(_("Arrival code")),
        [
            Needed(_("Enter the four digits shown inside the centre")),
            Regexp(r"^[0-9]{4}$", message=lazy_gettext(_("The code has four digits"))),
        ],
        filters=[digits],
    )
    step = IntegerField(validators=[Optional(), NumberRange(0, LAST_STEP)])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whoever types the code on the page also says who he is; a tap kept over a reload cannot."""
        good = super().validate(*args, **kwargs)
        if self.step.data is None and not self.name.data:
            self.name.errors = [*self.name.errors, lazy_gettext(_("Enter the officer's name"))]
            return False
        return bool(good)

    @property
    def submitted(self) -> SubmittedForm:
        return SubmittedForm.of(self.submission.data or "", {"code": self.code.data, "step": self.step.data})


class OfficerForm(PartForm, CreatingForm):
    """改派他人: who comes instead."""

    word = "substitute"

    name = Line(_("Officer's name"), Needed(_("Enter the officer's name")), most=60)
    post = Line(_("Post"), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=20)


class ObjectionForm(PartForm, CreatingForm):
    word = "objection"
    reason = Lines(_("Why the matter is not yours"), Needed(_("Enter why the matter is not yours")), most=500)
    basis = Line(_("Legal or organisational basis"), most=200)


class TimeForm(PartForm, CreatingForm):
    """延时申请: more minutes, or the clock to stand still; the duty leader decides."""

    word = "time"
    wish = RadioField(lazy_gettext(_("What is asked for")), default=TimeWish.MORE_MINUTES.value)
    minutes = IntegerField(
        lazy_gettext(_("Minutes more")),
        [Optional(), NumberRange(1, MOST_MINUTES, lazy_gettext(_("Enter a whole number between 1 and 240")))],
    )
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.wish.choices = [(wish.value, label(wish)) for wish in TimeWish]


class AnswerForm(PartForm, CreatingForm):
    """单位答复: what the unit itself says after its arrival."""

    word = "answer"
    result = RadioField(lazy_gettext(_("Result")), [InputRequired(lazy_gettext(_("Choose the result")))])
    due_on = Day(_("Reply by"))
    answer = Lines(_("Answer to the question"), most=1000)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.result.choices = [(result.value, label(result)) for result in AnswerResult]
