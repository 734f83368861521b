"""What is said after a call."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, RadioField
from wtforms.validators import ValidationError

from models.follow_up_call import CallOutcome, CallReport, Satisfaction, Sign
from models.words import _
from web.fields import Day, Ticks
from web.forms import CreatingForm, Lines
from web.labels import label


class TapForm(CreatingForm):
    """The button that was pressed is the outcome."""

    outcome = HiddenField()

    def validate_outcome(self, field: Any) -> None:
        if field.data not in list(CallOutcome):
            raise ValidationError(gettext("Choose the result"))


class CallForm(TapForm):
    satisfaction = RadioField(lazy_gettext(_("Satisfied with the mediation?")), default=Satisfaction.NOT_ASKED.value)
    signs = Ticks(_("What points to a rebound"))
    advice = Lines(_("Advice or reason, in the words of the party"), most=1000)
    next_on = Day(_("Call again on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.satisfaction.choices = [(word.value, label(word)) for word in Satisfaction]
        self.signs.choices = [(word.value, label(word)) for word in Sign]

    @property
    def report(self) -> CallReport:
        return CallReport(CallOutcome(self.outcome.data), Satisfaction(self.satisfaction.data),
                          [Sign(sign) for sign in self.signs.data or []], self.advice.data or "",
                          self.next_on.data)  # fmt: skip
