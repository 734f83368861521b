"""补录 at the window: a paper slip with the six fields, and units called by telephone with their arrivals."""

from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from blueprints.intake.forms import VisitForm
from models.clock import SHANGHAI, local_day
from models.reserved_number import ReservedNumber, find_number
from models.words import _
from security.identity import current
from transaction import db, now
from web.choices import Choice, blank, unit_choices
from web.fields import ClockField, Day, LongSelectField
from web.forms import CreatingForm, LengthUpTo, Line, Needed, strip

LINES = 4
# What the reason usually is; it stands in the file, which is Chinese.
USUAL_REASON = "断网期间纸质登记"


def moment(on: date, at: time) -> datetime:
    """What is typed is Beijing time, wherever the server stands."""
    return datetime.combine(on, at, SHANGHAI)


def _today() -> date:
    return local_day(now())


class LateFields:
    """When it happened and why it comes late."""

    on = Day(_("Day"), InputRequired(lazy_gettext(_("Enter the day"))), default=_today)
    at = ClockField(lazy_gettext(_("Time")), [InputRequired(lazy_gettext(_("Enter the time on the paper")))])
    reason = Line(_("Why it is entered later"), Needed(_("Enter the reason")), most=200, default=USUAL_REASON)

    @property
    def original_at(self) -> datetime:
        return moment(self.on.data, self.at.data)  # type: ignore[attr-defined]


class BackEntryForm(LateFields, VisitForm):
    """A slip in the order in which it lies on the desk: number, time, six fields."""

    paper_number = Line(_("Number on the paper"), most=24)

    slip: ReservedNumber | None = None

    def validate_paper_number(self, field: StringField) -> None:
        centre = current().centre
        self.slip = find_number(db.session(), centre, field.data) if field.data and centre else None
        if field.data and self.slip is None:
            raise ValidationError(gettext("No such number was reserved; leave it empty for a slip without number"))


class CallForm(Form):  # type: ignore[misc]
    """One unit that was telephoned."""

    unit_id = LongSelectField(lazy_gettext(_("Unit")))
    told = StringField(lazy_gettext(_("Who was told")), [LengthUpTo(60)], filters=[strip])
    arrived = ClockField(lazy_gettext(_("Came at")), [Optional()])


class LateWhistleForm(LateFields, CreatingForm):
    """Units called by telephone at one time."""

    calls = FieldList(FormField(CallForm), min_entries=LINES, max_entries=LINES * 4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: list[Choice] = [blank(gettext("None")), *unit_choices()]
        for entry in self.calls:
            entry.form.unit_id.choices = units

    @property
    def called(self) -> list[CallForm]:
        return [entry.form for entry in self.calls if entry.form.unit_id.data]
