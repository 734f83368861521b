"""The way out: the pack for the court, its filing number, and the confirmation of an agreement."""

from flask import Response

from blueprints.court import bp
from blueprints.court.page import take
from models.confirmation_application import RulingResult
from models.filing_handover import file_referral, prepare_handover, release_handover
from models.referral_confirmation import ask_court, asked_of
from security.access import requires
from security.permissions import Permission

P = Permission


@bp.post("/referrals/<int:referral_id>/pack")
@requires(P.REFERRAL_HANDLE)
def create_pack(referral_id: int) -> Response:
    return take(referral_id, "pack", lambda one, _form, change: prepare_handover(change, one))


@bp.post("/referrals/<int:referral_id>/release")
@requires(P.REFERRAL_HANDLE)
def create_release(referral_id: int) -> Response:
    return take(referral_id, "release", lambda one, _form, change: release_handover(change, one))


@bp.post("/referrals/<int:referral_id>/filing")
@requires(P.REFERRAL_FILE)
def create_filing(referral_id: int) -> Response:
    return take(referral_id, "filing", lambda one, form, change: file_referral(
        change, one, form.number.data or "", form.filed_on.data))  # fmt: skip


@bp.post("/referrals/<int:referral_id>/confirmation")
@requires(P.REFERRAL_HANDLE)
def create_application(referral_id: int) -> Response:
    return take(referral_id, "application", lambda one, form, change: ask_court(change, one, form.applied_on.data))


@bp.post("/referrals/<int:referral_id>/confirmation/acceptance")
@requires(P.REFERRAL_FILE)
def create_court_acceptance(referral_id: int) -> Response:
    return take(referral_id, "court-acceptance", lambda one, form, change: asked_of(change.session, one).accept(
        change, form.accepted_on.data))  # fmt: skip


@bp.post("/referrals/<int:referral_id>/confirmation/extension")
@requires(P.REFERRAL_FILE)
def create_more_days(referral_id: int) -> Response:
    return take(referral_id, "more-days", lambda one, form, change: asked_of(change.session, one).prolong(
        change, form.agreed_on.data, form.extension_reason.data))  # fmt: skip


@bp.post("/referrals/<int:referral_id>/confirmation/ruling")
@requires(P.REFERRAL_FILE)
def create_ruling(referral_id: int) -> Response:
    return take(referral_id, "ruling", lambda one, form, change: asked_of(change.session, one).rule(
        change, form.ruled_on.data, RulingResult(form.result.data), form.number.data or "",
        form.reason.data or ""))  # fmt: skip
