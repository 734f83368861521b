"""What the desk records about one callout: from the board by one tap, the rarer things on the callout's own page."""

from collections.abc import Callable

from flask import Response, current_app, request, url_for

from blueprints.dispatch import answer_forms as forms
from blueprints.dispatch import bp
from blueprints.dispatch.queries import Directory, callout_in_scope, objection_in_scope
from models.assignment import Duty, assigned
from models.callout import ArrivalMethod, Callout, CalloutOrder, Officer
from models.change import Change
from models.clock import local_day
from models.correction import Tap, take_back
from models.errors import RuleBroken, TransitionNotAllowed
from models.objection import Objection, ObjectionChannel
from models.receipt import may_have_receipt
from models.room import room_of
from models.sending import deliveries
from models.unit_answer import newest_answer
from models.words import _
from security import links
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.officer import known_officer
from web.parts import PartForm
from web.responses import done, found_or_404, is_htmx, page, see_other

P = Permission


@bp.get("/callouts/<int:callout_id>")
@requires(P.CALLOUT_RECORD)
def show_callout(callout_id: int) -> Response:
    return _page(_callout(callout_id))


@bp.post("/callouts/<int:callout_id>/arrival")
@requires(P.CALLOUT_RECORD)
def create_arrival(callout_id: int) -> Response:
    callout, form = _callout(callout_id), forms.ArrivalForm(is_sent=True)
    officer = Officer(form.name.data, form.post.data or "", form.phone.data or "") if form.name.data else None
    method = ArrivalMethod.VIDEO if "video" in request.form else _method(callout)
    return _do(callout, lambda change: callout.arrive(change, method, officer), form)


@bp.post("/callouts/<int:callout_id>/telephone-note")
@requires(P.CALLOUT_RECORD)
def create_telephone_note(callout_id: int) -> Response:
    """From the board it takes one tap: today's duty officer was told. Nobody on the roster, and the page asks who."""
    callout, form = _callout(callout_id), forms.TelephoneForm(is_sent=True)
    if "name" not in request.form:
        form.name.data = known_officer(callout).name
        if not form.name.data:
            return see_other(url_for(".show_callout", callout_id=callout_id) + "#telephone")
        with transaction(current().actor) as change:
            callout.tell_by_telephone(change, form.name.data)
        return done(url_for(".show_callout", callout_id=callout_id))
    return _do(callout, lambda change: callout.tell_by_telephone(change, form.name.data), form)


@bp.post("/callouts/<int:callout_id>/departure")
@requires(P.CALLOUT_RECORD)
def create_departure(callout_id: int) -> Response:
    callout = _callout(callout_id)
    return _do(callout, callout.set_out)


@bp.post("/callouts/<int:callout_id>/release")
@requires(P.CALLOUT_RECORD)
def create_release(callout_id: int) -> Response:
    callout = _callout(callout_id)
    return _do(callout, callout.release)


@bp.post("/callouts/<int:callout_id>/stand-down")
@requires(P.CALLOUT_RECORD)
def create_stand_down(callout_id: int) -> Response:
    callout, form = _callout(callout_id), forms.StandDownForm(is_sent=True)
    return _do(callout, lambda change: callout.stand_down(change, form.reason.data), form)


@bp.post("/callouts/<int:callout_id>/confirmation")
@requires(P.CALLOUT_RECORD)
def create_confirmation(callout_id: int) -> Response:
    callout = _callout(callout_id)
    return _do(callout, callout.confirm_arrival)


@bp.post("/callouts/<int:callout_id>/correction")
@requires(P.CALLOUT_RECORD)
def create_correction(callout_id: int) -> Response:
    callout, form = _callout(callout_id), forms.CorrectionForm(is_sent=True)
    return _do(callout, lambda change: take_back(change, callout, Tap.ARRIVE, form.reason.data), form)


@bp.post("/callouts/<int:callout_id>/code-entry")
@requires(P.CALLOUT_RECORD)
def update_code_entry(callout_id: int) -> Response:
    callout = _callout(callout_id)
    return _do(callout, callout.open_code_entry)


@bp.post("/callouts/<int:callout_id>/objections")
@requires(P.CALLOUT_RECORD)
def create_objection(callout_id: int) -> Response:
    callout, form = _callout(callout_id), forms.ObjectionForm(is_sent=True)
    reason, basis = form.reason.data or "", form.basis.data or ""
    return _do(
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
    if request.form.get("verdict") != "uphold":
        return _do(objection.callout, objection.reject, form)
    unit = Directory(local_day(now())).find(form.units.data or "") if form.units.data else None

    def uphold(change: Change) -> None:
        if form.units.data and unit is None:
            raise RuleBroken(_("There is no unit of this name: choose one from the list"), field="units")
        objection.uphold(change, CalloutOrder(unit.id, form.question.data or "") if unit else None)

    return _do(objection.callout, uphold, form)


@bp.post("/callouts/<int:callout_id>/link")
@requires(P.CALLOUT_RECORD)
def update_link(callout_id: int) -> Response:
    callout = _callout(callout_id)
    return _do(callout, callout.renew_link)


@bp.post("/callouts/<int:callout_id>/link-view")
@requires(P.CALLOUT_RECORD)
def create_link_view(callout_id: int) -> Response:
    """Show the link for passing it on; who looked is kept, the link itself is nowhere."""
    callout = _callout(callout_id)
    if _no_links(callout) or not callout.is_open:
        raise TransitionNotAllowed(_("There is no link for this callout"))
    with transaction(current().actor) as change:
        callout.reveal_link(change)
    path = url_for("arrival.open_link", token=links.token_for(current_app.extensions["sealer"], callout))
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    return _page(callout, link=base + path)


def _do(callout: Callout, verb: Callable[[Change], object], form: PartForm | None = None) -> Response:
    """Do it and go back to where the tap was made; a refused form stays on the callout's page with everything typed."""

    def act() -> None:
        with transaction(current().actor) as change:
            verb(change)

    if form is None:
        act()
    elif not form.accepts(act):
        if is_htmx():
            return see_other(url_for(".show_callout", callout_id=callout.id) + f"#{form.word}")
        return _page(callout, form.status, form)
    return done(url_for(".show_callout", callout_id=callout.id))


def _page(callout: Callout, status: int = 200, sent: PartForm | None = None, link: str = "") -> Response:
    officer, typed = known_officer(callout), {}
    typed[forms.ArrivalForm] = {"data": {"name": officer.name, "post": officer.post}}
    typed[forms.TelephoneForm] = {"data": {"name": officer.name}}
    typed[forms.DecisionForm] = {"data": {"question": callout.question}}
    kinds = (forms.ArrivalForm, forms.TelephoneForm, forms.StandDownForm, forms.CorrectionForm, forms.ObjectionForm,
             forms.DecisionForm)  # fmt: skip
    each = {
        kind.word.replace("-", "_"): sent if isinstance(sent, kind) else kind(**typed.get(kind, {})) for kind in kinds
    }
    day = local_day(now())
    return page("dispatch/callout.html", status, callout=callout, form=sent, forms=each, link=link,
                room=room_of(db.session(), callout.dispute_id), late=callout.is_late(now()),
                deliveries=deliveries(db.session(), "callout", callout.id),
                duty=callout.unit.duty_on(db.session(), day), no_links=_no_links(callout),
                said=newest_answer(db.session(), callout), has_receipt=may_have_receipt(callout),
                units=Directory(day).units if callout.open_objection else [])  # fmt: skip


def _no_links(callout: Callout) -> bool:
    return bool(callout.dispute.centre.setting(db.session(), "no_internet"))


def _method(callout: Callout) -> ArrivalMethod:
    """Who records it says how it was recorded."""
    person = current().person
    if person is not None and assigned(callout.dispute, Duty.MEDIATOR) is person:
        return ArrivalMethod.MEDIATOR
    if person is not None and assigned(callout.dispute, Duty.RECORDER) is person:
        return ArrivalMethod.RECORDER
    return ArrivalMethod.DESK


def _callout(callout_id: int) -> Callout:
    return found_or_404(callout_in_scope(callout_id, P.CALLOUT_RECORD))
