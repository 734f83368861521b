"""Forms of what is paid or done under a term, and of what follows when it is not."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from models.breach import ReminderChannel
from models.performance import PaidBy
from models.words import _
from web.fields import Day, Yuan
from web.forms import BaseForm, CreatingForm, Line, Needed
from web.labels import label


class PerformanceForm(CreatingForm):
    """The rest is proposed; a smaller amount leaves something due."""

    performed_on = Day(_("Performed on"), Needed(_("Enter the day of performance")))
    amount_fen = Yuan(_("Amount, yuan"))
    paid_by = RadioField(lazy_gettext(_("How it was paid")), validators=[Optional()], default=PaidBy.TRANSFER.value)
    evidence = Line(_("What shows it"), most=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paid_by.choices = [(word.value, label(word)) for word in PaidBy]


class StrikeForm(CreatingForm):
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)


class ReminderForm(BaseForm):
    channel = SelectField(lazy_gettext(_("Way")), choices=[word.value for word in ReminderChannel])


class RulingForm(CreatingForm):
    ruled_on = Day(_("Day of the ruling"), Needed(_("Enter the day of the ruling")))
    number = Line(_("Number of the ruling"), most=60)
