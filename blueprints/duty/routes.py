"""The roster of all units, and entering that of one."""

from datetime import date, timedelta

from flask import Response, current_app, flash, request, url_for
from flask_babel import format_date, gettext

from blueprints.duty import bp, queries
from blueprints.duty.forms import SAID, RosterForm, SwapForm, choice, chosen
from models import duty
from models.duty_turn import turn_of
from models.errors import RuleBroken, Stale
from models.identity import mask_phone
from models.unit import Unit, UnitKind
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import Difference
from web.filters import day as day_words
from web.responses import found_or_404, go, page, see_other

EMPTY_DAYS, WEEK = "empty", "week"


@bp.get("/duty")
@requires(Permission.ROSTER_EDIT)
def list_duty() -> Response:
    """Units down, days across; whoever has one unit goes straight to it."""
    kind = request.args.get("kind", "")
    every = db.session.scalars(queries.units_in_reach()).all()
    if len(every) == 1:
        return go("duty.edit_duty", unit_id=every[0].id)
    picked = UnitKind(kind) if kind in list(UnitKind) else None
    units, days = [unit for unit in every if picked in (None, unit.kind)], queries.days()
    turns, free = queries.turns_of(units, days), queries.free_days(days)
    open_today = 0 if days[0] in free else sum((unit.id, days[0]) not in turns for unit in units)
    return page("duty/roster.html", units=units, days=[(day, f"{day.month}/{day.day}", weekday(day)) for day in days],
                turns=turns, chosen=picked, free=free,
                kinds=sorted({unit.kind for unit in every}), open_today=open_today)  # fmt: skip


@bp.get("/duty/gaps")
@requires(Permission.ROSTER_READ)
def list_gaps() -> Response:
    """Who has nobody on the coming working days, with the number to ring."""
    centre = current().centre
    days = queries.coming_working_days(centre) if centre else []
    return page("duty/gaps.html", gaps=[(day, weekday(day), units) for day, units in queries.gaps(days).items()])


@bp.get("/duty/<int:unit_id>")
@requires(Permission.ROSTER_EDIT)
def edit_duty(unit_id: int) -> Response:
    unit = _unit(unit_id)
    return _shown(unit, _stored(unit))


@bp.post("/duty/<int:unit_id>")
@requires(Permission.ROSTER_EDIT)
def update_duty(unit_id: int) -> Response:
    """Save every touched day; a copy button then takes over the day before, a week, or what empty days need."""
    unit, form, copy = _unit(unit_id), RosterForm(), request.form.get("copy", "")

    def save() -> None:
        with transaction(current().actor) as change:
            for row in (entry.form for entry in form.days):
                if row.is_touched:
                    duty.enter(change, unit, row.on, row.officer, row.deputy, deputised=bool(row.deputised.data),
                               seen=row.seen.data or "")  # fmt: skip
            change.session.flush()
            days = [entry.form.on for entry in form.days]
            if copy == WEEK and days:
                duty.copy_week(change, unit, days[0])
            for day in days:
                if day.isoformat() == copy or (copy == EMPTY_DAYS and turn_of(change.session, unit, day) is None):
                    duty.copy(change, unit, day - timedelta(days=1), day)

    try:
        saved = form.accepts(save)
    except Stale:
        if differences := _overtaken(unit, form):
            return _shown(unit, form, 409, differences)
        saved = form.accepts(save)  # both wrote the same
    if not saved:
        return _shown(unit, form, form.status)
    flash(gettext("Saved"), "ok")
    return see_other(url_for("duty.edit_duty", unit_id=unit.id))


@bp.post("/duty/<int:unit_id>/swap")
@requires(Permission.ROSTER_EDIT)
def create_swap(unit_id: int) -> Response:
    """Two days change places in one step."""
    unit, form = _unit(unit_id), SwapForm()
    here = url_for("duty.edit_duty", unit_id=unit.id)

    def swap() -> None:
        first, second = chosen(form.first.data), chosen(form.second.data)
        if first is None or second is None:
            raise RuleBroken(_("Choose a day"))
        with transaction(current().actor, form.submitted) as change:
            duty.swap(change, unit, first, second)
            change.location = here

    if form.accepts(swap):
        flash(gettext("The two days are swapped"), "ok")
        return see_other(here)
    return _shown(unit, _stored(unit), form.status, swap=form)


def weekday(day: date) -> str:
    return str(format_date(day, "EEE", rebase=False))


def _unit(unit_id: int) -> Unit:
    return found_or_404(queries.units_in_reach().where(Unit.id == unit_id))


def _stored(unit: Unit) -> RosterForm:
    turns = queries.turns_of([unit], queries.days())
    rows = []
    for day in queries.days():
        turn = turns.get((unit.id, day))
        said = {name: getattr(turn, name) if turn else "" for name in SAID}
        away = turn.is_deputised if turn else False
        rows.append({"day": day.isoformat(), "seen": turn.uid if turn else "", "deputised": away,
                     "was_deputised": "1" if away else "", **said,
                     **{f"was_{name}": words for name, words in said.items()}})  # fmt: skip
    return RosterForm(formdata=None, days=rows)


def _shown(unit: Unit, form: RosterForm, status: int = 200, differences: list[Difference] | None = None,
           swap: SwapForm | None = None) -> Response:  # fmt: skip
    every, sealer = queries.days(), current_app.extensions["sealer"]
    turns = queries.turns_of([unit], every)
    masked = {
        turn.day.isoformat(): [mask_phone(person.telephone or "") for person in duty.told(turn, sealer)]
        for turn in turns.values()
    }
    several = len(db.session.scalars(queries.units_in_reach().limit(2)).all()) > 1
    days = {day.isoformat(): (day, weekday(day)) for day in every}
    offered = []
    for day in every:
        turn = turns.get((unit.id, day))
        who = turn.told_name if turn else gettext("nobody")
        offered.append((choice(day, turn.uid if turn else ""), f"{day_words(day)} {weekday(day)} {who}"))
    return page("duty/unit.html", status, unit=unit, form=form, masked=masked, differences=differences,
                several=several, empty_days=EMPTY_DAYS, week=WEEK, days=days, free=queries.free_days(every),
                swap=(swap or SwapForm(formdata=None)).offer(offered))  # fmt: skip


def _overtaken(unit: Unit, form: RosterForm) -> list[Difference]:
    """Both texts for the days in which they differ; sending the form again is then a decision."""
    stored = {entry.form.day.data: entry.form for entry in _stored(unit).days}
    differences = []
    for row in (entry.form for entry in form.days):
        now = stored.get(row.day.data)
        if now is None or now.seen.data == row.seen.data:
            continue
        texts = [said.words for said in (now, row)]
        if not row.is_touched:
            for name in (*SAID, "deputised"):
                row[name].data = now[name].data
        elif texts[0] != texts[1]:
            differences.append(Difference(day_words(row.on), *texts))
        for name in ("seen", "was_deputised", *(f"was_{name}" for name in SAID)):
            row[name].data = now[name].data
    return differences
