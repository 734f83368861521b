"""Units and days of the roster in reach of the person."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, exists, false, or_, select

from models.calendar import CalendarDay, exceptions, is_worked, next_working_day
from models.centre import Centre
from models.clock import local_day
from models.duty import NEEDS_DUTY, somebody
from models.duty_turn import DutyTurn
from models.unit import Unit
from security.identity import current
from security.permissions import Permission
from transaction import db, now

AHEAD = 14  # days entered beforehand, after today
GAP_DAYS = 3  # working days that are looked at for units without anybody


def units_in_reach(permission: Permission = Permission.ROSTER_EDIT) -> Select[tuple[Unit]]:
    """The manager of the house plans for every unit it serves, a unit's manager for his own and those below."""
    paths = current().served_paths(permission)
    within = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return select(Unit).where(or_(false(), *within), Unit.is_active).order_by(Unit.kind != "centre", Unit.sort_key)


def days() -> list[date]:
    today = local_day(now())
    return [today + timedelta(days=offset) for offset in range(AHEAD + 1)]


def turns_of(units: Sequence[Unit], between: Sequence[date]) -> dict[tuple[int, date], DutyTurn]:
    found = db.session.scalars(
        select(DutyTurn).where(DutyTurn.unit_id.in_([unit.id for unit in units]),
                               DutyTurn.day.between(between[0], between[-1]))
    )  # fmt: skip
    return {(turn.unit_id, turn.day): turn for turn in found}


def free_days(between: Sequence[date]) -> dict[date, str]:
    """Days on which the house rests and nobody is needed, with the name of the holiday where it has one."""
    centre = current().centre
    known: dict[date, CalendarDay] = exceptions(db.session(), centre.id, between[0], between[-1]) if centre else {}
    return {
        day: known[day].name if day in known else "" for day in between if not is_worked(day, known.get(day))
    }  # fmt: skip


def coming_working_days(centre: Centre) -> list[date]:
    found = [local_day(now())]
    for _step in range(GAP_DAYS):
        found.append(next_working_day(db.session(), centre.id, found[-1]))
    return found[1:]


def gaps(days: Iterable[date]) -> dict[date, list[Unit]]:
    """For each of the days the units in reach that have nobody."""
    return {day: list(db.session.scalars(
        units_in_reach(Permission.ROSTER_READ)
        .where(Unit.kind.in_(NEEDS_DUTY), ~exists().where(DutyTurn.unit_id == Unit.id, DutyTurn.day == day, somebody()))
    )) for day in days}  # fmt: skip
