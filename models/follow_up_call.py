"""A call 回访电话: one attempt of a follow-up, what was heard, and what shows that the conflict may come back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.assignment import Duty
from models.base import Base, Key, one_of
from models.calendar import next_working_day
from models.change import Change
from models.clock import local_day
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

if TYPE_CHECKING:
    from models.dispute import Dispute
    from models.follow_up import FollowUp

# After so many calls that nobody answered, the follow-up is over and says so.
MOST_FAILED = 3


class CallOutcome(StrEnum):
    PERFORMED = "performed"
    UNPERFORMED = "unperformed"
    NO_ANSWER = "no_answer"
    ANOTHER_DAY = "another_day"


REACHED = (CallOutcome.PERFORMED, CallOutcome.UNPERFORMED)


class Satisfaction(StrEnum):
    """未评价 is not 满意."""

    VERY = "very"
    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    DISSATISFIED = "dissatisfied"
    NOT_ASKED = "not_asked"


class Sign(StrEnum):
    """Facts that point to a rebound, ticked by a person, never guessed."""

    PROMISE_BROKEN = "promise_broken"
    NEW_QUARREL = "new_quarrel"
    POLICE_CALLED = "police_called"
    COMPLAINED = "complained"
    GATHERING = "gathering"
    THREATENED = "threatened"


@dataclass(frozen=True)
class CallReport:
    """What the caller says of one call."""

    outcome: CallOutcome
    satisfaction: Satisfaction = Satisfaction.NOT_ASKED
    signs: Collection[Sign] = ()
    advice: str = ""
    next_on: date | None = None


class FollowUpCall(Base):
    __tablename__ = "follow_up_calls"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"), index=True)
    outcome: Mapped[CallOutcome] = mapped_column(one_of(CallOutcome))
    satisfaction: Mapped[Satisfaction] = mapped_column(one_of(Satisfaction))
    advice: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    follow_up: Mapped["FollowUp"] = relationship(back_populates="calls")
    signs: Mapped[list["ReboundSign"]] = relationship(order_by="ReboundSign.id")


class ReboundSign(Base):
    __tablename__ = "rebound_signs"
    __table_args__ = (UniqueConstraint("call_id", "sign"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("follow_up_calls.id"))
    sign: Mapped[Sign] = mapped_column(one_of(Sign))


def note_follow_up(change: Change, follow_up: "FollowUp", report: CallReport) -> None:
    """One tap after a call. A follow-up that is done takes no second result; a void one is refused."""
    dispute = follow_up.dispute
    change.lock(dispute.stream, follow_up)
    if follow_up.done_at is not None:
        return
    if follow_up.voided_at is not None:
        raise TransitionNotAllowed(_("This follow-up is not needed any more"))
    _check(change, dispute, report)
    today = local_day(change.at)
    next_on = None
    if report.outcome not in REACHED:
        next_on = report.next_on or next_working_day(change.session, dispute.centre_id, today)
        if next_on <= today:
            raise RuleBroken(_("Choose a day to come"), field="next_on")
    follow_up.calls.append(FollowUpCall(
        outcome=report.outcome, satisfaction=report.satisfaction, advice=report.advice.strip(), next_on=next_on,
        at=change.at, by_id=change.by.id, signs=[ReboundSign(sign=sign) for sign in sorted(set(report.signs))],
    ))  # fmt: skip
    failed = failed_calls(follow_up)
    if report.outcome in REACHED or failed >= MOST_FAILED:
        follow_up.done_at = change.at
    elif next_on is not None:
        follow_up.due_on = next_on
    change.record(dispute.stream, EventKind.FOLLOW_UP_CALL, ("follow-up", follow_up.id), call=report.outcome.value,
                  satisfaction=report.satisfaction.value, signs=sorted(sign.value for sign in set(report.signs)),
                  failed=failed)  # fmt: skip


def failed_calls(follow_up: "FollowUp") -> int:
    return sum(call.outcome is CallOutcome.NO_ANSWER for call in follow_up.calls)


def mediated(dispute: "Dispute", person_id: int | None) -> bool:
    """Whether this person mediated the matter, now or before."""
    held = [row.person_id for row in dispute.assignments if row.duty is Duty.MEDIATOR]
    return person_id in held or any(session.mediator_id == person_id for session in dispute.sessions)


def _check(change: Change, dispute: "Dispute", report: CallReport) -> None:
    is_said = report.satisfaction is not Satisfaction.NOT_ASKED
    if is_said and report.outcome not in REACHED:
        raise RuleBroken(_("Nobody was reached who could say how satisfied he is"), field="satisfaction")
    if is_said and mediated(dispute, change.by.id):
        raise RuleBroken(_("Somebody other than the mediator asks how satisfied people are"), field="satisfaction")
    if report.satisfaction is Satisfaction.DISSATISFIED and not report.advice.strip():
        raise RuleBroken(_("Enter why, in the words of the party"), field="advice")
