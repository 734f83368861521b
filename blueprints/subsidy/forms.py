"""Forms of the subsidy lists."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.validators import InputRequired

from models.subsidy_grade import PAID, Grade
from models.words import _
from web.fields import Day, Yuan
from web.forms import CreatingForm, Line, Lines, Needed, VersionedForm
from web.labels import label

GRADE = _("Grade")
ENTER_DAY = _("Enter the day")
MOST_REASON = 200


class PeriodForm(CreatingForm):
    """Whose list, and for which days."""

    body_id = SelectField(lazy_gettext(_("Presiding body")), coerce=int)
    first_day = Day(_("First day"), Needed(ENTER_DAY))
    last_day = Day(_("Last day"), Needed(ENTER_DAY))


class StepForm(VersionedForm):
    """One step of a list, on the text somebody has read."""


class ReturnForm(StepForm):
    reason = Lines(_("Why it is sent back"), Needed(_("Enter the reason")), most=MOST_REASON)


def grade_field() -> SelectField:
    return SelectField(lazy_gettext(GRADE), choices=lambda: [(grade.value, label(grade)) for grade in Grade],
                       coerce=Grade)  # fmt: skip


class GradeForm(VersionedForm):
    """Another grade than the record's, with its reason."""

    grade = grade_field()
    reason = Lines(_("Reason"), most=MOST_REASON)


class CorrectionForm(CreatingForm):
    """What an approved line should have said."""

    grade = grade_field()
    reason = Lines(_("Reason"), Needed(_("Enter the reason")), most=MOST_REASON)


class _Rates:
    """The fields both forms of a table of rates have."""

    valid_from = Day(_("Valid from"), Needed(ENTER_DAY))
    basis = Line(_("Paper the rates rest on"), Needed(_("Enter the paper these rates rest on")), most=200)
    oral = Yuan(_("Oral"), InputRequired(lazy_gettext(_("Enter the amount"))))
    simple = Yuan(_("Simple"), InputRequired(lazy_gettext(_("Enter the amount"))))
    ordinary = Yuan(_("Ordinary case"), InputRequired(lazy_gettext(_("Enter the amount"))))
    difficult = Yuan(_("Difficult"), InputRequired(lazy_gettext(_("Enter the amount"))))
    major = Yuan(_("Major"), InputRequired(lazy_gettext(_("Enter the amount"))))

    @property
    def facts(self: Any) -> tuple[date, str, dict[Grade, int]]:
        return self.valid_from.data, self.basis.data, {grade: self[grade.value].data for grade in PAID}

    @property
    def amounts(self: Any) -> list[Any]:
        return [self[grade.value] for grade in PAID]


class NewRatesForm(_Rates, CreatingForm):
    pass


class RatesForm(_Rates, VersionedForm):
    pass
