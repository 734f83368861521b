"""Forms of 补全: the matter, one party, a roster."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import Optional

from models.bulk_entry import ETHNIC_GROUPS
from models.clock import local_day
from models.identity import credit_code_problem, id_number_problem, phone_problem
from models.party import Side
from models.party_kind import PartyKind
from models.representative import RepresentativeKind
from models.risk import Risk
from models.words import _
from transaction import now
from web.choices import Choice, blank, choice
from web.fields import Day, Ticks, Yuan, until_today
from web.forms import BaseForm, Checked, CreatingForm, LengthUpTo, Line, Lines, Needed, VersionedForm, choices_of, strip
from web.labels import LABELS

SIDES = {side: LABELS[Side, side.value] for side in Side}
KINDS = {kind: LABELS[PartyKind, kind.value] for kind in PartyKind}
RISKS = {risk: LABELS[Risk, risk.value] for risk in Risk}
CAPACITIES = {kind: LABELS[RepresentativeKind, kind.value] for kind in RepresentativeKind}
SEXES = (("", ""), ("male", _("Male")), ("female", _("Female")))


def id_problem(text: str) -> str | None:
    return id_number_problem(text, local_day(now()))


class MatterForm(VersionedForm):
    """The matter itself."""

    category = SelectField(lazy_gettext(_("Kind of dispute")), [Needed(_("Choose the kind of dispute"))])
    demand = Line(
        _("What is asked for, in one sentence"), Needed(_("Enter what is asked for, in one sentence")), most=300
    )
    facts = Lines(_("Facts of the dispute"), most=8000)
    claims = Lines(_("Claims, one in a line"), most=4000)
    amount = Yuan(_("Amount in dispute, yuan"))
    happened_on = Day(_("Day it happened"), Optional(), until_today)
    non_public = BooleanField(lazy_gettext(_("Not public: its kind is shown on no screen")))
    risks = Ticks(_("What was seen or said"))

    def offer(self, categories: list[Choice]) -> "MatterForm":
        self.category.choices = categories
        self.risks.choices = choices_of(Risk, RISKS)
        return self


class RepresentativeFields(Form):  # type: ignore[misc]
    """One line of those who speak for a party; a line without a name does not count."""

    capacity = SelectField(lazy_gettext(_("Capacity")), default=RepresentativeKind.AGENT.value)
    name = StringField(lazy_gettext(_("Name")), [LengthUpTo(60)], filters=[strip])
    authority = StringField(lazy_gettext(_("Shown by")), [LengthUpTo(120)], filters=[strip])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacity.choices = choices_of(RepresentativeKind, CAPACITIES)


class PartyFields(BaseForm):
    """A person or an organisation. What is sealed stays as it is where nothing is typed."""

    card = Lines(_("ID card reader, or pasted card"), most=1000)
    kind = SelectField(lazy_gettext(_("Person or organisation")))
    name = Line(_("Name"), Needed(_("Enter the party's name")), most=200)
    id_number = Line(_("ID number"), Checked(id_problem), most=40)
    ethnic_group = SelectField(lazy_gettext(_("Ethnic group")))
    sex = SelectField(lazy_gettext(_("Sex")))
    birth = Day(_("Date of birth"), Optional(), until_today)
    interpreter = Line(_("Interpreter for"), most=40)
    credit_code = Line(_("Unified social credit code"), Checked(credit_code_problem), most=40)
    contact = Line(_("Contact"), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=30)
    division_code = SelectField(lazy_gettext(_("Township or village")))
    address = Line(_("Address"), most=200)
    amount = Yuan(_("This party's share, yuan"))
    represents_others = BooleanField(lazy_gettext(_("Represents the others of the group")))
    speakers = FieldList(FormField(RepresentativeFields), lazy_gettext(_("Who speaks for this party")), max_entries=20)

    def offer(self, divisions: list[Choice]) -> "PartyFields":
        self.kind.choices = choices_of(PartyKind, KINDS)
        self.sex.choices = [(value, gettext(words) if words else "") for value, words in SEXES]
        self.ethnic_group.choices = [blank(""), *(choice(name, name, name) for name in ETHNIC_GROUPS)]
        self.division_code.choices = [blank(""), *divisions]
        if not any(not line.form.name.data for line in self.speakers) and len(self.speakers) < 20:
            self.speakers.append_entry()
        return self


class NewPartyForm(PartyFields, CreatingForm):
    side = SelectField(lazy_gettext(_("Side")))

    def offer(self, divisions: list[Choice]) -> "NewPartyForm":
        super().offer(divisions)
        self.side.choices = choices_of(Side, SIDES)
        return self


class EditPartyForm(PartyFields, VersionedForm):
    pass


class FindPartyForm(BaseForm):
    q = Line(_("Name, telephone or ID number"), Needed(_("Enter a name, a telephone or an ID number")), most=60)


class RosterForm(CreatingForm):
    people = Lines(_("One person in a line: name, ID number, telephone, address, amount"),
                   Needed(_("Paste or read the list")), most=40_000)  # fmt: skip
