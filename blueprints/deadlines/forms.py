"""Starting a deadline, and what may be done about one that runs."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange

from models.deadline_clock import BASES, Basis
from models.deadlines import CLOCKS
from models.words import _
from web.fields import ClockField, Day
from web.filters import period
from web.forms import BaseForm, CreatingForm, Line, Needed, VersionedForm

WHEN = Needed(_("Enter a day"))
WHY = Needed(_("Enter the reason, or the paper it rests on"))


def clock_choices() -> dict[str, list[tuple[str, str]]]:
    """Every clock somebody may start, the law's first, the house's own promises last."""
    return {
        gettext(BASES[basis]): [
            (code, " · ".join(filter(None, (gettext(clock.name), period(clock.length)))))
            for code, clock in CLOCKS.items() if clock.basis is basis and clock.by_hand
        ]
        for basis in Basis
    }  # fmt: skip


class StartForm(CreatingForm):
    code = SelectField(lazy_gettext(_("Period")))
    started_on = Day(_("Day on which it began"), WHEN)
    time = ClockField(lazy_gettext(_("Time of day, for periods of hours")))
    party = SelectField(lazy_gettext(_("Whose period it is")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.choices = clock_choices()


class PauseForm(VersionedForm):
    since = Day(_("First day that does not count"), WHEN)
    pause_reason = Line(_("Reason and paper"), WHY, most=200)


class ResumeForm(VersionedForm):
    until = Day(_("Day from which it counts again"), WHEN)


class ExtendForm(VersionedForm):
    n = IntegerField(
        lazy_gettext(_("How much longer, in the same measure")),
        [NumberRange(1, 366, lazy_gettext(_("Enter a number between 1 and 366")))],
    )
    agreed_by = Line(_("Who agreed"), Needed(_("Enter who agreed")), most=200)
    agreed_on = Day(_("Agreed on"), WHEN)
    extension_reason = Line(_("Reason and paper"), WHY, most=200)


class MeetForm(VersionedForm):
    met_on = Day(_("Done on"), WHEN)
    met_with = Line(_("With which paper or deed"), WHY, most=200)


class RenewForm(VersionedForm):
    renewed_on = Day(_("Day of the interruption"), WHEN)
    renewal_reason = Line(_("By what: claim, consent, suit, arbitration"), WHY, most=200)


class VoidForm(VersionedForm):
    void_reason = Line(_("Why it has no effect"), WHY, most=200)


class FilterForm(BaseForm):
    """Narrows the list; its address holds codes only."""

    class Meta(BaseForm.Meta):
        csrf = False

    unit = SelectField(lazy_gettext(_("Unit")), validate_choice=False)
