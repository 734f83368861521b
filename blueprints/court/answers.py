"""Signing for a matter, taking it on or not, consent, mediator, and calls to the parties."""

from typing import Any

from flask import Response

from blueprints.court import bp
from blueprints.court.page import take
from models.category import Category
from models.change import Change
from models.contact_attempt import AttemptResult, note_attempt
from models.dismissal import mediate_anew
from models.dispute import Dispute
from models.party import Party
from models.person import Person
from models.referral import CourtReferral
from models.referral_answer import Acceptance, accept, appoint, consent, decline
from models.referral_course import MediatorChoice, Suitability
from security.access import requires
from security.permissions import Permission
from transaction import db

P = Permission


@bp.post("/referrals/<int:referral_id>/receipt")
@requires(P.REFERRAL_HANDLE)
def create_receipt(referral_id: int) -> Response:
    return take(referral_id, "sign", lambda one, form, change: one.receive(change, form.signed_on.data))


@bp.post("/referrals/<int:referral_id>/acceptance")
@requires(P.REFERRAL_HANDLE)
def create_acceptance(referral_id: int) -> Response:
    def do(referral: CourtReferral, form: Any, change: Change) -> None:
        known = db.session().get(Dispute, int(form.dispute.data)) if form.dispute.data else None
        category = db.session().get_one(Category, int(form.category.data))
        suited = {Suitability(word) for word in form.suitability.data or ()}
        accept(change, referral, form.version.data, Acceptance(suited, category, known))

    return take(referral_id, "accept", do)


@bp.post("/referrals/<int:referral_id>/refusal")
@requires(P.REFERRAL_HANDLE)
def create_refusal(referral_id: int) -> Response:
    return take(referral_id, "decline",
                lambda one, form, change: decline(change, one, form.version.data, form.reason.data))  # fmt: skip


@bp.post("/referrals/<int:referral_id>/consent")
@requires(P.REFERRAL_HANDLE)
def create_consent(referral_id: int) -> Response:
    return take(referral_id, "consent", lambda one, form, change: consent(change, one, form.version.data))


@bp.post("/referrals/<int:referral_id>/mediator")
@requires(P.REFERRAL_HANDLE)
def create_mediator(referral_id: int) -> Response:
    def do(referral: CourtReferral, form: Any, change: Change) -> None:
        person = db.session().get_one(Person, int(form.mediator.data))
        appoint(change, referral, form.version.data, person, MediatorChoice(form.choice.data))

    return take(referral_id, "mediator", do)


@bp.post("/referrals/<int:referral_id>/resumption")
@requires(P.REFERRAL_HANDLE)
def create_resumption(referral_id: int) -> Response:
    """The court did not confirm the agreement: both come together once more."""
    return take(referral_id, "anew", lambda one, form, change: mediate_anew(change, one, form.version.data))


@bp.post("/referrals/<int:referral_id>/attempts")
@requires(P.REFERRAL_HANDLE)
def create_attempt(referral_id: int) -> Response:
    def do(referral: CourtReferral, form: Any, change: Change) -> None:
        party = db.session().get_one(Party, int(form.party.data))
        note_attempt(change, referral, party, AttemptResult(form.result.data), form.note.data or "")

    return take(referral_id, "attempt", do)


@bp.post("/referrals/<int:referral_id>/numbers")
@requires(P.REFERRAL_FILE)
def create_number(referral_id: int) -> Response:
    return take(referral_id, "number", lambda one, form, change: one.renumber(change, form.number.data))
