"""Forms of what is taken down."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from models.assignment import Duty
from models.clock import SHANGHAI
from models.consent import Consent, Telling
from models.investigation import Questioning
from models.party import Party
from models.person import Person
from models.recusal import RecusalGround
from models.words import _
from transaction import db
from web.fields import ClockField, Day, Ticks
from web.forms import BaseForm, CreatingForm, Line, Lines, Needed, VersionedForm
from web.labels import label
from web.parts import PartForm

MOST_TEXT = 40_000


def labelled(words: Any) -> list[tuple[str, str]]:
    return [(word.value, label(word)) for word in words]


class QuestioningForm(BaseForm):
    """Who was asked, by whom, when and where, and what was said."""

    party = SelectField(lazy_gettext(_("Who is asked")))
    name = Line(_("Name, if another person"), most=200)
    relation = Line(_("Identity or relation to the parties"), most=60)
    on = Day(_("Day"), Needed(_("Enter the day")))
    at = ClockField(lazy_gettext(_("Time")), [InputRequired(lazy_gettext(_("Enter the time of day")))])
    place = Line(_("Place"), Needed(_("Enter the place")), most=200)
    investigators = Ticks(_("Investigators"))
    recorder = SelectField(lazy_gettext(_("Recorder")))
    present = Line(_("Others present"), most=200)
    text = Lines(_("Questions and answers"), most=MOST_TEXT)

    def questioning(self) -> Questioning:
        session = db.session()
        chosen = [session.get_one(Person, int(id_)) for id_ in self.investigators.data or ()]
        return Questioning(
            held_at=datetime.combine(self.on.data, self.at.data, SHANGHAI), place=self.place.data or "",
            party=session.get_one(Party, int(self.party.data)) if self.party.data else None,
            name=self.name.data or "", relation=self.relation.data or "", investigators=chosen,
            recorder=session.get_one(Person, int(self.recorder.data)) if self.recorder.data else None,
            present=self.present.data or "", text=self.text.data or "",
        )  # fmt: skip


class NewInvestigationForm(QuestioningForm, CreatingForm):
    supplements = IntegerField(widget=HiddenInput(), validators=[Optional()])


class InvestigationForm(QuestioningForm, VersionedForm):
    finish = BooleanField(widget=HiddenInput())


class SupplementForm(CreatingForm):
    """补正 of an ended record."""

    statement = SelectField(lazy_gettext(_("About")))
    words = Lines(_("What is added or put right"), Needed(_("Enter what is to be added or put right")), most=8000)
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)


class RightsForm(BaseForm):
    """告知书 and consent of one party; the buttons say how it answered."""

    told = RadioField(lazy_gettext(_("How the party was told")), default=Telling.PAPER.value)
    language = Line(_("Language, if not Chinese"), most=40)
    interpreter = Line(_("Interpreter"), most=40)
    consent = SelectField(lazy_gettext(_("Answer")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told.choices, self.consent.choices = labelled(Telling), labelled(Consent)


class RecusalForm(CreatingForm):
    party = SelectField(lazy_gettext(_("Who asks")))
    duty = RadioField(lazy_gettext(_("Who is asked to withdraw")), [InputRequired(lazy_gettext(_("Choose one")))])
    ground = RadioField(lazy_gettext(_("Ground of the recusal")), [InputRequired(lazy_gettext(_("Choose the ground")))])
    words = Line(_("In words"), most=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground.choices = labelled(RecusalGround)

    @property
    def chosen(self) -> tuple[Duty, RecusalGround]:
        return Duty(self.duty.data), RecusalGround(self.ground.data)


class GrantForm(PartForm):
    word = "grant"
    successor = SelectField(lazy_gettext(_("Who takes over")))


class RefuseForm(PartForm):
    word = "refuse"
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)
