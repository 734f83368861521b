"""到场结果: what the unit said to the question it was called for. A fact, no judgement of another bureau."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Date, Text, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import one_of
from models.change import Change
from models.clock import local_day
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _


class AnswerResult(StrEnum):
    """One of three facts, set by mediator or recorder."""

    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"
    NEEDS_AUTHORITY = "needs_authority"


PROMISED = text("result = 'taken_back' AND replied_on IS NULL AND reply_missed_at IS NULL")


class Answer:
    """The part of a callout that holds the unit's answer."""

    result: Mapped[AnswerResult | None] = mapped_column(one_of(AnswerResult))
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_due_on: Mapped[date | None] = mapped_column(Date)
    # What became of a question that was taken back: the day of the reply, or that none came by its date.
    replied_on: Mapped[date | None] = mapped_column(Date)
    reply_missed_at: Mapped[datetime | None]

    @property
    def reply_is_noted(self) -> bool:
        return self.replied_on is not None or self.reply_missed_at is not None

    @property
    def awaits_reply(self) -> bool:
        """带回研究, and nobody has noted yet what became of it."""
        return self.result is AnswerResult.TAKEN_BACK and not self.reply_is_noted

    @classmethod
    def still_promised(cls) -> ColumnElement[bool]:
        """带回研究, and nobody has noted yet what became of it."""
        return and_(cls.result == AnswerResult.TAKEN_BACK, cls.replied_on.is_(None), cls.reply_missed_at.is_(None))

    @property
    def is_kept(self) -> bool:
        """按期答复: the reply came by the day that was promised."""
        return self.replied_on is not None and self.answer_due_on is not None and self.replied_on <= self.answer_due_on

    if TYPE_CHECKING:  # what the callout itself knows
        dispute: Any
        version: Any
        arrived_at: Any

        def note(self, change: Change, kind: EventKind, **facts: Any) -> None: ...

    def give_answer(self, change: Change, version: int, result: AnswerResult, answer: str, due_on: date | None) -> None:
        """A question taken back needs the date of the reply."""
        if result is AnswerResult.TAKEN_BACK and due_on is None:
            raise RuleBroken(_("Enter the date by which the unit replies"), field="answer_due_on")
        self.dispute.lock_file(change)
        change.lock(self.dispute.stream, self)  # type: ignore[arg-type]  # the callout it is a part of
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        if self.arrived_at is None:
            raise TransitionNotAllowed(_("The unit has not arrived yet"))
        if self.reply_is_noted and (result, due_on) != (self.result, self.answer_due_on):
            raise TransitionNotAllowed(_("What became of the promised reply is noted: take the answer back first"))
        self.result, self.answer, self.answer_due_on = result, answer.strip(), due_on
        self.note(change, EventKind.CALLOUT_ANSWER, result=result.value)

    def reply(self, change: Change, on: date) -> None:
        """已答复: the promised reply came on this day, in time or late. The same day again changes nothing.

        Raises RuleBroken for a day on which it cannot have come, TransitionNotAllowed when nothing was promised or
        another day is noted.
        """
        self.dispute.lock_file(change)
        change.lock(self.dispute.stream, self)  # type: ignore[arg-type]  # the callout it is a part of
        if self.replied_on == on:
            return
        self._require_promise()
        if on > local_day(change.at) or (self.arrived_at is not None and on < local_day(self.arrived_at)):
            raise RuleBroken(_("Enter a day between the arrival and today"), field="replied_on")
        self.replied_on, self.reply_missed_at = on, None
        self.note(change, EventKind.CALLOUT_REPLY, day=on.isoformat(), kept=self.is_kept)

    def miss_reply(self, change: Change) -> None:
        """未答复: the promised day has passed without a reply. A late one may still be noted afterwards."""
        self.dispute.lock_file(change)
        change.lock(self.dispute.stream, self)  # type: ignore[arg-type]  # the callout it is a part of
        if self.reply_missed_at is not None:
            return
        self._require_promise()
        if self.answer_due_on is None or self.answer_due_on >= local_day(change.at):
            raise TransitionNotAllowed(_("The promised day has not passed yet"))
        self.reply_missed_at = change.at
        self.note(change, EventKind.CALLOUT_MISS_REPLY)

    def _require_promise(self) -> None:
        if self.result is not AnswerResult.TAKEN_BACK or self.replied_on is not None:
            raise TransitionNotAllowed(_("No reply of this unit is awaited"))
