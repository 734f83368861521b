"""Units and days of the roster in reach of the person."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, false, or_, select

from models.clock import local_day
from models.unit import DutyTurn, Unit
from security.identity import current
from security.permissions import Permission
from transaction import db, now

AHEAD = 14  # days entered beforehand, after today


def units_in_reach() -> Select[tuple[Unit]]:
    """The manager of the house plans for every unit it serves, a unit's manager for his own and those below."""
    paths = current().served_paths(Permission.ROSTER_EDIT)
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
