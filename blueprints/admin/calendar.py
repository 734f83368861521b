"""The calendar of the centre: holidays, and workdays that fall on a weekend (调休).

Every entry moves the last days of the deadlines that run.
"""

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, flash, url_for
from flask_babel import format_date, gettext
from sqlalchemy import Select, select

from blueprints.admin import bp, queries
from blueprints.admin.forms import CalendarForm, CalendarLinesForm
from models.calendar import CalendarDay, WorkCalendar
from models.calendar_lines import BadLine, take_lines
from models.centre import Centre
from models.clock import local_day
from models.errors import RuleBroken
from models.recount import counted_anew
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, go, page, see_other

KEPT_BACK = timedelta(days=31)


@bp.get("/administration/calendar")
@requires(Permission.CENTRE_MANAGE)
def list_calendar() -> Response:
    return _page(queries.own_centre(), CalendarForm(), CalendarLinesForm())


@bp.post("/administration/calendar")
@requires(Permission.CENTRE_MANAGE)
def create_calendar_days() -> Response:
    centre, form = queries.own_centre(), CalendarForm()
    here = url_for("admin.list_calendar")

    def save() -> None:
        with transaction(current().actor, form.submitted) as change, counted_anew(change, centre):
            CalendarDay.enter(change, centre, form.day_kind.data, form.name.data or "", form.first.data,
                              form.last.data)  # fmt: skip
            change.location = here

    if form.accepts(save):
        flash(gettext("Saved"), "ok")
        return see_other(here)
    return _page(centre, form, CalendarLinesForm(formdata=None), form.status)


@bp.post("/administration/calendar/lines")
@requires(Permission.CENTRE_MANAGE)
def create_calendar_lines() -> Response:
    """A year's notice at once. One line that cannot be taken, and none is."""
    centre, form = queries.own_centre(), CalendarLinesForm()
    here = url_for("admin.list_calendar")
    taken, bad, text = 0, [], form.text

    def save() -> None:
        nonlocal taken, bad
        with transaction(current().actor, form.submitted) as change, counted_anew(change, centre):
            change.location = here
            taken, bad = take_lines(change, centre, text)
            if bad:
                raise RuleBroken(_("Nothing was entered: %(count)s lines cannot be taken"), field="lines",
                                 count=len(bad))  # fmt: skip

    if form.accepts(save):
        flash(gettext("%(count)s days entered", count=taken), "ok")
        return see_other(here)
    return _page(centre, CalendarForm(formdata=None), form, form.status, bad)


@bp.post("/administration/calendar/<int:calendar_day_id>/removal")
@requires(Permission.CENTRE_MANAGE)
def delete_calendar_day(calendar_day_id: int) -> Response:
    centre = queries.own_centre()
    day = found_or_404(_days(centre).where(CalendarDay.id == calendar_day_id))
    with transaction(current().actor) as change, counted_anew(change, centre):
        day.remove(change)
    return go("admin.list_calendar")


def _page(centre: Centre, form: CalendarForm, lines: CalendarLinesForm, status: int = 200,
          bad: Sequence[BadLine] = ()) -> Response:  # fmt: skip
    today = local_day(now())
    since, known = today - KEPT_BACK, WorkCalendar.of(db.session(), centre.id)
    days = db.session.scalars(_days(centre).where(CalendarDay.day >= since).order_by(CalendarDay.day)).all()
    provisional = [year for year in (today.year, today.year + 1) if not known.knows(year)]
    return page("admin/calendar.html", status, form=form, lines=lines, bad=bad, days=days, provisional=provisional,
                weekday=lambda day: format_date(day, "EEEE", rebase=False))  # fmt: skip


def _days(centre: Centre) -> Select[tuple[CalendarDay]]:
    return select(CalendarDay).where(CalendarDay.centre_id == centre.id)
