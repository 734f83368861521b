"""Two weeks of one unit's roster on one page."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import FieldList, FormField, HiddenField
from wtforms.validators import Optional, ValidationError

from blueprints.duty.queries import AHEAD
from models.clock import local_day
from models.identity import clean_phone, phone_problem
from models.words import _
from transaction import now
from web.forms import BaseForm, Checked, Line


class DayForm(BaseForm):
    """One day. `seen` and the `was_` fields say what the person had before him; an untouched line is left alone."""

    class Meta(BaseForm.Meta):
        csrf = False

    day = HiddenField()
    seen = HiddenField()
    was_name = HiddenField()
    was_post = HiddenField()
    name = Line(_("Full name"), Optional(), most=60)
    post = Line(_("Post"), Optional(), most=60)
    telephone = Line(_("Telephone"), Optional(), Checked(phone_problem), most=40)

    def validate_day(self, field: HiddenField) -> None:
        today = local_day(now())
        try:
            given = date.fromisoformat(field.data or "")
        except ValueError:
            given = date.min
        if not today - timedelta(days=1) <= given <= today + timedelta(days=AHEAD + 1):
            raise ValidationError(gettext("This day is over or too far away. Open the roster again."))

    def validate(self, extra_validators: Any = None) -> bool:
        shaped = bool(super().validate(extra_validators))
        if self.name.data or not (self.post.data or self.telephone.data):
            return shaped
        self.name.errors = [*self.name.errors, gettext("Enter the name of the person on duty")]
        return False

    @property
    def on(self) -> date:
        return date.fromisoformat(self.day.data)

    @property
    def number(self) -> str | None:
        """The telephone that was typed; None leaves the known one."""
        return clean_phone(self.telephone.data) if self.telephone.data else None

    @property
    def is_touched(self) -> bool:
        said = (self.name.data or "", self.post.data or "")
        return said != (self.was_name.data or "", self.was_post.data or "") or self.number is not None


class RosterForm(BaseForm):
    days = FieldList(FormField(DayForm, label=lazy_gettext(_("Day"))), max_entries=AHEAD + 3)
