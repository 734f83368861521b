"""Forms of the archive."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectField, SelectMultipleField, SubmitField

from models.archiving import Shelf
from models.retention import Retention
from models.words import _
from web.fields import Day
from web.forms import BaseForm, CreatingForm, Line, Lines, Needed
from web.labels import label


class ArchivingForm(CreatingForm):
    retention = SelectField(lazy_gettext(_("Kept for")))
    received_by = Line(_("Taken over by"), Needed(_("Enter who took the file over")), most=40)
    place = Line(_("Box and place"), most=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.retention.choices = [(word.value, label(word)) for word in Retention]

    @property
    def shelf(self) -> Shelf:
        return Shelf(Retention(self.retention.data), self.received_by.data or "", self.place.data or "")


class HoldForm(CreatingForm):
    """The reason of a hold or of its release."""

    reason = Lines(_("Reason"), Needed(_("Enter the reason")), most=200)


class PeriodForm(BaseForm):
    """Which settled disputes are listed; holds days and numbers only, for its address is kept in the browser."""

    class Meta(BaseForm.Meta):
        csrf = False

    since = Day(_("Closed from"))
    until = Day(_("Closed until"))
    body = SelectField(lazy_gettext(_("Presiding body")), validate_choice=False)
    before = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A filter is always optional and need not say so.
        self.since.flags.optional = self.until.flags.optional = False


class BatchForm(CreatingForm):
    """The references that were ticked; `listed` are all of the page, for the button that takes them all."""

    disputes = SelectMultipleField(lazy_gettext(_("Disputes")), validate_choice=False)
    listed = SelectMultipleField(validate_choice=False)
    everything = SubmitField()

    @property
    def chosen(self) -> list[str]:
        sent = (self.listed.data if self.everything.data else self.disputes.data) or ()
        return sorted({one for one in sent if one.isprintable()})  # PostgreSQL takes no other signs
