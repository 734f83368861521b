"""The monthly sheet of 应哨回执: what the unit files as its own work. Papers are Chinese."""

from flask import Response
from flask_babel import force_locale, gettext

from blueprints.record import bp, queries
from models import callout_facts, figures
from models.callout import Callout
from models.figures import DEFINITIONS, MEDIAN, MEDIAN_DEFINITION, NAMES
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now
from web.filters import clock_time
from web.labels import label
from web.language import CHINESE
from web.responses import page


@bp.get("/units/<int:unit_id>/record/sheet")
@requires(Permission.RECORD_READ)
def show_sheet(unit_id: int) -> Response:
    unit, month = queries.unit_in_reach(unit_id), queries.chosen_month()
    every = queries.callouts_of(unit, month)
    with force_locale(CHINESE):
        return page("record/sheet.html", unit=unit, month=month, house=current().centre, at=now(),
                    lines=[(callout, _on_time(callout), remarks(callout)) for callout in every],
                    counts=figures.record(every, now()), names=NAMES, definitions=DEFINITIONS,
                    median=figures.median_minutes(every), median_name=MEDIAN, median_definition=MEDIAN_DEFINITION,
                    arrived=len(figures.arrived(every, now())), cost=figures.cost(every))  # fmt: skip


def _on_time(callout: Callout) -> str:
    """Yes, no, or why the question does not arise."""
    if not callout_facts.counts(callout):
        return gettext("not counted")
    if callout_facts.is_on_time(callout):
        return gettext("yes")
    return gettext("no") if callout_facts.is_due(callout, now()) else gettext("not yet due")


def remarks(callout: Callout) -> list[str]:
    """What must be known to judge fairly: objections and what was decided, stand-downs, corrections."""
    found = []
    for objection in callout.objections:
        words = gettext("undecided") if objection.upheld is None else gettext(
            "upheld") if objection.upheld else gettext("not upheld")  # fmt: skip
        found.append(gettext("objection at %(time)s: %(decision)s", time=clock_time(objection.raised_at),
                             decision=words))  # fmt: skip
    if callout_facts.is_stood_down(callout):
        found.append(gettext("stood down at %(time)s", time=clock_time(callout.stood_down_at)))
    for pause in callout.pauses:
        if pause.taken_back_at is None and pause.until is not None:
            minutes = int(pause.length.total_seconds() // 60)
            found.append(gettext("time stood still for %(minutes)s minutes: %(reason)s", minutes=minutes,
                                 reason=label(pause.reason)))  # fmt: skip
    for extension in callout.extensions:
        found.append(gettext("%(minutes)s minutes more: %(reason)s", minutes=extension.minutes,
                             reason=extension.reason))  # fmt: skip
    if callout.no_show_at:
        found.append(gettext("did not come"))
    if callout.corrections:
        found.append(gettext("corrected"))
    return found
