"""Forms of the lists and of the decisions outside a session."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, SelectField

from models.lack import Lack
from models.lifecycle import DisputeStatus
from models.reopening import ReopeningKind
from models.words import _
from web.fields import Day
from web.forms import BaseForm, CreatingForm, Line, Lines, Needed
from web.labels import label


class FilterForm(BaseForm):
    """Narrows a list; holds codes, days and states only, for its address is kept in the browser."""

    class Meta(BaseForm.Meta):
        csrf = False

    state = SelectField(lazy_gettext(_("Status")), validate_choice=False)
    lack = SelectField(lazy_gettext(_("What waits here")), validate_choice=False)
    category = SelectField(lazy_gettext(_("Category")), validate_choice=False)
    unit = SelectField(lazy_gettext(_("Unit")), validate_choice=False)
    since = Day(_("Registered from"))
    until = Day(_("Registered until"))
    # The house of the board from which a count was followed.
    centre = HiddenField()
    before = HiddenField()
    after = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A filter is always optional and need not say so.
        self.since.flags.optional = self.until.flags.optional = False

    @property
    def chosen_status(self) -> DisputeStatus | None:
        return DisputeStatus(self.state.data) if self.state.data in set(DisputeStatus) else None

    @property
    def chosen_lack(self) -> Lack | None:
        return Lack(self.lack.data) if self.lack.data in set(Lack) else None


class SearchForm(BaseForm):
    q = Line(_("Number, name, phone, words"), Needed(_("Enter a number, a name, a telephone or a word")), most=60)


class ReasonForm(CreatingForm):
    reason = Lines(_("Reason"), Needed(_("Enter the reason")), most=1000)


class ReopeningForm(ReasonForm):
    kind = RadioField(lazy_gettext(_("Why it is reopened")), default=ReopeningKind.REBOUND.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = labelled(ReopeningKind)


class ClosingForm(CreatingForm):
    closing_type = SelectField(lazy_gettext(_("How it ended")))
    notice_given_on = Day(_("Parties told on"), Needed(_("Enter the day on which the parties were told")))
    next_on = Day(_("Next date"), Needed(_("Enter the next date: follow-up, performance or reply")))


def labelled(words: object) -> list[tuple[str, str]]:
    return [(word.value, label(word)) for word in words]  # type: ignore[attr-defined]
