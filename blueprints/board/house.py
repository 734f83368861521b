"""What stands beside the rows: rooms, who is on duty, the figures of the day, the last call. One statement each."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select

from models.attendance import Attendance
from models.base import Instant
from models.callout import Callout
from models.centre import Centre
from models.clock import day_bounds, local_day
from models.conclusion import Outcome
from models.dispute import Dispute
from models.duty_turn import DutyTurn
from models.mediation import MediationSession
from models.person import Person, Role, RoleHeld
from models.prepared import Prepared, Reading
from models.room import Room, RoomUse
from models.unit import Stationing, Unit, UnitKind
from models.visit import Channel, Visit
from models.whistle import Whistle


@dataclass(frozen=True)
class OnDuty:
    """Who is there today, windows by their attendance where it is recorded, the others by the roster."""

    leader: str
    windows: list[Any]
    lawyers: int
    counsellors: int

    @property
    def has_court(self) -> bool:
        return any(window.kind == UnitKind.COURT and is_manned(window) for window in self.windows)


def is_manned(window: Any) -> bool:
    """What the desk has recorded today counts; only where nothing is recorded the roster does."""
    return bool(window.manned) if window.recorded else bool(window.officer)


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
_ROOMS = Prepared(
    select(
        Room.id,
        Room.name,
        Room.name_en,
        Room.purpose,
        Room.seats,
        Dispute.number,
        Dispute.reference,
        RoomUse.since,
        Visit.queue_number,
        Visit.day,
        MediationSession.id.label("session_id"),
    )
    .outerjoin(RoomUse, and_(RoomUse.room_id == Room.id, RoomUse.until.is_(None)))
    .outerjoin(Dispute, Dispute.id == RoomUse.dispute_id)
    .outerjoin(Visit, Visit.id == _latest)
    .outerjoin(MediationSession, and_(MediationSession.dispute_id == Dispute.id, MediationSession.ended_at.is_(None)))
    .where(Room.centre_id == bindparam("centre_id"), Room.is_active)
    .order_by(Room.position, Room.id)
)

_house = select(Centre.unit_id).where(Centre.id == bindparam("centre_id")).scalar_subquery()
# A house built for it stands among the departments; a township's house is the township itself.
_floor = select(case((Unit.kind == UnitKind.CENTRE, Unit.parent_id), else_=Unit.id)).where(Unit.id == _house)
_recorded = and_(
    Attendance.unit_id == Unit.id,
    Attendance.centre_id == bindparam("centre_id"),
    Attendance.day == bindparam("day"),
)
_in_house = or_(
    Unit.stationing == Stationing.STATIONED,
    and_(Unit.stationing == Stationing.ROTATING, Unit.weekdays.like(bindparam("on_weekday"))),
)
_WINDOWS = Prepared(
    select(
        Unit.name.label("unit"),
        Unit.name_en.label("unit_en"),
        Unit.kind,
        case((DutyTurn.is_deputised | (DutyTurn.name == ""), DutyTurn.deputy_name), else_=DutyTurn.name).label(
            "officer"
        ),
        (Unit.id == _house).label("is_house"),
        exists().where(_recorded).label("recorded"),
        exists().where(_recorded, Attendance.left_at.is_(None)).label("manned"),
    )
    .outerjoin(DutyTurn, and_(DutyTurn.unit_id == Unit.id, DutyTurn.day == bindparam("day")))
    .where(
        Unit.is_active,
        (Unit.id == _house) | and_(_in_house, Unit.parent_id == _floor.scalar_subquery()),
    )
    .order_by(Unit.id)
)
_HOLDERS = Prepared(
    select(RoleHeld.role, func.count(Person.id.distinct()).label("people"))
    .join(Person, Person.id == RoleHeld.person_id)
    .where(RoleHeld.unit_id == _house, RoleHeld.role.in_([Role.LAWYER, Role.COUNSELLOR]), Person.is_active)
    .group_by(RoleHeld.role)
)

_here = Dispute.centre_id == bindparam("centre_id")
_start, _end = bindparam("start", type_=Instant), bindparam("end", type_=Instant)


def _drilled(dispute_id: Any) -> ColumnElement[bool]:
    """What belongs to a drill is in no figure."""
    return exists().where(Whistle.dispute_id == dispute_id, Whistle.is_drill)


_COUNTS = Prepared(
    select(
        select(func.count(Visit.id))
        .where(
            Visit.centre_id == bindparam("centre_id"),
            Visit.day == bindparam("day"),
            # 接待: people who came or rang; what the court passes on is counted among its matters.
            Visit.channel != Channel.COURT,
            ~_drilled(Visit.dispute_id),
        )
        .scalar_subquery()
        .label("visits"),
        select(func.count(Whistle.id))
        .join(Dispute, Dispute.id == Whistle.dispute_id)
        .where(_here, Whistle.sounded_at >= _start, Whistle.sounded_at < _end, ~Whistle.is_drill)
        .scalar_subquery()
        .label("whistles"),
        select(func.count(MediationSession.id))
        .join(Dispute, Dispute.id == MediationSession.dispute_id)
        .where(
            _here,
            MediationSession.ended_at >= _start,
            MediationSession.ended_at < _end,
            MediationSession.outcome == Outcome.AGREED,
            MediationSession.on_site,
            ~_drilled(MediationSession.dispute_id),
        )
        .scalar_subquery()
        .label("settled"),
    )
)
_LIMITS = Prepared(
    select(Callout.sounded_at, Callout.due_at, Callout.arrived_at)
    .join(Dispute, Dispute.id == Callout.dispute_id)
    .join(Whistle, Whistle.id == Callout.whistle_id)
    .where(
        _here,
        Callout.sounded_at >= _start,
        Callout.sounded_at < _end,
        Callout.stood_down_at.is_(None),
        ~Whistle.is_drill,
    )
)
_LAST_CALL = Prepared(
    select(Visit.queue_number, Visit.called_at, Room.name, Room.name_en, Room.purpose)
    .join(RoomUse, and_(RoomUse.dispute_id == Visit.dispute_id, RoomUse.until.is_(None)))
    .join(Room, Room.id == RoomUse.room_id)
    .where(Visit.centre_id == bindparam("centre_id"), Visit.day == bindparam("day"), Visit.called_at.is_not(None))
    .order_by(Visit.called_at.desc())
    .limit(1)
)


def rooms_of(reading: Reading, centre_id: int) -> list[Any]:
    """Rooms in the order of the house, with the dispute that sits there and the number it was called by."""
    return reading.rows(_ROOMS, centre_id=centre_id)


def on_duty(reading: Reading, centre_id: int, day: date) -> OnDuty:
    windows = reading.rows(_WINDOWS, centre_id=centre_id, day=day, on_weekday=f"%{day.isoweekday()}%")
    count = {row.role: row.people for row in reading.rows(_HOLDERS, centre_id=centre_id)}
    leader = next((window.officer for window in windows if window.is_house), None)
    return OnDuty(leader or "", [window for window in windows if not window.is_house],
                  count.get(Role.LAWYER, 0), count.get(Role.COUNSELLOR, 0))  # fmt: skip


def figures_of(reading: Reading, centre_id: int, at: datetime) -> Figures:
    day = local_day(at)
    start, end = day_bounds(day)
    [counts] = reading.rows(_COUNTS, centre_id=centre_id, day=day, start=start, end=end)
    limits = reading.rows(_LIMITS, centre_id=centre_id, start=start, end=end)
    arrived = [row for row in limits if row.arrived_at is not None]
    coming = sorted(row.due_at for row in limits if row.arrived_at is None and row.due_at > at)
    minutes = [(row.arrived_at - row.sounded_at).total_seconds() // 60 for row in arrived]
    return Figures(counts.visits, counts.whistles, len(arrived), len(limits) - len(coming), coming,
                   int(median(minutes)) if minutes else None, counts.settled)  # fmt: skip


def last_call(reading: Reading, centre_id: int, at: datetime) -> Any:
    """The queue number called last today and the room it was called to, while it sits there."""
    return next(iter(reading.rows(_LAST_CALL, centre_id=centre_id, day=local_day(at))), None)
