"""Forms of a session and of its outcomes."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from models.callout import AnswerResult
from models.conclusion import Ground
from models.hand_over import HandOverOrder
from models.natures import Nature
from models.words import _
from web.fields import Day, Ticks
from web.forms import BaseForm, CreatingForm, Line, Lines, Needed, VersionedForm
from web.labels import label


def labelled(words: Any) -> list[tuple[str, str]]:
    return [(word.value, label(word)) for word in words]


class SessionForm(CreatingForm):
    """开始调解: in whose name, where, and who sits there."""

    nature = SelectField(lazy_gettext(_("Nature of the mediation")))
    body_id = SelectField(lazy_gettext(_("In the name of")), [Needed(_("Choose in whose name the session is held"))])
    mediator_id = SelectField(lazy_gettext(_("Mediator")), [Needed(_("Choose the mediator"))])
    recorder_id = SelectField(lazy_gettext(_("Recorder")))
    room_id = SelectField(lazy_gettext(_("Room")))
    present = Ticks(_("Present"))
    others = Line(_("Others present"), most=200)

    def chosen_nature(self) -> Nature:
        return Nature(self.nature.data)


class StatementForm(CreatingForm):
    speaker = SelectField(lazy_gettext(_("Who speaks")), validate_choice=False)
    speaker_name = Line(_("Somebody else"), most=60)
    words = Lines(_("What was said"), Needed(_("Enter what was said")), most=8000)

    @property
    def who(self) -> str:
        return (self.speaker_name.data or self.speaker.data or "")[:200]


class AnswerForm(VersionedForm):
    """到场结果 of one unit."""

    result = SelectField(lazy_gettext(_("Result")), [Needed(_("Choose the result"))])
    answer = Lines(_("Answer to the question"), most=4000)
    answer_due_on = Day(_("Reply by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.result.choices = [("", ""), *labelled(AnswerResult)]


class ConclusionForm(CreatingForm, VersionedForm):
    """What every outcome says."""

    on_site = BooleanField(lazy_gettext(_("Settled on the spot, at the first visit")))


class HandOverFields(BaseForm):
    """Which unit, which person of it, by which day."""

    hand_over_unit = SelectField(
        lazy_gettext(_("Unit that takes over")), [Needed(_("Choose the unit that takes over"))]
    )
    hand_over_person = Line(_("Named person"), Needed(_("Name the person who takes over")), most=60)
    post = Line(_("Post"), most=60)
    matter = Lines(_("What the unit is to do"), most=1000)
    reply_by = Day(_("Reply by"), Needed(_("Enter the date by which the unit replies")))

    @property
    def order(self) -> HandOverOrder:
        return HandOverOrder(int(self.hand_over_unit.data), self.hand_over_person.data, self.reply_by.data,
                             self.post.data or "", self.matter.data or "")  # fmt: skip


class HandOverConclusion(HandOverFields, ConclusionForm):
    """转办理 in the room."""


class HandOverForm(HandOverFields, CreatingForm):
    """转办理 outside a session."""


class NoAgreementConclusion(ConclusionForm):
    ground = RadioField(lazy_gettext(_("Ground")), [InputRequired(lazy_gettext(_("Choose the ground")))])
    reason = Lines(_("In words"), most=1000)
    routes_told = BooleanField(lazy_gettext(_("The parties were told the other ways (人民调解法 art. 26)")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground.choices = labelled(Ground)

    def validate_reason(self, field: Any) -> None:
        """Said together with what else is missing; the rule itself is the session's."""
        if self.ground.data == Ground.OTHER and not field.data:
            raise ValidationError(gettext("Enter the reason"))

    def validate_routes_told(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(
                gettext("Tell the parties the other routes and tick that it was done (人民调解法 art. 26)")
            )


class ReasonConclusion(ConclusionForm):
    reason = Lines(_("Reason"), Needed(_("Enter the reason")), most=1000)


class SuspensionConclusion(ReasonConclusion):
    """中止: what else it waits for does not stop the period."""

    for_appraisal = BooleanField(
        lazy_gettext(_("An appraisal or assessment was ordered: its time does not count towards the period"))
    )


class ReplyForm(CreatingForm):
    reply = Lines(_("What the unit replied"), Needed(_("Enter what the unit replied")), most=4000)
