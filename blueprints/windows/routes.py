"""Windows today: which are manned, by one tap of the desk, and what they are called for."""

from collections.abc import Callable
from datetime import date

from flask import Response, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from blueprints.windows import bp
from models.attendance import Attendance, attendance_of, units_at_windows
from models.callout import Callout
from models.centre import Centre
from models.change import Change
from models.clock import local_day
from models.dispute import Dispute
from models.duty_turn import DutyTurn
from models.unit import Unit
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import done, page


@bp.get("/windows")
@requires(Permission.ATTENDANCE_RECORD)
def list_windows() -> Response:
    centre, today = _house(), local_day(now())
    units = units_at_windows(db.session(), centre, today)
    called: dict[int, list[Callout]] = {}
    for callout in _open_callouts(centre, units):
        called.setdefault(callout.unit_id, []).append(callout)
    spans = attendance_of(db.session(), centre.id, today, units)
    manned = sum(own[-1].left_at is None for own in spans.values())
    return page("windows/list.html", units=units, called=called, turns=_on_duty(units, today), today=today,
                spans=spans, manned=manned)  # fmt: skip


@bp.post("/windows/<int:unit_id>/arrival")
@requires(Permission.ATTENDANCE_RECORD)
def create_arrival(unit_id: int) -> Response:
    """到岗."""
    return _tap(unit_id, Attendance.come)


@bp.post("/windows/<int:unit_id>/departure")
@requires(Permission.ATTENDANCE_RECORD)
def create_departure(unit_id: int) -> Response:
    """离岗."""
    return _tap(unit_id, Attendance.leave)


def _tap(unit_id: int, verb: Callable[[Change, Centre, Unit], None]) -> Response:
    centre = _house()
    unit = next((unit for unit in units_at_windows(db.session(), centre, local_day(now())) if unit.id == unit_id), None)
    if unit is None:
        raise NotFound
    with transaction(current().actor) as change:
        verb(change, centre, unit)
    return done(url_for("windows.list_windows"))


def _house() -> Centre:
    centre = current().centre
    if centre is None or not centre.unit.path.startswith(tuple(current().served_paths(Permission.ATTENDANCE_RECORD))):
        raise NotFound
    return centre


def _on_duty(units: list[Unit], day: date) -> dict[int, DutyTurn]:
    rows = select(DutyTurn).where(DutyTurn.day == day, DutyTurn.unit_id.in_([unit.id for unit in units]))
    return {turn.unit_id: turn for turn in db.session.scalars(rows)}


def _open_callouts(centre: Centre, units: list[Unit]) -> list[Callout]:
    """What the windows are called for in this house and have not finished, the earliest due first."""
    return list(db.session.scalars(
        select(Callout).join(Dispute)
        .where(Dispute.centre_id == centre.id, Callout.unit_id.in_([unit.id for unit in units]), Callout.still_open())
        .options(joinedload(Callout.dispute)).order_by(Callout.due_at, Callout.id)
    ))  # fmt: skip
