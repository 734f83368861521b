"""What both have confirmed, the agreement reported, and the end without one."""

from typing import Any

from flask import Response

from blueprints.court import bp
from blueprints.court.page import take
from models.change import Change
from models.referral import CourtReferral
from models.referral_course import EndGround, SuccessWay
from models.referral_end import Report, fail, state_facts, succeed
from security.access import requires
from security.permissions import Permission

P = Permission


@bp.post("/referrals/<int:referral_id>/facts")
@requires(P.REFERRAL_HANDLE)
def create_facts(referral_id: int) -> Response:
    return take(referral_id, "facts", lambda one, form, change: state_facts(
        change, one, form.version.data, form.undisputed.data, form.undisputed_on.data))  # fmt: skip


@bp.post("/referrals/<int:referral_id>/success")
@requires(P.REFERRAL_HANDLE)
def create_success(referral_id: int) -> Response:
    return take(referral_id, "success", lambda one, form, change: succeed(
        change, one, form.version.data, SuccessWay(form.way.data)))  # fmt: skip


@bp.post("/referrals/<int:referral_id>/failure")
@requires(P.REFERRAL_HANDLE)
def create_failure(referral_id: int) -> Response:
    def do(referral: CourtReferral, form: Any, change: Change) -> None:
        report = Report(EndGround(form.ground.data), form.reason.data, form.conduct.data or "")
        fail(change, referral, form.version.data, report)

    return take(referral_id, "failure", do)
