"""Forms of the house: its own matter for the court, and the table of case types."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from models.words import _
from web.forms import CreatingForm, Line, Lines, Needed, VersionedForm


class OwnForm(CreatingForm):
    court = SelectField(lazy_gettext(_("Court")))
    case_type = SelectField(lazy_gettext(_("Case type")), [Needed(_("Choose the case type"))])


def row_id(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class CaseTypeFields:
    name = Line(_("Case type"), Needed(_("Enter a name")), most=60)
    name_en = Line(_("Name in English"), Optional(), most=120)
    excluded = Lines(_("What of it is not mediated"), Optional(), most=500)
    category_id = SelectField(lazy_gettext(_("Kind of dispute")), coerce=row_id)
    unit_id = SelectField(lazy_gettext(_("Unit to propose")), coerce=row_id)
    mediator_id = SelectField(lazy_gettext(_("Mediator to propose")), coerce=row_id)
    position = IntegerField(lazy_gettext(_("Order in lists")), [NumberRange(0, 9999)], default=0)
    is_approved = BooleanField(lazy_gettext(_("Approved by the court")))
    is_active = BooleanField(lazy_gettext(_("In use")), default=True)


NAMES = ("name", "name_en", "excluded", "category_id", "unit_id", "mediator_id", "position", "is_approved", "is_active")


class NewCaseTypeForm(CaseTypeFields, CreatingForm):
    pass


class CaseTypeForm(CaseTypeFields, VersionedForm):
    pass
