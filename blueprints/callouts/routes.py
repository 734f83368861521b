"""The unit's own page: open callouts, answers to them, the inbox. No parties' data."""

from flask import Response, url_for

from blueprints.callouts import bp
from blueprints.callouts.queries import inbox, open_callouts
from models.callout import Callout
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now
from web import officer
from web.responses import found_or_404, go, page, see_other


@bp.get("/my-callouts")
@requires(Permission.CALLOUT_RESPOND)
def list_callouts() -> Response:
    return page("callouts/list.html", callouts=open_callouts(), notes=inbox(now()), at=now())


@bp.get("/my-callouts/<int:callout_id>")
@requires(Permission.CALLOUT_RESPOND)
def show_callout(callout_id: int) -> Response:
    return officer.show(_own(callout_id))


@bp.post("/my-callouts/<int:callout_id>/acknowledgement")
@requires(Permission.CALLOUT_RESPOND)
def create_acknowledgement(callout_id: int) -> Response:
    officer.acknowledge(_own(callout_id))
    return go(".show_callout", callout_id=callout_id)


@bp.post("/my-callouts/<int:callout_id>/departure")
@requires(Permission.CALLOUT_RESPOND)
def create_departure(callout_id: int) -> Response:
    officer.set_out(_own(callout_id))
    return go(".show_callout", callout_id=callout_id)


@bp.post("/my-callouts/<int:callout_id>/arrival")
@requires(Permission.CALLOUT_RESPOND)
def create_arrival(callout_id: int) -> Response:
    callout, form = _own(callout_id), officer.CodeForm()
    here = url_for(".show_callout", callout_id=callout_id)
    if officer.arrive(callout, form, here):
        return see_other(here)
    return officer.show(callout, form.status, code=form)


@bp.post("/my-callouts/<int:callout_id>/substitute")
@requires(Permission.CALLOUT_RESPOND)
def create_substitute(callout_id: int) -> Response:
    callout, form = _own(callout_id), officer.OfficerForm(is_sent=True)
    if officer.substitute(callout, form):
        return go(".show_callout", callout_id=callout_id)
    return officer.show(callout, form.status, substitute=form)


@bp.post("/my-callouts/<int:callout_id>/objections")
@requires(Permission.CALLOUT_RESPOND)
def create_objection(callout_id: int) -> Response:
    callout, form = _own(callout_id), officer.ObjectionForm(is_sent=True)
    if officer.object_to(callout, form):
        return go(".show_callout", callout_id=callout_id)
    return officer.show(callout, form.status, objection=form)


def _own(callout_id: int) -> Callout:
    return found_or_404(current().callouts(Permission.CALLOUT_RESPOND).where(Callout.id == callout_id))
