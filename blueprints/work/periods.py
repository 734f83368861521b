"""Deadlines that come near, and the calendar by which they are counted."""

from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import Select, exists, false, or_, select
from sqlalchemy.orm import joinedload

from blueprints.work.items import SOON, Item, me, some
from models.assignment import Assignment
from models.calendar import WorkCalendar
from models.clock import local_day
from models.deadline import RUNNING, Deadline
from models.deadline_history import DeadlinePause
from models.dispute import Dispute
from models.reminder import in_earnest
from models.unit import Unit
from models.visit import Visit
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.filters import day

P = Permission
# These stand in lists of their own: terms and replies.
ELSEWHERE = ("term_due", "hand_over_reply")


def own() -> list[Item]:
    """Of this person's disputes: what ends within a week, and what is over."""
    mine = or_(
        Deadline.person_id == me(),
        exists().where(Assignment.dispute_id == Deadline.dispute_id, Assignment.person_id == me(),
                       Assignment.until.is_(None)),
        exists().where(Visit.dispute_id == Deadline.dispute_id, Visit.taken_by_id == me()),
    )  # fmt: skip
    return _items(_running(P.DEADLINE_EDIT).where(mine, Deadline.due_on <= local_day(now()) + SOON))


def overdue() -> list[Item]:
    """Everything in the house whose last day has passed."""
    return _items(_running(P.OBJECTION_DECIDE).where(Deadline.due_on < local_day(now())))


def of_own_units() -> list[Item]:
    """What the person's own units owe by a day: replies, petition matters. Of the matter only the number."""
    paths = current().paths(P.CALLOUT_RESPOND)
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    found = some(
        select(Deadline).join(Deadline.unit)
        .where(RUNNING, or_(false(), *below), in_earnest())
        .options(joinedload(Deadline.dispute)).order_by(Deadline.due_on, Deadline.id)
    )  # fmt: skip
    today = local_day(now())
    return [
        Item(f"{one.dispute.short_number} {gettext(one.clock.name)}", url_for("callouts.list_callouts"),
             day(one.due_on), one.due_on < today)
        for one in found
    ]  # fmt: skip


def calendar_to_enter() -> list[Item]:
    """From November on the next year's holidays are known and have to be entered."""
    centre, today = current().centre, local_day(now())
    if centre is None:
        return []
    years = [today.year] + [today.year + 1] * (today.month >= 11)
    known = WorkCalendar.of(db.session(), centre.id)
    return [
        Item(gettext("The holidays of %(year)s have not been entered", year=year), url_for("admin.list_calendar"),
             gettext("deadlines are provisional"), is_late=year == today.year or today.month == 12)
        for year in years if not known.knows(year)
    ]  # fmt: skip


def _running(permission: P) -> Select[Any]:
    stands = exists().where(DeadlinePause.deadline_id == Deadline.id, DeadlinePause.until.is_(None))
    return (
        select(Deadline)
        .where(
            RUNNING,
            current().reaches(Deadline.dispute_id, permission),
            Deadline.code.not_in(ELSEWHERE),
            ~stands,
            in_earnest(),
        )
        .options(joinedload(Deadline.dispute).joinedload(Dispute.category))
        .order_by(Deadline.due_on, Deadline.id)
    )


def _items(statement: Select[Any]) -> list[Item]:
    today = local_day(now())
    return [
        Item(f"{one.dispute.short_number} {gettext(one.clock.name)}",
             url_for("deadlines.show_deadline", deadline_id=one.id), day(one.due_on), one.due_on < today)
        for one in some(statement)
    ]  # fmt: skip
