"""Attendance of windows 窗口到岗: whether a stationed or rotating unit's window is manned today.

The desk records it for the unit, by one tap; no person is named and nobody clocks in. A window may be left and manned
again: each span is a row.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key
from models.centre import Centre
from models.change import Change
from models.clock import local_day
from models.event_kinds import EventKind
from models.unit import Stationing, Unit

MANNED = text("left_at IS NULL")


class Attendance(Base):
    """One unit at its window, from 到岗 to 离岗 of one day. What is open at the end of the day ended with it."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index("uq_attendances_manned", "centre_id", "unit_id", "day", unique=True,
              sqlite_where=MANNED, postgresql_where=MANNED),
        Index("ix_attendances_centre_id_day", "centre_id", "day"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    day: Mapped[date] = mapped_column(Date)
    came_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    @classmethod
    def come(cls, change: Change, centre: Centre, unit: Unit) -> None:
        """到岗. A second tap changes nothing."""
        change.open_streams(f"unit:{unit.id}")
        if cls._manned(change, centre, unit) is None:
            change.session.add(cls(centre_id=centre.id, unit_id=unit.id, day=local_day(change.at), came_at=change.at))
            change.record(f"unit:{unit.id}", EventKind.ATTENDANCE_COME, ("unit", unit.id), unit=unit.id)
            change.renew(f"centre:{centre.id}")

    @classmethod
    def leave(cls, change: Change, centre: Centre, unit: Unit) -> None:
        """离岗. Nothing changes at a window that is not manned."""
        change.open_streams(f"unit:{unit.id}")
        span = cls._manned(change, centre, unit)
        if span is not None:
            span.left_at = change.at
            change.record(f"unit:{unit.id}", EventKind.ATTENDANCE_LEAVE, ("unit", unit.id), unit=unit.id)
            change.renew(f"centre:{centre.id}")

    @classmethod
    def _manned(cls, change: Change, centre: Centre, unit: Unit) -> "Attendance | None":
        return change.session.scalars(
            select(cls).where(cls.centre_id == centre.id, cls.unit_id == unit.id, cls.day == local_day(change.at),
                              cls.left_at.is_(None))
        ).one_or_none()  # fmt: skip


def units_at_windows(session: Session, centre: Centre, day: date) -> list[Unit]:
    """Units whose window in this house is to be manned: stationed ones, and rotating ones on their weekday."""
    on_its_day = (Unit.stationing == Stationing.ROTATING) & Unit.weekdays.contains(str(day.isoweekday()))
    present = select(Unit).where(
        Unit.is_active, Unit.id != centre.unit_id, Unit.path.startswith(centre.unit.served_path, autoescape=True),
        or_(Unit.stationing == Stationing.STATIONED, on_its_day),
    )  # fmt: skip
    return list(session.scalars(present.order_by(Unit.stationing != Stationing.STATIONED, Unit.sort_key)))


def attendance_of(session: Session, centre_id: int, day: date, units: Sequence[Unit]) -> dict[int, list[Attendance]]:
    """The spans of a day for each of these units that has any, the earliest first."""
    found: dict[int, list[Attendance]] = {}
    rows = session.scalars(
        select(Attendance)
        .where(Attendance.centre_id == centre_id, Attendance.day == day,
               Attendance.unit_id.in_([unit.id for unit in units]))
        .order_by(Attendance.id)
    )  # fmt: skip
    for row in rows:
        found.setdefault(row.unit_id, []).append(row)
    return found
