"""Forms of what a centre manages."""

from enum import StrEnum
from io import SEEK_END
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import FieldList, FormField, SelectField
from wtforms.validators import NumberRange, Optional, ValidationError

from blueprints.admin.fields import Choice, Kilometres, Switch, UnitName, Whole, row_id, text_or_none
from models.calendar import DayKind
from models.centre import DEFAULTS, LABELS, MOST, MOST_OTHERWISE
from models.identity import phone_problem
from models.presiding_body import BodyKind
from models.referral_course import MODE_SETTINGS
from models.room import RoomPurpose
from models.unit import FIXED_KINDS, Stationing, UnitKind
from models.words import _
from web.fields import Day, Ticks
from web.forms import BaseForm, Checked, CreatingForm, LengthUpTo, Line, Lines, Needed, VersionedForm
from web.large_form import was_cut

NAME = Needed(_("Enter a name"))
BLANK_ROWS = 3
MOST_BYTES = 100_000
WEEKDAYS = tuple(enumerate((_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")), 1))


class UnitFields:
    kind = Choice(_("Kind of unit"), [kind for kind in UnitKind if kind not in FIXED_KINDS], UnitKind)
    parent_id = SelectField(lazy_gettext(_("Stands below")), coerce=row_id)
    name = Line(_("Unit name"), NAME)
    name_en = Line(_("Name in English"), Optional(), most=160)
    former_names = Lines(_("Former and short names"), Optional())
    stationing = Choice(_("How it is present here"), Stationing, Stationing)
    weekdays = Ticks(_("Weekdays in the house"), choices=lambda: [(str(n), gettext(day)) for n, day in WEEKDAYS])
    division_code = SelectField(lazy_gettext(_("Place")), coerce=text_or_none)
    distance_km = Kilometres(
        lazy_gettext(_("Distance by road, km")),
        [NumberRange(0, 500, lazy_gettext(_("Enter a distance between 0 and 500 km")))], default=0.0,
    )  # fmt: skip
    limit_minutes = Whole(_("Arrival limit of its own, minutes"), 1, 600, Optional())
    telephone = Line(_("Telephone"), Optional(), Checked(phone_problem), most=40)
    is_active = Switch(_("In use"), default=True)

    def validate_former_names(self, field: Any) -> None:
        if any(len(name) > 80 for name in (field.data or "").splitlines()):
            raise ValidationError(gettext("At most %(max)d characters", max=80))


class NewUnitForm(UnitFields, CreatingForm):
    pass


class UnitForm(UnitFields, VersionedForm):
    pass


class RoomFields:
    name = Line(_("Room name"), NAME, most=40)
    name_en = Line(_("Name in English"), Optional(), most=60)
    purpose = Choice(_("Use"), RoomPurpose, RoomPurpose)
    seats = Whole(_("Seats"), 1, 500, default=8)
    floor = Line(_("Floor"), Optional(), most=20)
    position = Whole(_("Order in lists"), 0, 9999, default=0)
    is_active = Switch(_("In use"), default=True)


class NewRoomForm(RoomFields, CreatingForm):
    pass


class RoomForm(RoomFields, VersionedForm):
    pass


class BodyFields:
    kind = Choice(_("Kind of body"), BodyKind, BodyKind)
    name = Line(_("Name of the body"), NAME)
    name_en = Line(_("Name in English"), Optional(), most=160)
    unit_name = UnitName(lazy_gettext(_("Unit")), [Optional(), LengthUpTo(80)])
    register_prefix = Line(_("Register on papers"), Optional(), most=20)
    number_format = Line(_("Format of its numbers"), Optional(), most=60)
    is_active = Switch(_("In use"), default=True)


class NewBodyForm(BodyFields, CreatingForm):
    pass


class BodyForm(BodyFields, VersionedForm):
    pass


class SuggestionForm(BaseForm):
    """A line of the category: which unit, asked what, in which place. An empty name takes the line away."""

    class Meta(BaseForm.Meta):
        csrf = False

    order = Whole(_("Order"), 0, 999, Optional())
    unit_name = UnitName(lazy_gettext(_("Unit")), [Optional(), LengthUpTo(80)])
    question = Line(_("Question put to it"), Optional(), most=200)


class CategoryFields:
    parent_id = SelectField(lazy_gettext(_("Sub-kind of")), coerce=row_id)
    name = Line(_("Name of the kind"), NAME, most=40)
    name_en = Line(_("Name in English"), Optional(), most=80)
    non_public = Switch(_("Never shown by kind on a screen"))
    position = Whole(_("Order in lists"), 0, 9999, default=0)
    is_active = Switch(_("In use"), default=True)
    units = FieldList(FormField(SuggestionForm, label=lazy_gettext(_("Unit"))),
                      label=lazy_gettext(_("Units to propose")), max_entries=40)  # fmt: skip

    def validate_units(self, field: Any) -> None:
        chosen = [row.form.unit_name.unit.id for row in field if row.form.unit_name.unit]
        for row in field:
            unit = row.form.unit_name.unit
            if unit and chosen.count(unit.id) > 1:
                row.form.unit_name.errors = [gettext("This unit is on the list twice")]
                raise ValidationError(gettext("This unit is on the list twice"))

    def add_blank_rows(self) -> None:
        while len(self.units) < 40 and sum(not row.form.unit_name.data for row in self.units) < BLANK_ROWS:
            self.units.append_entry()


class NewCategoryForm(CategoryFields, CreatingForm):
    pass


class CategoryForm(CategoryFields, VersionedForm):
    pass


class CalendarForm(CreatingForm):
    """One day, or the first and last of several."""

    first = Day(_("First day"), Needed(_("Enter a day")))
    last = Day(_("Last day"))
    day_kind = Choice(_("Kind of day"), DayKind, DayKind)
    name = Line(_("Name of the holiday"), Optional(), most=40)


class CalendarLinesForm(CreatingForm):
    """A whole year's notice: pasted, or as a CSV file, which then counts alone."""

    lines = Lines(_("Days, one per line"), Optional(), most=20_000)
    file = FileField(lazy_gettext(_("Or a CSV file")))

    def validate_file(self, field: Any) -> None:
        if was_cut() or (field.data and field.data.seek(0, SEEK_END) > MOST_BYTES):
            raise ValidationError(gettext("This file is too large for a list of days. Save the table as CSV."))

    @property
    def text(self) -> str:
        """Spreadsheets here write UTF-8 or GB 18030."""
        content = self.file.data.read(MOST_BYTES) if self.file.data else b""
        if not content:
            return self.lines.data or ""
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("gb18030", errors="replace")


def setting_field(name: str) -> Any:
    """The field that fits the type of a setting."""
    default = DEFAULTS[name]
    if isinstance(default, StrEnum):
        return Choice(LABELS[name], type(default), type(default))
    if isinstance(default, bool):
        return Switch(LABELS[name])
    if isinstance(default, int):
        return Whole(LABELS[name], 1, MOST.get(name, MOST_OTHERWISE))
    return Line(LABELS[name], Needed(_("Enter a text")), most=40 if name == "bar_title" else 200)


class CentreFields(VersionedForm):
    name = Line(_("Name of the centre"), NAME)
    name_en = Line(_("Name in English"), Optional(), most=120)
    telephone = Line(_("Telephone of the desk"), Optional(), Checked(phone_problem), most=40)
    address = Line(_("Address"), Optional(), most=120)


FACTS = ("name", "name_en", "telephone", "address")
CourtModesForm = type(
    "CourtModesForm", (VersionedForm,), {name: setting_field(name) for name in MODE_SETTINGS.values()}
)
SettingsForm = type("SettingsForm", (CentreFields,), {name: setting_field(name) for name in DEFAULTS})
