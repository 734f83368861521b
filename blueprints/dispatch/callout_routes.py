"""What the desk records about one callout: from the board by one tap, the rarer things on the callout's own page."""

from flask import Response, current_app, request, url_for

from blueprints.dispatch import answer_forms as forms
from blueprints.dispatch import bp
from blueprints.dispatch.callout_page import do, find, show
from blueprints.dispatch.queries import Directory, objection_in_scope
from models.assignment import recorded_as
from models.callout import ArrivalMethod, Callout, CalloutOrder, Officer
from models.change import Change
from models.clock import local_day
from models.errors import RuleBroken, TransitionNotAllowed
from models.objection import Objection, ObjectionChannel
from models.telephone_call import CallResult, note_call
from models.words import _
from security import links
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.forms import pressed
from web.known_officer import known_officer
from web.responses import found_or_404, see_other

P = Permission


@bp.get("/callouts/<int:callout_id>")
@requires(P.CALLOUT_RECORD)
def show_callout(callout_id: int) -> Response:
    return show(find(callout_id))


@bp.post("/callouts/<int:callout_id>/arrival")
@requires(P.CALLOUT_RECORD)
def create_arrival(callout_id: int) -> Response:
    callout, form = find(callout_id), forms.ArrivalForm(is_sent=True)
    officer = Officer(form.name.data, form.post.data or "", form.phone.data or "") if form.name.data else None
    method = ArrivalMethod.VIDEO if "video" in request.form else recorded_as(callout.dispute, current().person)
    return do(callout, lambda change: callout.arrive(change, method, officer), form)


@bp.post("/callouts/<int:callout_id>/telephone-note")
@requires(P.CALLOUT_RECORD)
def create_telephone_note(callout_id: int) -> Response:
    """From the board it takes one tap: today's duty officer was told. Nobody on the roster, and the page asks who."""
    callout = find(callout_id)
    if request.form.get("result") == CallResult.NO_ANSWER:
        return do(callout, lambda change: note_call(change, callout, CallResult.NO_ANSWER))
    form = forms.TelephoneForm(is_sent=True)
    if "name" in request.form:
        return do(callout, lambda change: note_call(change, callout, CallResult.TOLD, form.name.data), form)
    name = known_officer(callout).name
    if not name:
        return see_other(url_for(".show_callout", callout_id=callout_id) + "#telephone")
    return do(callout, lambda change: note_call(change, callout, CallResult.TOLD, name))


@bp.post("/callouts/<int:callout_id>/departure")
@requires(P.CALLOUT_RECORD)
def create_departure(callout_id: int) -> Response:
    callout = find(callout_id)
    return do(callout, callout.set_out)


@bp.post("/callouts/<int:callout_id>/release")
@requires(P.CALLOUT_RECORD)
def create_release(callout_id: int) -> Response:
    callout = find(callout_id)
    return do(callout, callout.release)


@bp.post("/callouts/<int:callout_id>/stand-down")
@requires(P.CALLOUT_RECORD)
def create_stand_down(callout_id: int) -> Response:
    callout, form = find(callout_id), forms.StandDownForm(is_sent=True)
    return do(callout, lambda change: callout.stand_down(change, form.reason.data), form)


@bp.post("/callouts/<int:callout_id>/confirmation")
@requires(P.CALLOUT_RECORD)
def create_confirmation(callout_id: int) -> Response:
    callout = find(callout_id)
    return do(callout, callout.confirm_arrival)


@bp.post("/callouts/<int:callout_id>/code-entry")
@requires(P.CALLOUT_RECORD)
def update_code_entry(callout_id: int) -> Response:
    callout = find(callout_id)
    return do(callout, callout.open_code_entry)


@bp.post("/callouts/<int:callout_id>/reply")
@requires(P.CALLOUT_RECORD)
def create_reply(callout_id: int) -> Response:
    """What became of a question that was taken back: 已答复, from the board today by one tap, or 未答复."""
    callout = find(callout_id)
    if request.form.get("reply") == "none":
        return do(callout, callout.miss_reply)
    if "replied_on" not in request.form:
        return do(callout, lambda change: callout.reply(change, local_day(change.at)))
    form = forms.ReplyForm(is_sent=True)
    return do(callout, lambda change: callout.reply(change, form.replied_on.data), form)


@bp.post("/callouts/<int:callout_id>/objections")
@requires(P.CALLOUT_RECORD)
def create_objection(callout_id: int) -> Response:
    callout, form = find(callout_id), forms.ObjectionForm(is_sent=True)
    reason, basis = form.reason.data or "", form.basis.data or ""
    return do(
        callout,
        lambda change: Objection.raise_for(change, callout, reason, basis, ObjectionChannel.TELEPHONE),
        form,
    )


@bp.post("/objections/<int:objection_id>/decision")
@requires(P.OBJECTION_DECIDE)
def create_decision(objection_id: int) -> Response:
    """采纳并改派 or 不采纳."""
    objection = found_or_404(objection_in_scope(objection_id, P.OBJECTION_DECIDE))
    form = forms.DecisionForm(is_sent=True)
    if pressed("verdict", "uphold", "reject") == "reject":
        return do(objection.callout, objection.reject, form)
    unit = Directory(local_day(now())).find(form.units.data or "") if form.units.data else None

    def uphold(change: Change) -> None:
        if form.units.data and unit is None:
            raise RuleBroken(_("There is no unit of this name: choose one from the list"), field="units")
        objection.uphold(change, CalloutOrder(unit.id, form.question.data or "") if unit else None)

    return do(objection.callout, uphold, form)


@bp.post("/callouts/<int:callout_id>/link")
@requires(P.CALLOUT_RECORD)
def update_link(callout_id: int) -> Response:
    callout = find(callout_id)
    return do(callout, callout.renew_link)


@bp.post("/callouts/<int:callout_id>/link-view")
@requires(P.CALLOUT_RECORD)
def create_link_view(callout_id: int) -> Response:
    """Show the link for passing it on; who looked is kept, the link itself is nowhere."""
    callout = find(callout_id)
    if _no_links(callout) or not callout.is_open:
        raise TransitionNotAllowed(_("There is no link for this callout"))
    with transaction(current().actor) as change:
        callout.reveal_link(change)
    path = url_for("arrival.open_link", token=links.token_for(current_app.extensions["sealer"], callout))
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    return show(callout, link=base + path)


def _no_links(callout: Callout) -> bool:
    return bool(callout.dispute.centre.setting(db.session(), "no_internet"))
