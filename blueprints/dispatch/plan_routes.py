"""串场: the desk puts the open callouts of one unit into one visit, room after room."""

from datetime import datetime

from flask import Response, request, url_for
from flask_babel import gettext
from wtforms import TimeField
from wtforms.validators import Optional

from blueprints.dispatch import bp
from blueprints.dispatch.callout_page import find
from models.callout import Callout
from models.clock import SHANGHAI, local_day
from models.dispute import Dispute
from models.room import rooms_of
from models.visit_plan import at_once, plan
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.forms import BaseForm
from web.language import named
from web.responses import page, see_other

P = Permission


@bp.get("/callouts/<int:callout_id>/visit-plan")
@requires(P.CALLOUT_RECORD)
def edit_visit_plan(callout_id: int) -> Response:
    callout = find(callout_id)
    callouts = _callouts(callout)
    return _page(callout, callouts, _form(callouts))


@bp.post("/callouts/<int:callout_id>/visit-plan")
@requires(P.CALLOUT_RECORD)
def update_visit_plan(callout_id: int) -> Response:
    callout = find(callout_id)
    callouts = _callouts(callout)
    form, day = _form(callouts, is_sent=True), local_day(now())
    times = []
    for one in callouts:
        typed = form[_name(one)].data
        at = datetime.combine(day, typed, SHANGHAI) if typed else None
        same = one.planned_at is not None and at == one.planned_at.astimezone(SHANGHAI).replace(second=0, microsecond=0)
        times.append((one, one.planned_at if same else at))

    def verb() -> None:
        with transaction(current().actor) as change:
            plan(change, times)

    if form.accepts(verb):
        return see_other(url_for(".show_callout", callout_id=callout.id))
    return _page(callout, callouts, form)


def _callouts(callout: Callout) -> list[Callout]:
    """Those of this unit that the person may record; the others' rooms are none of his business."""
    awaited = [one for one in at_once(db.session(), callout) if one.is_awaited]
    matters = Dispute.id.in_([one.dispute_id for one in awaited])
    reach = set(db.session.scalars(current().disputes(P.CALLOUT_RECORD).where(matters).with_only_columns(Dispute.id)))
    return [one for one in awaited if one.dispute_id in reach]


def _form(callouts: list[Callout], *, is_sent: bool = False) -> BaseForm:
    """A time for each room, in the order in which they are planned or due."""
    rooms = rooms_of(db.session(), [one.dispute_id for one in callouts])
    places = {one: named(rooms[one.dispute_id]) if one.dispute_id in rooms else gettext("the desk") for one in callouts}
    fields = {_name(one): TimeField(f"{place} · {one.dispute.short_number}", [Optional()])
              for one, place in places.items()}  # fmt: skip
    kind: type[BaseForm] = type("VisitPlanForm", (BaseForm,), fields)
    planned = {_name(one): one.planned_at.astimezone(SHANGHAI).time() for one in callouts if one.planned_at}
    return kind(formdata=request.form) if is_sent else kind(formdata=None, data=planned)


def _name(callout: Callout) -> str:
    return f"at_{callout.id}"


def _page(callout: Callout, callouts: list[Callout], form: BaseForm) -> Response:
    return page("dispatch/visit_plan.html", form.status, callout=callout, callouts=callouts, form=form)
