"""The record of a unit: figures with numerator and denominator, each leading to its list. No unit beside another."""

from flask import Response, request
from flask_babel import format_date

from blueprints.record import bp, queries
from models import figures
from models.duty import NEEDS_DUTY
from models.figures import COUNTED, DEFINITIONS, MEDIAN, MEDIAN_DEFINITION, NAMES, Figure
from models.month import Month
from models.unit import Unit
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now
from web.responses import go, page


@bp.get("/units")
@requires(Permission.RECORD_READ)
def list_units() -> Response:
    """Whoever has one unit goes straight to it; the others choose from names alone."""
    units = queries.called_units()
    if len(units) == 1:
        return go("record.show_record", unit_id=units[0].id)
    return page("record/list.html", units=units)


@bp.get("/units/<int:unit_id>/record")
@requires(Permission.RECORD_READ)
def show_record(unit_id: int) -> Response:
    unit, month = queries.unit_in_reach(unit_id), queries.chosen_month()
    every, days = queries.callouts_of(unit, month), queries.duty_ahead(unit)
    warned = next((day for day, turn, is_worked in days[1:] if is_worked), None)
    gap = unit.kind in NEEDS_DUTY and any(day == warned and turn is None for day, turn, _worked in days)
    may_plan = unit.path.startswith(tuple(current().served_paths(Permission.ROSTER_EDIT)))
    return page("record/show.html", unit=unit, month=month, at=now(), counts=figures.record(every, now()), names=NAMES,
                definitions=DEFINITIONS, median=figures.median_minutes(every), median_name=MEDIAN,
                median_definition=MEDIAN_DEFINITION, arrived=len(figures.arrived(every, now())),
                open_callouts=queries.open_callouts(unit), objections=queries.objections_of(unit, month), days=days,
                drills=queries.drills_of(unit, month),
                gap=warned if gap else None, may_plan=may_plan and current().may(Permission.ROSTER_EDIT),
                weekday=lambda day: format_date(day, "EEE", rebase=False),
                own=_answers_for(unit), present=month == Month.of(now()))  # fmt: skip


@bp.get("/units/<int:unit_id>/record/callouts")
@requires(Permission.RECORD_READ)
def list_callouts(unit_id: int) -> Response:
    """The callouts behind one figure of the month."""
    unit, month, word = queries.unit_in_reach(unit_id), queries.chosen_month(), request.args.get("figure", "")
    figure = Figure(word) if word in list(Figure) else Figure.CALLED
    found = COUNTED[figure](queries.callouts_of(unit, month), now())
    return page("record/callouts.html", unit=unit, month=month, figure=figure, name=NAMES[figure],
                definition=DEFINITIONS[figure], callouts=found, own=_answers_for(unit))  # fmt: skip


def _answers_for(unit: Unit) -> bool:
    """Whether the person answers this unit's callouts, and may therefore open them."""
    paths = current().paths(Permission.CALLOUT_RESPOND)
    return bool(paths) and unit.path.startswith(tuple(paths))
