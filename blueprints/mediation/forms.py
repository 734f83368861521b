"""Forms of a session and of its outcomes."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, FieldList, Form, FormField, RadioField, SelectField
from wtforms.validators import InputRequired

from models.agreement import AgreementForm, TermDraft
from models.callout import AnswerResult
from models.hand_over import HandOverOrder
from models.mediation import Ground, Nature
from models.words import _
from web.fields import Day, Ticks, Yuan
from web.forms import BaseForm, CreatingForm, Line, Lines, Needed, VersionedForm, strip
from web.labels import label

ROWS, MOST_ROWS = 3, 60


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


class TermFields(Form):
    """One term: somebody pays an amount, or somebody does something, by a day."""

    payer = Line(_("Who pays"), most=200, filters=[strip])
    payee = Line(_("To whom"), most=200, filters=[strip])
    amount_fen = Yuan(_("Amount, yuan"))
    act = Line(_("or: what is to be done"), most=1000, filters=[strip])
    due_on = Day(_("Due on"))

    @property
    def is_blank(self) -> bool:
        return not any(field.raw_data and field.raw_data[0].strip() for field in self)

    def draft(self, otherwise_due: Any) -> TermDraft:
        return TermDraft(self.due_on.data or otherwise_due, self.payer.data or "", self.payee.data or "",
                         self.amount_fen.data, self.act.data or "")  # fmt: skip


class AgreementConclusion(ConclusionForm):
    form = RadioField(lazy_gettext(_("Form of the agreement")), default=AgreementForm.WRITTEN.value)
    extent = RadioField(lazy_gettext(_("It settles")), default="whole")
    performed_at_once = BooleanField(lazy_gettext(_("Performed at once, nothing is left to do")))
    rows = FieldList(FormField(TermFields), min_entries=ROWS, max_entries=MOST_ROWS)
    default_clause = Lines(_("If a term is not kept"), most=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = labelled(AgreementForm)
        self.extent.choices = [
            ("whole", lazy_gettext(_("the whole matter"))),
            ("part", lazy_gettext(_("a part of it"))),
        ]

    def drafts(self, today: Any) -> list[TermDraft]:
        """The terms that were filled in; what is performed at once is due today."""
        otherwise = today if self.performed_at_once.data else None
        return [row.form.draft(otherwise) for row in self.rows if not row.form.is_blank]


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


class ReasonConclusion(ConclusionForm):
    reason = Lines(_("Reason"), Needed(_("Enter the reason")), most=1000)


class ReplyForm(CreatingForm):
    reply = Lines(_("What the unit replied"), Needed(_("Enter what the unit replied")), most=4000)
