"""Reminders of deadlines: some days before the end, and to house and units once after it. Each of them once."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from models.change import Change
from models.clock import SHANGHAI, local_day
from models.deadline import RUNNING, Deadline
from models.event_kinds import EventKind
from models.outbox import DEADLINE, post
from models.whistle import Whistle

# Nobody's telephone rings for a date at night.
DAYTIME = range(8, 18)
AT_ONCE = 50


def in_earnest() -> ColumnElement[bool]:
    """Not a drill: nobody waits for the end of an exercise."""
    return ~exists().where(Whistle.dispute_id == Deadline.dispute_id, Whistle.is_drill)


def to_remind(session: Session, now: datetime) -> list[int]:
    """Deadlines of which something has to be said today."""
    if now.astimezone(SHANGHAI).hour not in DAYTIME:
        return []
    due = select(Deadline.id).where(Deadline.warn_on <= local_day(now), RUNNING, in_earnest())
    return list(session.scalars(due.order_by(Deadline.warn_on, Deadline.id).limit(AT_ONCE)))


def remind(change: Change, deadline: Deadline) -> bool:
    """Say it to whoever owns the deadline; whether there was anything to say."""
    change.lock(deadline.dispute.stream, deadline)
    today = local_day(change.at)
    if not deadline.is_running or deadline.warn_on is None or deadline.warn_on > today:
        return False
    deadline.set_warning(today)
    change.record(deadline.dispute.stream, EventKind.DEADLINE_REMIND, ("deadline", deadline.id), clock=deadline.code,
                  due=deadline.due_on.isoformat())  # fmt: skip
    post(change, deadline.dispute.stream, "deadline", [(DEADLINE, deadline.id)])
    return True
