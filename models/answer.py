"""到场结果: what the unit said to the question it was called for. A fact, no judgement of another bureau."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import one_of
from models.change import Change
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _


class AnswerResult(StrEnum):
    """One of three facts, set by mediator or recorder."""

    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"
    NEEDS_AUTHORITY = "needs_authority"


class Answer:
    """The part of a callout that holds the unit's answer."""

    result: Mapped[AnswerResult | None] = mapped_column(one_of(AnswerResult))
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_due_on: Mapped[date | None] = mapped_column(Date)

    if TYPE_CHECKING:  # what the callout itself knows
        dispute: Any
        version: Any
        arrived_at: Any

        def note(self, change: Change, kind: EventKind, **facts: Any) -> None: ...

    def give_answer(self, change: Change, version: int, result: AnswerResult, answer: str, due_on: date | None) -> None:
        """A question taken back needs the date of the reply."""
        if result is AnswerResult.TAKEN_BACK and due_on is None:
            raise RuleBroken(_("Enter the date by which the unit replies"), field="answer_due_on")
        change.lock(self.dispute.stream, self)  # type: ignore[arg-type]  # the callout it is a part of
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        if self.arrived_at is None:
            raise TransitionNotAllowed(_("The unit has not arrived yet"))
        self.result, self.answer, self.answer_due_on = result, answer.strip(), due_on
        self.note(change, EventKind.CALLOUT_ANSWER, result=result.value)
