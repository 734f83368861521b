"""Forms of accounts."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField
from wtforms.validators import InputRequired, Optional, Regexp

from blueprints.people import queries
from models.person import USERNAME, Role
from models.words import _
from web.forms import BaseForm, CreatingForm, Line, Needed, VersionedForm
from web.labels import label

STATES = {
    "active": _("Can sign in"),
    "disabled": _("Disabled"),
    "locked": _("Locked after wrong passwords"),
    "initial": _("Initial password"),
}


def row_id(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def chosen_role(value: Any) -> Role | None:
    return Role(value) if value else None


def roles() -> list[tuple[str, str]]:
    return [(role.value, label(role)) for role in Role]


class RoleFields:
    """Both are chosen: what stands first in the list would reach the whole district."""

    role = SelectField(
        lazy_gettext(_("Role")), [InputRequired(lazy_gettext(_("Choose the role")))], coerce=chosen_role,
        choices=lambda: [("", gettext("Choose")), *roles()],
    )  # fmt: skip
    unit_id = SelectField(
        lazy_gettext(_("At the unit")), [InputRequired(lazy_gettext(_("Choose the unit")))], coerce=row_id,
        choices=lambda: [("", gettext("Choose")), *queries.unit_choices()],
    )  # fmt: skip


class NewPersonForm(RoleFields, CreatingForm):
    username = Line(
        _("User name"), Needed(_("Enter a user name")),
        Regexp(f"{USERNAME}$",
               message=lazy_gettext(_("3 to 40 small letters, digits, dots, dashes; begins with a letter"))),
        most=40,
    )  # fmt: skip
    name = Line(_("Full name"), Needed(_("Enter the person's name")), most=60)
    name_en = Line(_("Name in English"), Optional(), most=80)


class PersonForm(VersionedForm):
    name = Line(_("Full name"), Needed(_("Enter the person's name")), most=60)
    name_en = Line(_("Name in English"), Optional(), most=80)


class GrantForm(RoleFields, BaseForm):
    pass


class ResetForm(CreatingForm):
    pass


class FindForm(BaseForm):
    """A name is sent by POST; what is chosen from lists may stand in the address."""

    q = Line(_("Name or user name"), Optional(), most=60)
    role = SelectField(lazy_gettext(_("Role")), choices=lambda: [("", gettext("All roles")), *roles()])
    unit = SelectField(
        lazy_gettext(_("Unit and below")), coerce=row_id,
        choices=lambda: [("", gettext("All units")), *queries.unit_choices()],
    )  # fmt: skip
    state = SelectField(
        lazy_gettext(_("State")),
        choices=lambda: [("", gettext("Every state")), *((state, gettext(words)) for state, words in STATES.items())],
    )
