"""The ladder 催办: what the house does when a unit is silent. Proposed from facts and the clock, kept once it is done.

Nothing is stored before a step is taken, so that a worker that slept or a clock that jumped cannot spoil it. The
reminder goes out by itself; the second whistle and the request to the district are pressed by a person.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import Callout
from models.centre import Centre
from models.change import Change
from models.coordination import Coordination
from models.dispute import Dispute
from models.errors import TransitionNotAllowed
from models.event_kinds import EventKind
from models.outbox import ask_leader, post
from models.whistle import Level
from models.words import _


class Step(StrEnum):
    """催办提醒 to the unit, 二次吹哨 to its leader, 提请区级协调 to the duty district leader."""

    REMINDER = "reminder"
    SECOND = "second"
    COORDINATION = "coordination"


EVENTS = {
    Step.REMINDER: EventKind.CALLOUT_REMIND,
    Step.SECOND: EventKind.CALLOUT_SECOND,
    Step.COORDINATION: EventKind.CALLOUT_COORDINATE,
}
# Called for a fixed time: nobody has to answer before it.
FIXED = (Level.APPOINTMENT, Level.VIDEO)
INBOX = "inbox"


class LadderStep(Base):
    """A step that was taken: by a person, or by the worker alone when nobody is named."""

    __tablename__ = "ladder_steps"
    __table_args__ = (UniqueConstraint("callout_id", "step"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"))
    step: Mapped[Step] = mapped_column(one_of(Step))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)
    channel: Mapped[str] = mapped_column(String(16), default=INBOX)

    callout: Mapped[Callout] = relationship(back_populates="steps")


class LadderNotice(Base):
    """The duty leader was told that this step waits; once for each."""

    __tablename__ = "ladder_notices"
    __table_args__ = (UniqueConstraint("callout_id", "step"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"))
    step: Mapped[Step] = mapped_column(one_of(Step))
    at: Mapped[datetime]

    callout: Mapped[Callout] = relationship(back_populates="notices")


def moments(callout: Callout, settings: dict[str, Any]) -> dict[Step, datetime]:
    """When each step is due, were the unit silent until then."""
    reminder = callout.sounded_at + callout.paused_for + timedelta(minutes=settings["reminder_minutes"])
    if callout.whistle.level in FIXED:
        reminder = max(reminder, callout.due_at)
    return {
        Step.REMINDER: reminder,
        Step.SECOND: callout.due_at + timedelta(minutes=settings["second_minutes"]),
        Step.COORDINATION: callout.due_at + timedelta(minutes=settings["coordination_minutes"]),
    }


def taken(callout: Callout) -> dict[Step, LadderStep]:
    return {one.step: one for one in callout.steps}


def proposed(callout: Callout, now: datetime, settings: dict[str, Any]) -> list[Step]:
    """Steps whose time has come and that nobody has taken. A clock that stands still holds the ladder too."""
    if not callout.is_awaited or callout.open_pause is not None:
        return []
    done = taken(callout)
    due = [step for step, moment in moments(callout, settings).items() if moment <= now and step not in done]
    return [step for step in due if step is not Step.REMINDER or callout.acknowledged_at is None]


def take(change: Change, callout: Callout, step: Step) -> None:
    """Do what the ladder proposes; a second time changes nothing. The unit's clock is not restarted.

    Raises TransitionNotAllowed while the time of the step has not come.
    """
    change.lock(callout.dispute.stream, callout)
    if step in taken(callout):
        return
    settings = callout.dispute.centre.settings(change.session)
    if step not in proposed(callout, change.at, settings):
        raise TransitionNotAllowed(_("It is not time for this step"))
    callout.steps.append(LadderStep(step=step, at=change.at, by_id=change.by.id, channel=INBOX))
    callout.note(change, EVENTS[step])
    recipient = ("callout", callout.id)
    if step is Step.COORDINATION:
        recipient = ("unit", Coordination.ask(change, callout).unit_id)
    post(change, callout.dispute.stream, step.value, [recipient])


def unpressed(callout: Callout, now: datetime, settings: dict[str, Any]) -> list[Step]:
    """Steps only a person takes, which nobody has taken within the set minutes and of which nobody was told."""
    told = {notice.step for notice in callout.notices}
    after, due = timedelta(minutes=settings["unpressed_minutes"]), moments(callout, settings)
    return [step for step in for_leader(callout, now, settings) if step not in told and due[step] + after <= now]


def for_leader(callout: Callout, now: datetime, settings: dict[str, Any]) -> list[Step]:
    """Of the steps that are proposed, those a person presses."""
    return [step for step in proposed(callout, now, settings) if step is not Step.REMINDER]


def tell_leader(change: Change, callout: Callout, step: Step) -> None:
    """The duty leader hears once that a step waits for somebody's tap; the deputy after his minutes."""
    change.lock(callout.dispute.stream, callout)
    centre = callout.dispute.centre
    settings = centre.settings(change.session)
    if step not in unpressed(callout, change.at, settings):
        return
    callout.notices.append(LadderNotice(step=step, at=change.at))
    callout.note(change, EventKind.CALLOUT_UNPRESSED, step=step.value)
    ask_leader(change, callout.dispute.stream, centre.id, settings["deputy_minutes"])


def waits_for_leader(session: Session, centre: Centre, now: datetime) -> bool:
    """Whether a second whistle or a request to the district waits to be pressed at this centre."""
    settings = centre.settings(session)
    here = waiting(now).join(Dispute, Dispute.id == Callout.dispute_id).where(Dispute.centre_id == centre.id)
    return any(for_leader(callout, now, settings) for callout in session.scalars(here))


def waiting(now: datetime) -> Select[tuple[Callout]]:
    """Callouts the ladder may have something to do with: not acknowledged, or past their time."""
    return (
        select(Callout)
        .where(Callout.still_awaited(), or_(Callout.acknowledged_at.is_(None), Callout.due_at <= now))
        .order_by(Callout.due_at, Callout.id)
    )


def by_itself(callout: Callout, now: datetime, settings: dict[str, Any]) -> Iterator[Step]:
    """What the worker does without being asked."""
    for step in proposed(callout, now, settings):
        if step is Step.REMINDER or (step is Step.SECOND and settings["automatic_second"]):
            yield step
