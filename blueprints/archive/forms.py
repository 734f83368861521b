"""Forms of the archive."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import SelectField

from models.archiving import Retention, Shelf
from models.words import _
from web.forms import CreatingForm, Line, Lines, Needed
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
