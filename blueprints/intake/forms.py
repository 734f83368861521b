"""Forms of the window: 速登, a further visit, a consultation and its answer."""

from collections.abc import Callable
from typing import Any, TypeAlias

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from models.category import Category, category_in_use
from models.centre import Centre
from models.identity import clean_phone, phone_problem
from models.registration import Entry
from models.unit import Unit
from models.visit import Channel, VisitPurpose
from models.words import _
from transaction import SubmittedForm, db
from web.choices import Choice, blank, category_choices
from web.fields import LongSelectField
from web.forms import BaseForm, Checked, CreatingForm, Line, Lines, Needed, choices_of
from web.labels import LABELS

FURTHER = (VisitPurpose.FOLLOW_UP, VisitPurpose.SUPPLEMENT, VisitPurpose.URGE)
CHANNEL_LABELS = {channel: LABELS[Channel, channel.value] for channel in Channel}
FURTHER_LABELS = {purpose: LABELS[VisitPurpose, purpose.value] for purpose in FURTHER}
# Behind these channels stands a unit that passed the matter on, or a place it comes from.
PASSED_ON = "|".join(channel.value for channel in Channel if channel not in (Channel.WINDOW, Channel.TELEPHONE))

# A list that is only made when somebody looks at it.
Long: TypeAlias = Callable[[], list[Choice]]


def head_count_field() -> IntegerField:
    most = NumberRange(1, 9999, lazy_gettext(_("Enter how many people came, 1 to 9999")))
    return IntegerField(
        lazy_gettext(_("How many people")), [InputRequired(lazy_gettext(_("Enter how many people came"))), most]
    )


class VisitForm(CreatingForm):
    """速登: the six fields, and folded below them how the matter came."""

    head_count = head_count_field()
    name = Line(_("Name of the person who speaks"), Needed(_("Enter the name of the person who speaks")), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=30)
    # The list is made to be shown; one kind is looked up.
    category = SelectField(lazy_gettext(_("Kind of dispute")), [Needed(_("Choose the kind of dispute"))],
                           validate_choice=False)  # fmt: skip
    opposite = Line(_("Other side, units concerned"), most=200)
    demand = Line(
        _("What is asked for, in one sentence"), Needed(_("Enter what is asked for, in one sentence")), most=300
    )
    channel = SelectField(lazy_gettext(_("How it came")), default=Channel.WINDOW.value)
    from_division = LongSelectField(lazy_gettext(_("Township or village it came from")))
    giver = LongSelectField(lazy_gettext(_("Unit that passed it on")))
    house: Centre
    kind: Category

    def offer(self, house: Centre, divisions: Long, units: Long) -> "VisitForm":
        """Fill the lists to choose from."""
        self.house = house
        self.category.choices = lambda: [blank(gettext("Choose")), *category_choices(house)]
        self.channel.choices = choices_of(Channel, CHANNEL_LABELS)
        self.from_division.choices = lambda: [blank(gettext("None")), *divisions()]
        self.giver.choices = lambda: [blank(gettext("None")), *units()]
        return self

    def validate_category(self, field: SelectField) -> None:
        kind = category_in_use(db.session(), self.house.id, field.data)
        if kind is None:
            raise ValidationError(gettext("Not a valid choice."))
        self.kind = kind

    @property
    def submitted(self) -> SubmittedForm:
        """Which of the two buttons was pressed does not make it another form."""
        said = {name: value for name, value in self.data.items() if name not in ("csrf_token", "submission")}
        return SubmittedForm.of(self.submission.data or "", said)

    def entry(self) -> Entry:
        giver = db.session.get(Unit, int(self.giver.data)) if self.giver.data else None
        return Entry(self.head_count.data, self.name.data, clean_phone(self.phone.data or ""), self.kind,
                     self.opposite.data or "", self.demand.data, Channel(self.channel.data),
                     self.from_division.data or None, giver)  # fmt: skip


class FurtherVisitForm(CreatingForm):
    """续访, 补充材料, 催办 for a dispute that is known already."""

    purpose = SelectField(lazy_gettext(_("What for")), default=VisitPurpose.FOLLOW_UP.value)
    head_count = head_count_field()
    note = Lines(_("What they say or bring"), most=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose.choices = choices_of(FURTHER, FURTHER_LABELS)


class ConsultationForm(CreatingForm):
    head_count = head_count_field()
    name = Line(_("Name of the person who speaks"), Needed(_("Enter the name of the person who speaks")), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=30)
    question = Lines(_("Question"), Needed(_("Enter the question")), most=2000)
    answer = Lines(_("Answer given"), most=4000)


class AnswerForm(BaseForm):
    answer = Lines(_("Answer given"), Needed(_("Enter the answer that was given")), most=4000)
