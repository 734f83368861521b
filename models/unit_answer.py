"""The unit's own answer 单位答复: what its officer says about the question, beside the fact the mediator sets.

The fact of the session is the one that counts; the unit may comment. Nothing is overwritten: a later statement stands
above the earlier ones (practice.md §3, 到场结果).
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import AnswerResult, Callout
from models.change import Change
from models.clock import local_day
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _


class UnitAnswer(Base):
    __tablename__ = "unit_answers"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"), index=True)
    result: Mapped[AnswerResult] = mapped_column(one_of(AnswerResult))
    answer: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None] = mapped_column(Date)
    stated_at: Mapped[datetime]

    callout: Mapped[Callout] = relationship()

    @classmethod
    def state(
        cls, change: Change, callout: Callout, result: AnswerResult, answer: str, due_on: date | None = None
    ) -> None:
        """Say it once; the same words again change nothing.

        Raises RuleBroken when the words or the date are missing, TransitionNotAllowed before the arrival and after the
        end.
        """
        answer, due_on = answer.strip(), due_on if result is AnswerResult.TAKEN_BACK else None
        if result is AnswerResult.ANSWERED and not answer:
            raise RuleBroken(_("Enter the answer"), field="answer")
        if result is AnswerResult.TAKEN_BACK and due_on is None:
            raise RuleBroken(_("Enter the date by which the unit replies"), field="due_on")
        if due_on is not None and due_on < local_day(change.at):
            raise RuleBroken(_("This day has passed already"), field="due_on")
        change.lock(callout.dispute.stream, callout)
        if not callout.is_open or callout.arrived_at is None:
            raise TransitionNotAllowed(_("The unit answers between its arrival and its release"))
        last = newest_answer(change.session, callout)
        if last is not None and (last.result, last.answer, last.due_on) == (result, answer, due_on):
            return
        change.session.add(cls(callout=callout, result=result, answer=answer, due_on=due_on, stated_at=change.at))
        change.record(callout.dispute.stream, EventKind.CALLOUT_COMMENT, ("callout", callout.id),
                      unit=callout.unit_id, result=result.value)  # fmt: skip
        callout.dispute.touch(change)


def newest_answer(session: Session, callout: Callout) -> UnitAnswer | None:
    """What the unit said last."""
    return newest_answers(session, [callout]).get(callout.id)


def newest_answers(session: Session, callouts: Sequence[Callout]) -> dict[int, UnitAnswer]:
    """What each unit said last, by callout, in one statement."""
    ids = [callout.id for callout in callouts]
    rows = session.scalars(select(UnitAnswer).where(UnitAnswer.callout_id.in_(ids)).order_by(UnitAnswer.id))
    return {row.callout_id: row for row in rows}
