"""The one line per awaited unit or party: when it came, or that it had not come."""

from datetime import datetime

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField
from wtforms.validators import InputRequired, StopValidation

from models.clock import SHANGHAI
from models.words import _
from web.fields import ClockField, Day
from web.forms import BaseForm, Line, Needed

CAME, ABSENT = "arrival", "absence"
# Kept with each entry as its reason, in the language of the file.
REASON = "断线期间未能登记"


def _said(form: BaseForm, field: ClockField) -> None:
    """Who had come had come at some time; who had not has none."""
    if not any(text.strip() for text in field.raw_data or ()):
        field.errors = []
        raise StopValidation("" if form["happened"].data == ABSENT else gettext("Enter the time at which they came"))


class AwaitedForm(BaseForm):
    """`at` is Beijing time; empty until somebody says it."""

    on = Day(_("Day"), InputRequired(lazy_gettext(_("Enter the day"))))
    at = ClockField(lazy_gettext(_("Came at")), [_said])
    happened = HiddenField(default=CAME)
    reason = Line(_("Why it is entered later"), Needed(_("Enter the reason")), most=200, default=REASON)

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.on.data, self.at.data, SHANGHAI)
