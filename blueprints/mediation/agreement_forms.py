"""The form of an agreement: its terms, what builds them, and what follows if one is not kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional

from blueprints.mediation.forms import ConclusionForm, labelled
from models.agreement import AgreementForm
from models.clauses import CLAUSES
from models.mandate import MandatePaper
from models.wording import Manner, TermDraft
from models.words import _
from web.fields import Day, Ticks, Yuan
from web.forms import Line, Lines, VersionedForm, strip

ROWS, MOST_ROWS = 3, 60
MOST_COPIES = 200


def Named(label: str) -> SelectField:  # noqa: N802 - reads as a field
    """One of the parties; a name that is none of them any more stays until it is changed."""
    return SelectField(lazy_gettext(label), filters=[strip], default="", validate_choice=False)


def offer(field: SelectField, names: Iterable[str]) -> None:
    found = [name for name in dict.fromkeys([*names, field.data or ""]) if name]
    field.choices = [("", "-"), *((name, name) for name in found)]


def manner_of(field: SelectField) -> Manner | None:
    return Manner(field.data) if field.data in list(Manner) else None


class TermFields(Form):
    """One term: somebody pays an amount, or somebody does something, by a day."""

    payer = Named(_("Who pays or does it"))
    payee = Named(_("To whom"))
    amount_fen = Yuan(_("Amount, yuan"))
    manner = SelectField(lazy_gettext(_("How paid")), default="", validate_choice=False)
    account = Line(_("Into which account"), most=200, filters=[strip])
    due_on = Day(_("Due on"))
    act = Line(_("What is to be done, instead of a payment"), most=1000, filters=[strip])
    place = Line(_("Where"), most=200, filters=[strip])
    proof = Line(_("How it is checked"), most=1000, filters=[strip])

    @property
    def is_blank(self) -> bool:
        """A manner alone says nothing yet."""
        return not any(self._says(field) for field in self if field.short_name != "manner")

    def _says(self, field: Any) -> bool:
        return bool(field.data) if not field.raw_data else bool(field.raw_data[0].strip())

    def draft(self, otherwise_due: date | None) -> TermDraft:
        return TermDraft(self.due_on.data or otherwise_due, self.payer.data or "", self.payee.data or "",
                         self.amount_fen.data, self.act.data or "", manner_of(self.manner),
                         self.account.data or "", self.place.data or "", self.proof.data or "")  # fmt: skip


class AgreementConclusion(ConclusionForm):
    form = RadioField(lazy_gettext(_("Form of the agreement")), default=AgreementForm.WRITTEN.value)
    extent = RadioField(lazy_gettext(_("It settles")), default="whole")
    performed_at_once = BooleanField(lazy_gettext(_("Performed at once, nothing is left to do")))
    total_fen = Yuan(_("Whole sum, yuan"))
    count = IntegerField(lazy_gettext(_("Instalments")), [Optional()])
    first_on = Day(_("First one on"))
    plan_payer = Named(_("Who pays"))
    plan_payee = Named(_("To whom"))
    plan_manner = SelectField(lazy_gettext(_("How paid")), default="", validate_choice=False)
    plan_account = Line(_("Into which account"), most=200)
    rows = FieldList(FormField(TermFields), min_entries=ROWS, max_entries=MOST_ROWS)
    suggestion = SelectField(lazy_gettext(_("Usual wordings")), default="", validate_choice=False)
    default_clause = Lines(_("If a term is not kept"), most=1000)
    copies = IntegerField(lazy_gettext(_("Copies")), [Optional(), NumberRange(1, MOST_COPIES)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = labelled(AgreementForm)
        self.extent.choices = [
            ("whole", lazy_gettext(_("the whole matter"))),
            ("part", lazy_gettext(_("a part of it"))),
        ]
        self.suggestion.choices = [("", "-"), *((code, words) for code, words in CLAUSES.items())]

    def offer(self, names: Sequence[str]) -> None:
        """Let every row choose among the parties."""
        manners = [("", "-"), *labelled(Manner)]
        self.plan_manner.choices = manners
        for field in (self.plan_payer, self.plan_payee):
            offer(field, names)
        for row in self.rows:
            offer(row.form.payer, names)
            offer(row.form.payee, names)
            row.form.manner.choices = manners

    @property
    def filled(self) -> list[Any]:
        """The rows in which something stands."""
        return [row.form for row in self.rows if not row.form.is_blank]

    def drafts(self, today: date) -> list[TermDraft]:
        """The terms that were filled in; what is performed at once is due today."""
        otherwise = today if self.performed_at_once.data else None
        return [row.draft(otherwise) for row in self.filled]

    def take_rows(self, drafts: Sequence[TermDraft]) -> bool:
        """Put further terms after those that are filled in. Nothing happens when there is no room for all."""
        empty = [row for row in self.rows if row.form.is_blank]
        if len(self.rows) - len(empty) + len(drafts) > MOST_ROWS:
            return False
        while len(empty) < len(drafts):
            empty.append(self.rows.append_entry())
        for row, draft in zip(empty, drafts, strict=False):
            for name in ("payer", "payee", "amount_fen", "due_on", "account"):
                field = row.form[name]
                field.data, field.raw_data = getattr(draft, name), None
            row.form.manner.data = draft.manner.value if draft.manner else ""
        return True


class MandatesForm(VersionedForm):
    """Who of a group has signed for which representative; `pairs` are ids as `person-representative`."""

    paper = RadioField(lazy_gettext(_("Paper")), default=MandatePaper.ELECTION.value)
    signed_on = Day(_("Signed on"))
    pairs = Ticks(_("Authorised"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper.choices = labelled(MandatePaper)

    @property
    def wanted(self) -> set[tuple[int, int]]:
        return {(int(one), int(other)) for one, _sep, other in (pair.partition("-") for pair in self.pairs.data)}
