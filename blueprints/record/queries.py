"""What a unit sees of itself. Never a party's name, never another unit."""

from datetime import date, timedelta

from flask import request
from sqlalchemy import Select, exists, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.calendar import exceptions, is_worked
from models.callout import Callout
from models.clock import local_day
from models.dispute import Dispute
from models.duty_turn import DutyTurn
from models.month import Month
from models.objection import Objection
from models.unit import Unit
from models.whistle import Whistle
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.responses import found_or_404

DAYS_SHOWN = 7


def units_in_reach() -> Select[tuple[Unit]]:
    """One's own unit and what stands below it; the duty leader of a house every unit it serves."""
    paths = current().served_paths(Permission.RECORD_READ)
    within = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return select(Unit).where(or_(false(), *within)).order_by(Unit.sort_key, Unit.id)


def unit_in_reach(unit_id: int) -> Unit:
    return found_or_404(units_in_reach().where(Unit.id == unit_id))


def called_units() -> list[Unit]:
    """Units in reach that are in use or were ever called, in the order of their sound."""
    ever = exists().where(Callout.unit_id == Unit.id)
    return list(db.session.scalars(units_in_reach().where(or_(Unit.is_active, ever))))


def chosen_month() -> Month:
    """The month the address names; the present one when it names none, or one that is still to come."""
    present = Month.of(now())
    wanted = Month.written(request.args.get("month", ""))
    return wanted if wanted is not None and wanted < present else present


def _own(unit: Unit) -> Select[tuple[Callout]]:
    return select(Callout).where(Callout.unit_id == unit.id).options(
        joinedload(Callout.dispute).joinedload(Dispute.centre), joinedload(Callout.whistle),
        selectinload(Callout.objections), selectinload(Callout.pauses), selectinload(Callout.extensions),
        selectinload(Callout.corrections),
    )  # fmt: skip


def callouts_of(unit: Unit, month: Month) -> list[Callout]:
    """Every whistle for the unit in the month, in the order of sounding; drills stand apart from figures."""
    return _of_month(unit, month, is_drill=False)


def drills_of(unit: Unit, month: Month) -> list[Callout]:
    """The drills of the month: how they went is told to the unit and counted nowhere."""
    return _of_month(unit, month, is_drill=True)


def _of_month(unit: Unit, month: Month, *, is_drill: bool) -> list[Callout]:
    start, end = month.bounds
    rows = _own(unit).join(Whistle).where(
        Callout.sounded_at >= start, Callout.sounded_at < end, Whistle.is_drill.is_(is_drill)
    )  # fmt: skip
    return list(db.session.scalars(rows.order_by(Callout.sounded_at, Callout.id)))


def open_callouts(unit: Unit) -> list[Callout]:
    rows = _own(unit).where(Callout.still_open())
    return list(db.session.scalars(rows.order_by(Callout.due_at, Callout.id)))


def objections_of(unit: Unit, month: Month) -> list[Objection]:
    """Objections the unit raised in the month, the newest first, with what was decided; not those of a drill."""
    start, end = month.bounds
    return list(db.session.scalars(
        select(Objection).join(Callout).join(Whistle)
        .where(Callout.unit_id == unit.id, Objection.raised_at >= start, Objection.raised_at < end,
               Whistle.is_drill.is_(False))
        .options(joinedload(Objection.callout).joinedload(Callout.dispute)).order_by(Objection.id.desc())
    ))  # fmt: skip


def duty_ahead(unit: Unit) -> list[tuple[date, DutyTurn | None, bool]]:
    """Today and the next days: who is on duty, and whether the day needs somebody."""
    today, centre = local_day(now()), current().centre
    days = [today + timedelta(days=offset) for offset in range(DAYS_SHOWN)]
    found = db.session.scalars(
        select(DutyTurn).where(DutyTurn.unit_id == unit.id, DutyTurn.day.between(days[0], days[-1]))
    )
    turns = {turn.day: turn for turn in found}
    known = exceptions(db.session(), centre.id, days[0], days[-1]) if centre else {}
    return [(day, turns.get(day), is_worked(day, known.get(day))) for day in days]
