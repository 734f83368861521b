"""What may be done with a referral: one small form each."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional, Regexp
from wtforms.widgets import HiddenInput

from models.confirmation_application import RulingResult
from models.contact_attempt import AttemptResult
from models.court_number import court_number_problem
from models.referral_course import EndGround, MediatorChoice, Suitability
from models.words import _
from web.fields import Day, Ticks
from web.forms import Checked, Line, Lines, Needed, choices_of
from web.labels import LABELS
from web.parts import PartForm

DAY = Needed(_("Enter a day"))
REASON = Needed(_("Enter the reason"))
ROSTER = Needed(_("Choose a mediator of the roster"))


def words_of(words: Any) -> list[tuple[str, str]]:
    return choices_of(words, {word: LABELS[type(word), word.value] for word in words})


class StepForm(PartForm):
    """A step on the referral as this person has read it."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class SignForm(StepForm):
    word = "sign"
    signed_on = Day(_("Signed for on"), DAY)


class AcceptForm(StepForm):
    word = "accept"
    suitability = Ticks(_("Suited for mediation"), choices=lambda: words_of(Suitability))
    category = SelectField(lazy_gettext(_("Kind of dispute")), [Needed(_("Choose the kind of dispute"))])
    dispute = RadioField(lazy_gettext(_("Becomes")), default="")


class DeclineForm(StepForm):
    word = "decline"
    reason = Lines(_("Reason for the court"), REASON, most=1000)


class ConsentForm(StepForm):
    word = "consent"


class MediatorForm(StepForm):
    word = "mediator"
    mediator = SelectField(lazy_gettext(_("Mediator, proposed by case type and open matters")), [ROSTER])
    choice = RadioField(lazy_gettext(_("How it came")), [Needed(_("Say whether both have chosen"))])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choice.choices = words_of(MediatorChoice)


class ResumeForm(StepForm):
    word = "anew"


class AttemptForm(StepForm):
    """Made anew each time, so it carries its own key."""

    word = "attempt"
    submission = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$")])
    party = SelectField(lazy_gettext(_("Who was called")))
    result = RadioField(lazy_gettext(_("Result")), default=AttemptResult.NO_ANSWER.value)
    note = Line(_("Note"), Optional(), most=200)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.result.choices = words_of(AttemptResult)


class FactsForm(StepForm):
    word = "facts"
    undisputed = Lines(_("Facts that are not disputed"), Needed(_("Enter the facts that are not disputed")), most=4000)
    undisputed_on = Day(_("Confirmed in writing on"), DAY)


class SuccessForm(StepForm):
    word = "success"
    way = RadioField(lazy_gettext(_("What follows")), [Needed(_("Choose what follows"))])


class FailureForm(StepForm):
    word = "failure"
    ground = SelectField(lazy_gettext(_("Ground")), [Needed(_("Choose the ground"))])
    reason = Lines(_("Reason for the court"), REASON, most=1000)
    conduct = Lines(_("Conduct that raised the other side's cost"), Optional(), most=1000)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer([word for word in EndGround if word is not EndGround.DISMISSED])

    def offer(self, grounds: Sequence[EndGround]) -> None:
        self.ground.choices = [("", gettext("Choose")), *words_of(grounds)]


class NumberForm(StepForm):
    word = "number"
    number = Line(_("Number of the court"), Needed(_("Enter the number")), Checked(court_number_problem), most=60)


class PackForm(StepForm):
    word = "pack"


class FilingForm(StepForm):
    word = "filing"
    number = Line(_("Number of the court"), Optional(), Checked(court_number_problem), most=60)
    filed_on = Day(_("Filed on"), DAY)


class ApplicationForm(StepForm):
    word = "application"
    applied_on = Day(_("Applied on"), DAY)


class CourtAcceptanceForm(StepForm):
    word = "court-acceptance"
    accepted_on = Day(_("Accepted by the court on"), DAY)


class MoreDaysForm(StepForm):
    word = "more-days"
    agreed_on = Day(_("Granted on"), DAY)
    extension_reason = Line(_("Reason"), REASON, most=200)


class RulingForm(StepForm):
    word = "ruling"
    result = RadioField(lazy_gettext(_("Ruling")), [Needed(_("Choose the ruling"))])
    ruled_on = Day(_("Day of the ruling"), DAY)
    number = Line(_("Number of the ruling"), Optional(), Checked(court_number_problem), most=60)
    reason = Line(_("Reason of a dismissal"), Optional(), most=500)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.result.choices = words_of(RulingResult)
