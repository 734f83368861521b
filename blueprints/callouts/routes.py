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
from web.officer_forms import AnswerForm, CodeForm, ObjectionForm, OfficerForm, TimeForm
from web.responses import found_or_404, page, see_other


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
    return officer.acknowledge(_own(callout_id), _here(callout_id))


@bp.post("/my-callouts/<int:callout_id>/departure")
@requires(Permission.CALLOUT_RESPOND)
def create_departure(callout_id: int) -> Response:
    return officer.set_out(_own(callout_id), _here(callout_id))


@bp.post("/my-callouts/<int:callout_id>/arrival")
@requires(Permission.CALLOUT_RESPOND)
def create_arrival(callout_id: int) -> Response:
    callout, form = _own(callout_id), CodeForm()
    if officer.arrive(callout, form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(callout, form.status, code=form)


@bp.post("/my-callouts/<int:callout_id>/substitute")
@requires(Permission.CALLOUT_RESPOND)
def create_substitute(callout_id: int) -> Response:
    callout, form = _own(callout_id), OfficerForm(is_sent=True)
    if officer.substitute(callout, form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(callout, form.status, substitute=form)


@bp.post("/my-callouts/<int:callout_id>/objections")
@requires(Permission.CALLOUT_RESPOND)
def create_objection(callout_id: int) -> Response:
    callout, form = _own(callout_id), ObjectionForm(is_sent=True)
    if officer.object_to(callout, form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(callout, form.status, objection=form)


@bp.post("/my-callouts/<int:callout_id>/time-requests")
@requires(Permission.CALLOUT_RESPOND)
def create_time_request(callout_id: int) -> Response:
    callout, form = _own(callout_id), TimeForm(is_sent=True)
    if officer.ask_time(callout, form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(callout, form.status, time=form)


@bp.post("/my-callouts/<int:callout_id>/stand-down")
@requires(Permission.CALLOUT_RESPOND)
def create_stand_down_receipt(callout_id: int) -> Response:
    """已知悉: nobody need come any more."""
    return officer.see_stand_down(_own(callout_id), _here(callout_id))


@bp.post("/my-callouts/<int:callout_id>/answers")
@requires(Permission.CALLOUT_RESPOND)
def create_answer(callout_id: int) -> Response:
    callout, form = _own(callout_id), AnswerForm(is_sent=True)
    if officer.answer(callout, form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(callout, form.status, answer=form)


@bp.post("/my-callouts/<int:callout_id>/meeting")
@requires(Permission.CALLOUT_RESPOND)
def create_meeting(callout_id: int) -> Response:
    return officer.join(_own(callout_id), _here(callout_id), url_for(".show_meeting", callout_id=callout_id))


@bp.get("/my-callouts/<int:callout_id>/meeting")
@requires(Permission.CALLOUT_RESPOND)
def show_meeting(callout_id: int) -> Response:
    return officer.meeting(_own(callout_id), _here(callout_id))


@bp.get("/my-callouts/<int:callout_id>/receipt")
@requires(Permission.CALLOUT_RESPOND)
def show_receipt(callout_id: int) -> Response:
    return officer.receipt(_own(callout_id), _here(callout_id))


def _here(callout_id: int) -> str:
    return url_for(".show_callout", callout_id=callout_id)


def _own(callout_id: int) -> Callout:
    return found_or_404(current().callouts(Permission.CALLOUT_RESPOND).where(Callout.id == callout_id))
