"""The way out: the pack for the court, its filing number, and the confirmation of an agreement."""

from typing import Any

from flask import Response

from blueprints.court import bp
from blueprints.court.page import take
from models.change import Change
from models.confirmation_application import (
    ConfirmationApplication,
    RulingResult,
    application_of,
    apply_for_confirmation,
)
from models.errors import TransitionNotAllowed
from models.filing_handover import file_referral, prepare_handover, release_handover
from models.referral import CourtReferral
from models.referral_end import agreement_of
from models.words import _
from security.access import requires
from security.permissions import Permission
from transaction import db

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
    def do(referral: CourtReferral, form: Any, change: Change) -> None:
        agreement = agreement_of(referral)
        if agreement is None:
            raise TransitionNotAllowed(_("There is no agreement yet"))
        apply_for_confirmation(change, agreement, form.applied_on.data)

    return take(referral_id, "application", do)


@bp.post("/referrals/<int:referral_id>/confirmation/acceptance")
@requires(P.REFERRAL_FILE)
def create_court_acceptance(referral_id: int) -> Response:
    return take(referral_id, "court-acceptance",
                lambda one, form, change: _asked(one).accept(change, form.accepted_on.data))  # fmt: skip


@bp.post("/referrals/<int:referral_id>/confirmation/ruling")
@requires(P.REFERRAL_FILE)
def create_ruling(referral_id: int) -> Response:
    return take(referral_id, "ruling", lambda one, form, change: _asked(one).rule(
        change, form.ruled_on.data, RulingResult(form.result.data), form.number.data or "",
        form.reason.data or ""))  # fmt: skip


def _asked(referral: CourtReferral) -> ConfirmationApplication:
    row = application_of(db.session(), agreement_of(referral))
    if row is None:
        raise TransitionNotAllowed(_("Nobody has applied for confirmation"))
    return row
