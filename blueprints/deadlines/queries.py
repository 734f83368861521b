"""Deadlines in scope: of one dispute, and lists over the house."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.assignment import Assignment
from models.calendar import WorkCalendar
from models.clock import local_day
from models.deadline import RUNNING, Deadline
from models.deadline_history import DeadlinePause
from models.dispute import Dispute
from models.party import Party
from models.reminder import in_earnest
from models.unit import Unit
from models.visit import Visit
from security.identity import current
from security.permissions import Permission
from transaction import db, now

MOST = 100
WEEK = timedelta(days=7)


def in_reach(permission: Permission) -> Select[tuple[Deadline]]:
    """Deadlines of the disputes this permission reaches."""
    return select(Deadline).where(current().reaches(Deadline.dispute_id, permission))


def listed(tab: str, unit: int | None) -> list[Deadline]:
    """What runs, the nearest end first; one more than is shown."""
    today = local_day(now())
    statement = in_reach(Permission.DISPUTE_READ).where(RUNNING, in_earnest())
    if tab == "mine":
        statement = statement.where(mine())
    elif tab == "week":
        statement = statement.where(Deadline.due_on.between(today, today + WEEK))
    elif tab == "late":
        stands = exists().where(DeadlinePause.deadline_id == Deadline.id, DeadlinePause.until.is_(None))
        statement = statement.where(Deadline.due_on < today, ~stands)
    if unit is not None:
        statement = statement.where(Deadline.unit_id == unit)
    wanted = statement.options(
        joinedload(Deadline.dispute).joinedload(Dispute.category), joinedload(Deadline.unit),
        joinedload(Deadline.person), selectinload(Deadline.pauses),
    )  # fmt: skip
    return list(db.session().scalars(wanted.order_by(Deadline.due_on, Deadline.id).limit(MOST + 1)))


def mine() -> ColumnElement[bool]:
    """Owned by this person or a unit the person answers for, or in a dispute the person handles."""
    person = current().person
    me = person.id if person is not None else 0
    own_units = [held.unit_id for held in person.roles] if person is not None else []
    return or_(
        Deadline.person_id == me,
        Deadline.unit_id.in_(select(Unit.id).where(Unit.id.in_(own_units), Unit.id != _house())),
        exists().where(Assignment.dispute_id == Deadline.dispute_id, Assignment.person_id == me,
                       Assignment.until.is_(None)),
        exists().where(Visit.dispute_id == Deadline.dispute_id, Visit.taken_by_id == me),
    )  # fmt: skip


def _house() -> int:
    """Everybody of the house would own everything of the house: that is no owner."""
    centre = current().centre
    return centre.unit_id if centre is not None else 0


def party_of(deadline: Deadline) -> Any:
    """The party whose period it is, if it is one party's."""
    kind, _colon, number = deadline.about.partition(":")
    if kind != "party":
        return None
    found = select(Party).where(Party.id == int(number), Party.dispute_id == deadline.dispute_id)
    return db.session().scalars(found).one_or_none()


def is_provisional(deadline: Deadline) -> bool:
    """Whether the last day was counted by a year whose holidays nobody has entered."""
    calendar = WorkCalendar.of(db.session(), deadline.dispute.centre_id)
    return deadline.is_running and deadline.clock.length is not None and not calendar.knows(deadline.due_on.year)
