"""The calendar of the centre: holidays, and workdays that fall on a weekend (调休)."""

from datetime import timedelta

from flask import Response, flash, url_for
from flask_babel import format_date, gettext
from sqlalchemy import Select, select

from blueprints.admin import bp, queries
from blueprints.admin.forms import CalendarForm
from models.calendar import CalendarDay
from models.centre import Centre
from models.clock import local_day
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, go, page, see_other

KEPT_BACK = timedelta(days=31)


@bp.get("/administration/calendar")
@requires(Permission.CENTRE_MANAGE)
def list_calendar() -> Response:
    return _page(queries.own_centre(), CalendarForm())


@bp.post("/administration/calendar")
@requires(Permission.CENTRE_MANAGE)
def create_calendar_days() -> Response:
    centre, form = queries.own_centre(), CalendarForm()
    here = url_for("admin.list_calendar")

    def save() -> None:
        with transaction(current().actor, form.submitted) as change:
            CalendarDay.enter(change, centre, form.day_kind.data, form.name.data or "", form.first.data,
                              form.last.data)  # fmt: skip
            change.location = here

    if form.accepts(save):
        flash(gettext("Saved"), "ok")
        return see_other(here)
    return _page(centre, form, form.status)


@bp.post("/administration/calendar/<int:calendar_day_id>/removal")
@requires(Permission.CENTRE_MANAGE)
def delete_calendar_day(calendar_day_id: int) -> Response:
    day = found_or_404(_days(queries.own_centre()).where(CalendarDay.id == calendar_day_id))
    with transaction(current().actor) as change:
        day.remove(change)
    return go("admin.list_calendar")


def _page(centre: Centre, form: CalendarForm, status: int = 200) -> Response:
    since = local_day(now()) - KEPT_BACK
    days = db.session.scalars(_days(centre).where(CalendarDay.day >= since).order_by(CalendarDay.day)).all()
    return page("admin/calendar.html", status, form=form, days=days,
                weekday=lambda day: format_date(day, "EEEE", rebase=False))  # fmt: skip


def _days(centre: Centre) -> Select[tuple[CalendarDay]]:
    return select(CalendarDay).where(CalendarDay.centre_id == centre.id)
