"""The ladder, the clock and the corrections of one callout, pressed by a person."""

from flask import Response

from blueprints.dispatch import answer_forms as forms
from blueprints.dispatch import bp
from blueprints.dispatch.callout_page import do, find
from blueprints.dispatch.queries import objection_in_scope
from models.assignment import recorded_as
from models.callout import Officer
from models.change import Change
from models.correction import Tap, arrive_after_all, take_back
from models.extension import extend
from models.ladder import Step, take
from models.pause import PauseReason, pause, resume
from models.time_request import TimeWish, ask_for_time
from security.access import requires
from security.identity import current
from security.permissions import Permission
from web.officer_forms import TimeForm
from web.responses import found_or_404

P = Permission


@bp.post("/callouts/<int:callout_id>/second-whistle")
@requires(P.CALLOUT_RECORD)
def create_second_whistle(callout_id: int) -> Response:
    """二次吹哨: to the unit's leader; the clock is not restarted."""
    callout = find(callout_id)
    return do(callout, lambda change: take(change, callout, Step.SECOND))


@bp.post("/callouts/<int:callout_id>/coordination")
@requires(P.COORDINATION_REQUEST)
def create_coordination(callout_id: int) -> Response:
    """提请区级协调: a note to the duty district leader."""
    callout = find(callout_id, P.COORDINATION_REQUEST)
    return do(callout, lambda change: take(change, callout, Step.COORDINATION))


@bp.post("/callouts/<int:callout_id>/pause")
@requires(P.CALLOUT_RECORD)
def create_pause(callout_id: int) -> Response:
    callout, form = find(callout_id), forms.PauseForm(is_sent=True)
    return do(callout, lambda change: pause(change, callout, PauseReason(form.reason.data), form.words.data or ""),
              form)  # fmt: skip


@bp.post("/callouts/<int:callout_id>/resumption")
@requires(P.CALLOUT_RECORD)
def create_resumption(callout_id: int) -> Response:
    callout = find(callout_id)
    return do(callout, lambda change: resume(change, callout))


@bp.post("/callouts/<int:callout_id>/extension")
@requires(P.CALLOUT_EXTEND)
def create_extension(callout_id: int) -> Response:
    callout, form = find(callout_id, P.CALLOUT_EXTEND), forms.ExtensionForm(is_sent=True)
    return do(callout, lambda change: extend(change, callout, form.version.data, form.minutes.data, form.reason.data),
              form)  # fmt: skip


@bp.post("/callouts/<int:callout_id>/time-requests")
@requires(P.CALLOUT_RECORD)
def create_time_request(callout_id: int) -> Response:
    """延时申请 taken down by telephone."""
    callout, form = find(callout_id), TimeForm(is_sent=True)

    def verb(change: Change) -> None:
        ask_for_time(change, callout, TimeWish(form.wish.data), form.minutes.data, form.reason.data)

    return do(callout, verb, form)


@bp.post("/callouts/<int:callout_id>/no-show")
@requires(P.CALLOUT_RECORD)
def create_no_show(callout_id: int) -> Response:
    callout, form = find(callout_id), forms.NoShowForm(is_sent=True)
    return do(callout, lambda change: callout.miss(change, form.words.data or ""), form)


@bp.post("/callouts/<int:callout_id>/late-arrival")
@requires(P.CALLOUT_RECORD)
def create_late_arrival(callout_id: int) -> Response:
    """超时到 after 未到 was noted."""
    callout, form = find(callout_id), forms.LateArrivalForm(is_sent=True)
    officer = Officer(form.name.data) if form.name.data else None
    method = recorded_as(callout.dispute, current().person)
    return do(callout, lambda change: arrive_after_all(change, callout, form.reason.data, method, officer), form)


@bp.post("/callouts/<int:callout_id>/correction")
@requires(P.CALLOUT_RECORD)
def create_correction(callout_id: int) -> Response:
    callout, form = find(callout_id), forms.CorrectionForm(is_sent=True)
    form.tap.choices = [(tap.value, tap.value) for tap in Tap]
    return do(callout, lambda change: take_back(change, callout, Tap(form.tap.data), form.reason.data), form)


@bp.post("/objections/<int:objection_id>/confirmation")
@requires(P.CALLOUT_RECORD)
def create_objection_confirmation(objection_id: int) -> Response:
    """The unit was telephoned: an objection by link counts from now on."""
    objection = found_or_404(objection_in_scope(objection_id, P.CALLOUT_RECORD))
    return do(objection.callout, objection.confirm)
