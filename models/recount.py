"""Counting anew: when the calendar changes, the last days of everything that runs change with it, and each says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from models.calendar import WorkCalendar
from models.centre import Centre
from models.change import Change
from models.deadline import Deadline
from models.dispute import Dispute
from models.event_kinds import EventKind


@contextmanager
def counted_anew(change: Change, centre: Centre) -> Iterator[None]:
    """Around an entry in the calendar: every deadline of the centre that runs is reckoned once more."""
    running = (
        select(Deadline)
        .join(Deadline.dispute)
        .where(Dispute.centre_id == centre.id, Deadline.met_on.is_(None), Deadline.void_at.is_(None))
        .options(contains_eager(Deadline.dispute), selectinload(Deadline.pauses), selectinload(Deadline.extensions))
        .order_by(Deadline.id)
    )
    streams = {f"dispute:{one.dispute_id}" for one in change.session.scalars(running)}
    change.open_streams(f"centre:{centre.id}", *streams)
    yield
    change.session.flush()
    calendar = WorkCalendar.of(change.session, centre.id)
    again = running.execution_options(populate_existing=True)
    for deadline in change.session.scalars(again):
        before = deadline.due_on
        deadline.reckon(calendar)
        if deadline.due_on != before:
            deadline.note(change, EventKind.DEADLINE_MOVE, due=deadline.due_on.isoformat(), before=before.isoformat())
