"""What stands beside the rows: rooms, who is on duty, the figures of the day, the last call. One statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, select

from models.callout import Callout
from models.centre import Centre
from models.clock import day_bounds, local_day
from models.dispute import Dispute
from models.mediation import MediationSession, Outcome
from models.person import Person, Role, RoleHeld
from models.room import Room, RoomUse
from models.unit import DutyTurn, Stationing, Unit, UnitKind
from models.visit import Visit
from models.whistle import Whistle


@dataclass(frozen=True)
class OnDuty:
    """Who is there today by the roster: the leader, the windows of stationed units, lawyers and counsellors."""

    leader: str
    windows: list[Any]
    lawyers: int
    counsellors: int

    @property
    def has_court(self) -> bool:
        return any(window.kind == UnitKind.COURT and window.name for window in self.windows)


@dataclass(frozen=True)
class Figures:
    """Today so far. `coming` are limits still running: a unit counts as due when its limit passes or it is there."""

    visits: int
    whistles: int
    arrived: int
    due: int
    coming: list[datetime]
    median_minutes: int | None
    settled: int


_latest = select(func.max(Visit.id)).where(Visit.dispute_id == Dispute.id).correlate(Dispute).scalar_subquery()
_ROOMS = (
    select(Room.id, Room.name, Room.name_en, Dispute.number, Dispute.reference, RoomUse.since,
           Visit.queue_number, Visit.day, MediationSession.id.label("session_id"))
    .outerjoin(RoomUse, and_(RoomUse.room_id == Room.id, RoomUse.until.is_(None)))
    .outerjoin(Dispute, Dispute.id == RoomUse.dispute_id)
    .outerjoin(Visit, Visit.id == _latest)
    .outerjoin(MediationSession, and_(MediationSession.dispute_id == Dispute.id, MediationSession.ended_at.is_(None)))
    .where(Room.centre_id == bindparam("centre_id"), Room.is_active)
    .order_by(Room.position, Room.id)
)  # fmt: skip

_house = select(Centre.unit_id).where(Centre.id == bindparam("centre_id")).scalar_subquery()
# A house built for it stands among the departments; a township's house is the township itself.
_floor = select(case((Unit.kind == UnitKind.CENTRE, Unit.parent_id), else_=Unit.id)).where(Unit.id == _house)
_stationed = and_(Unit.stationing == Stationing.STATIONED, Unit.parent_id == _floor.scalar_subquery())
_WINDOWS = (
    select(Unit.name.label("unit"), Unit.name_en.label("unit_en"), Unit.kind, DutyTurn.name,
           (Unit.id == _house).label("is_house"))
    .outerjoin(DutyTurn, and_(DutyTurn.unit_id == Unit.id, DutyTurn.day == bindparam("day")))
    .where(Unit.is_active, (Unit.id == _house) | _stationed)
    .order_by(Unit.id)
)  # fmt: skip
_HELD = (
    select(RoleHeld.role, func.count(Person.id.distinct()))
    .join(Person, Person.id == RoleHeld.person_id)
    .where(RoleHeld.unit_id == _house, RoleHeld.role.in_([Role.LAWYER, Role.COUNSELLOR]), Person.is_active)
    .group_by(RoleHeld.role)
)


def rooms_of(reader: Connection, centre_id: int) -> Sequence[Any]:
    """Rooms in the order of the house, with the dispute that sits there and the number it was called by."""
    return reader.execute(_ROOMS, {"centre_id": centre_id}).all()


def on_duty(reader: Connection, centre_id: int, day: date) -> OnDuty:
    windows = reader.execute(_WINDOWS, {"centre_id": centre_id, "day": day}).all()
    count: dict[Role, int] = dict(reader.execute(_HELD, {"centre_id": centre_id}).tuples().all())
    leader = next((window.name for window in windows if window.is_house), None)
    return OnDuty(leader or "", [window for window in windows if not window.is_house],
                  count.get(Role.LAWYER, 0), count.get(Role.COUNSELLOR, 0))  # fmt: skip


def visits_today(reader: Connection, centre_id: int, at: datetime) -> int:
    statement = select(func.count(Visit.id)).where(Visit.centre_id == centre_id, Visit.day == local_day(at))
    return reader.execute(statement).scalar_one()


def figures_of(reader: Connection, centre_id: int, at: datetime) -> Figures:
    start, end = day_bounds(local_day(at))
    here = Dispute.centre_id == centre_id
    whistles = reader.execute(
        select(func.count(Whistle.id)).join(Dispute, Dispute.id == Whistle.dispute_id)
        .where(here, Whistle.sounded_at >= start, Whistle.sounded_at < end)
    ).scalar_one()  # fmt: skip
    settled = reader.execute(
        select(func.count(MediationSession.id)).join(Dispute, Dispute.id == MediationSession.dispute_id)
        .where(here, MediationSession.ended_at >= start, MediationSession.ended_at < end,
               MediationSession.outcome == Outcome.AGREED, MediationSession.on_site)
    ).scalar_one()  # fmt: skip
    callouts = reader.execute(
        select(Callout.sounded_at, Callout.due_at, Callout.arrived_at).join(Dispute, Dispute.id == Callout.dispute_id)
        .where(here, Callout.sounded_at >= start, Callout.sounded_at < end, Callout.stood_down_at.is_(None))
    ).all()  # fmt: skip
    arrived = [row for row in callouts if row.arrived_at is not None]
    coming = sorted(row.due_at for row in callouts if row.arrived_at is None and row.due_at > at)
    minutes = [(row.arrived_at - row.sounded_at).total_seconds() // 60 for row in arrived]
    return Figures(visits_today(reader, centre_id, at), whistles, len(arrived), len(callouts) - len(coming), coming,
                   int(median(minutes)) if minutes else None, settled)  # fmt: skip


def last_call(reader: Connection, centre_id: int, at: datetime) -> Any:
    """The queue number called last today and the room it was called to, while it sits there."""
    return reader.execute(
        select(Visit.queue_number, Visit.called_at, Room.name, Room.name_en, Room.purpose)
        .join(RoomUse, and_(RoomUse.dispute_id == Visit.dispute_id, RoomUse.until.is_(None)))
        .join(Room, Room.id == RoomUse.room_id)
        .where(Visit.centre_id == centre_id, Visit.day == local_day(at), Visit.called_at.is_not(None))
        .order_by(Visit.called_at.desc())
        .limit(1)
    ).first()
