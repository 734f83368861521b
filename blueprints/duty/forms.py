"""Two weeks of one unit's roster on one page, and two days that change places."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms.validators import Optional, ValidationError

from blueprints.duty.queries import AHEAD
from models.clock import local_day
from models.duty import Turn
from models.identity import clean_phone, phone_problem
from models.words import _
from transaction import now
from web.forms import BaseForm, Checked, CreatingForm, Line

# What a line says about its day; `was_…` is what the person had before him.
SAID = ("name", "post", "deputy_name", "deputy_post")


class DayForm(BaseForm):
    """One day. `seen` and the `was_` fields say what the person had before him; an untouched line is left alone."""

    class Meta(BaseForm.Meta):
        csrf = False

    day = HiddenField()
    seen = HiddenField()
    was_name = HiddenField()
    was_post = HiddenField()
    was_deputy_name = HiddenField()
    was_deputy_post = HiddenField()
    was_deputised = HiddenField()
    name = Line(_("Full name"), Optional(), most=60)
    post = Line(_("Post"), Optional(), most=60)
    telephone = Line(_("Telephone"), Optional(), Checked(phone_problem), most=40)
    deputy_name = Line(_("Deputy"), Optional(), most=60)
    deputy_post = Line(_("Post of the deputy"), Optional(), most=60)
    deputy_telephone = Line(_("Telephone of the deputy"), Optional(), Checked(phone_problem), most=40)
    deputised = BooleanField(lazy_gettext(_("Stands in")))

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
        lacking = [
            (self.name, self.post.data or self.telephone.data, _("Enter the name of the person on duty")),
            (self.deputy_name, self.deputy_post.data or self.deputy_telephone.data or self.deputised.data,
             _("Enter the name of the deputy who stands in")),
        ]  # fmt: skip
        for field, needs_name, words in lacking:
            if needs_name and not field.data:
                field.errors, shaped = [*field.errors, gettext(words)], False
        return shaped

    @property
    def on(self) -> date:
        return date.fromisoformat(self.day.data)

    @property
    def officer(self) -> Turn:
        return Turn(self.name.data or "", self.post.data or "", _number(self.telephone))

    @property
    def deputy(self) -> Turn:
        return Turn(self.deputy_name.data or "", self.deputy_post.data or "", _number(self.deputy_telephone))

    @property
    def words(self) -> str:
        """What the line says, but for the telephones."""
        stands_in = gettext("Stands in") if self.deputised.data else ""
        return " ".join(filter(None, (*(self[name].data for name in SAID), stands_in)))

    @property
    def is_touched(self) -> bool:
        said = [self[name].data or "" for name in SAID]
        had = [self[f"was_{name}"].data or "" for name in SAID]
        numbers = self.officer.telephone, self.deputy.telephone
        return said != had or any(numbers) or bool(self.deputised.data) != bool(self.was_deputised.data)


def _number(field: Any) -> str | None:
    """The telephone that was typed; None leaves the known one."""
    return clean_phone(field.data) if field.data else None


class RosterForm(BaseForm):
    days = FieldList(FormField(DayForm, label=lazy_gettext(_("Day"))), max_entries=AHEAD + 3)


class SwapForm(CreatingForm):
    """Each choice is a day with the mark of its turn: a day changed meanwhile is not swapped blindly."""

    first = SelectField(lazy_gettext(_("This day")), validate_choice=False)
    second = SelectField(lazy_gettext(_("with this day")), validate_choice=False)

    def offer(self, days: Iterable[tuple[str, str]]) -> "SwapForm":
        self.first.choices = self.second.choices = [("", gettext("Choose a day")), *days]
        return self

    def validate_first(self, field: SelectField) -> None:
        if chosen(field.data) is None:
            raise ValidationError(gettext("Choose a day"))

    validate_second = validate_first


def choice(day: date, mark: str) -> str:
    return f"{day.isoformat()} {mark}"


def chosen(value: str | None) -> tuple[date, str] | None:
    """The day of a choice and the mark it was shown with."""
    day, _space, mark = (value or "").partition(" ")
    try:
        return date.fromisoformat(day), mark
    except ValueError:
        return None
