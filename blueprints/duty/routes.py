"""The roster of all units, and entering that of one."""

from datetime import date, timedelta

from flask import Response, current_app, flash, request, url_for
from flask_babel import format_date, gettext

from blueprints.duty import bp, queries
from blueprints.duty.forms import RosterForm
from models.change import Change
from models.errors import Stale
from models.identity import mask_phone
from models.unit import Unit, UnitKind
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import Difference
from web.filters import day as day_words
from web.responses import found_or_404, go, page, see_other

EMPTY_DAYS = "empty"


@bp.get("/duty")
@requires(Permission.ROSTER_EDIT)
def list_duty() -> Response:
    """Units down, days across; whoever has one unit goes straight to it."""
    kind = request.args.get("kind", "")
    every = db.session.scalars(queries.units_in_reach()).all()
    if len(every) == 1:
        return go("duty.edit_duty", unit_id=every[0].id)
    chosen = UnitKind(kind) if kind in list(UnitKind) else None
    units, days = [unit for unit in every if chosen in (None, unit.kind)], queries.days()
    turns = queries.turns_of(units, days)
    return page("duty/roster.html", units=units, days=[(day, f"{day.month}/{day.day}", weekday(day)) for day in days],
                turns=turns, chosen=chosen,
                kinds=sorted({unit.kind for unit in every}),
                open_today=sum((unit.id, days[0]) not in turns for unit in units))  # fmt: skip


@bp.get("/duty/<int:unit_id>")
@requires(Permission.ROSTER_EDIT)
def edit_duty(unit_id: int) -> Response:
    unit = _unit(unit_id)
    return _shown(unit, _stored(unit))


@bp.post("/duty/<int:unit_id>")
@requires(Permission.ROSTER_EDIT)
def update_duty(unit_id: int) -> Response:
    """Save every touched day; a copy button then takes over the day before for its own or for all empty days."""
    unit, form, copy = _unit(unit_id), RosterForm(), request.form.get("copy", "")

    def save() -> None:
        with transaction(current().actor) as change:
            for row in (entry.form for entry in form.days):
                if row.is_touched:
                    unit.set_duty(change, row.on, row.name.data or "", post=row.post.data or "",
                                  telephone=row.number, seen=row.seen.data or "")  # fmt: skip
            change.session.flush()
            for day in [entry.form.on for entry in form.days]:
                if day.isoformat() == copy or (copy == EMPTY_DAYS and unit.duty_on(change.session, day) is None):
                    _copy(change, unit, day)

    try:
        if not form.accepts(save):
            return _shown(unit, form, form.status)
    except Stale:
        return _overtaken(unit, form)
    flash(gettext("Saved"), "ok")
    return see_other(url_for("duty.edit_duty", unit_id=unit.id))


def weekday(day: date) -> str:
    return str(format_date(day, "EEE", rebase=False))


def _copy(change: Change, unit: Unit, day: date) -> None:
    before = unit.duty_on(change.session, day - timedelta(days=1))
    if before is not None:
        unit.set_duty(change, day, before.name, post=before.post, telephone=before.clear_telephone(change.sealer))
        change.session.flush()  # the next day may be copied from this one


def _unit(unit_id: int) -> Unit:
    return found_or_404(queries.units_in_reach().where(Unit.id == unit_id))


def _stored(unit: Unit) -> RosterForm:
    turns = queries.turns_of([unit], queries.days())
    rows = []
    for day in queries.days():
        turn = turns.get((unit.id, day))
        name, post = (turn.name, turn.post) if turn else ("", "")
        rows.append({"day": day.isoformat(), "seen": turn.uid if turn else "", "was_name": name, "was_post": post,
                     "name": name, "post": post})  # fmt: skip
    return RosterForm(formdata=None, days=rows)


def _shown(unit: Unit, form: RosterForm, status: int = 200, differences: list[Difference] | None = None) -> Response:
    turns = queries.turns_of([unit], queries.days())
    sealer = current_app.extensions["sealer"]
    masked = {turn.day.isoformat(): mask_phone(turn.clear_telephone(sealer)) for turn in turns.values()}
    several = len(db.session.scalars(queries.units_in_reach().limit(2)).all()) > 1
    days = {day.isoformat(): (day, weekday(day)) for day in queries.days()}
    return page("duty/unit.html", status, unit=unit, form=form, masked=masked, differences=differences,
                several=several, empty_days=EMPTY_DAYS, days=days)  # fmt: skip


def _overtaken(unit: Unit, form: RosterForm) -> Response:
    """Both texts for the days in which they differ; sending the form again is then a decision."""
    stored = {entry.form.day.data: entry.form for entry in _stored(unit).days}
    differences = []
    for row in (entry.form for entry in form.days):
        now = stored.get(row.day.data)
        if now is None or now.seen.data == row.seen.data:
            continue
        texts = [" ".join(filter(None, (said.name.data, said.post.data))) for said in (now, row)]
        if not row.is_touched:
            row.name.data, row.post.data = now.name.data, now.post.data
        elif texts[0] != texts[1]:
            differences.append(Difference(day_words(row.on), *texts))
        row.seen.data, row.was_name.data, row.was_post.data = now.seen.data, now.name.data, now.post.data
    return _shown(unit, form, 409, differences)
