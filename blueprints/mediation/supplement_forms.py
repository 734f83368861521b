"""The form of a supplement: terms that end, terms that come, and words besides."""

from collections.abc import Sequence

from wtforms import FieldList, FormField

from blueprints.mediation.agreement_forms import TermFields, offer
from blueprints.mediation.forms import labelled
from models.wording import Manner, TermDraft
from models.words import _
from web.fields import Ticks
from web.forms import CreatingForm, Line, Lines, Needed

MOST_ROWS = 24


class SupplementForm(CreatingForm):
    ended = Ticks(_("Terms that end"))
    rows = FieldList(FormField(TermFields), min_entries=1, max_entries=MOST_ROWS)
    words = Lines(_("What the parties agree besides"), most=4000)
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)

    def offer(self, names: Sequence[str]) -> None:
        """Let every row choose among the parties."""
        for row in self.rows:
            offer(row.form.payer, names)
            offer(row.form.payee, names)
            row.form.manner.choices = [("", "-"), *labelled(Manner)]

    @property
    def filled(self) -> list[TermFields]:
        """The rows in which something stands."""
        return [row.form for row in self.rows if not row.form.is_blank]

    @property
    def added(self) -> list[TermDraft]:
        return [row.draft(None) for row in self.filled]
