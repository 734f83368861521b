"""A visit plan 串场: a unit that is called to several rooms at once comes to them one after the other.

Nothing but the planned time is kept, at each callout; the order is the order of these times. The later callout is not
late before its own.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased, joinedload

from models.callout import Callout
from models.change import Change
from models.clock import day_bounds, iso, local_day
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.room import Room, RoomUse
from models.words import _


class Stop(NamedTuple):
    """One room of the visit; without a room the unit comes to the desk first."""

    callout: Callout
    room: Room | None


def at_once(session: Session, callout: Callout) -> list[Callout]:
    """The open callouts of this unit in the same house, the planned first, in their order."""
    found = session.scalars(_beside(callout).options(joinedload(Callout.dispute), joinedload(Callout.whistle))).unique()
    return sorted(found, key=lambda one: (one.planned_at or one.due_at, one.id))


def itinerary(session: Session, callout: Callout) -> list[Stop]:
    """Where the unit goes and when; empty for a callout without a planned time."""
    if callout.planned_at is None or not callout.is_open:
        return []
    rows = session.execute(
        _beside(callout)
        .add_columns(Room)
        .outerjoin(RoomUse, and_(RoomUse.dispute_id == Callout.dispute_id, RoomUse.until.is_(None)))
        .outerjoin(Room, Room.id == RoomUse.room_id)
        .where(Callout.planned_at.is_not(None))
        .order_by(Callout.planned_at, Callout.id)
    ).all()
    return [Stop(one, room) for one, room in rows]


def walker(session: Session, callout: Callout) -> Callout | None:
    """The callout of this visit at which its officer named himself last: he need not do so again in the next room."""
    if callout.planned_at is None:
        return None
    start, end = day_bounds(local_day(callout.planned_at))
    rows = (
        select(Callout)
        .join(Dispute, Dispute.id == Callout.dispute_id)
        .where(Dispute.centre_id == callout.dispute.centre_id, Callout.unit_id == callout.unit_id)
        .where(Callout.id != callout.id, Callout.planned_at >= start, Callout.planned_at < end)
        .where(Callout.arrived_at.is_not(None), Callout.officer_name != "")
        .order_by(Callout.arrived_at.desc(), Callout.id.desc())
    )
    return session.scalars(rows.limit(1)).one_or_none()


def plan(change: Change, times: Sequence[tuple[Callout, datetime | None]]) -> None:
    """Set the time of each of these callouts; without a time it stands for itself again. Unchanged ones stay.

    Raises RuleBroken when two rooms have the same time, a time has passed, or the callouts are not of one unit.
    """
    change.open_streams(*(callout.dispute.stream for callout, _at in times))
    for callout, _at in times:
        change.lock(callout.dispute.stream, callout)
    if len({callout.unit_id for callout, _at in times}) > 1:
        raise RuleBroken(_("A visit plan is for one unit"))
    planned = [at for callout, at in times if at is not None and callout.is_awaited]
    if len(set(planned)) < len(planned):
        raise RuleBroken(_("The unit cannot be in two rooms at the same time"))
    for callout, at in times:
        if not callout.is_awaited or callout.planned_at == at:
            continue
        if at is not None and at < change.at:
            raise RuleBroken(_("A planned time has passed already"))
        callout.planned_at = at
        callout.reckon_due()
        callout.note(change, EventKind.CALLOUT_PLAN, planned=iso(at) if at else None)
    for callout, _at in times:
        callout.dispute.touch(change)  # every card of the visit shows the whole way


def touch_way(change: Change, dispute_id: int) -> None:
    """Something on this card is told on the others of its visits as well: an arrival, an end, another room."""
    here, there = aliased(Callout), aliased(Dispute)
    others = (
        select(Dispute)
        .join(Callout, Callout.dispute_id == Dispute.id)
        .join(here, here.unit_id == Callout.unit_id)
        .join(there, and_(there.id == here.dispute_id, there.centre_id == Dispute.centre_id))
        .where(here.dispute_id == dispute_id, here.planned_at.is_not(None), Dispute.id != dispute_id)
        .where(Callout.still_open(), Callout.planned_at.is_not(None))
    )
    for dispute in change.session.scalars(others).unique():
        dispute.touch(change)


def _beside(callout: Callout) -> Select[tuple[Callout]]:
    here = Dispute.centre_id == callout.dispute.centre_id
    return (
        select(Callout)
        .join(Dispute, Dispute.id == Callout.dispute_id)
        .where(here, Callout.unit_id == callout.unit_id, Callout.still_open())
    )
