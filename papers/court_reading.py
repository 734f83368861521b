"""Reads everything the papers of a court's matter ask, in few statements."""

from sqlalchemy.orm import Session

from models.assignment import Duty, assigned
from models.confirmation_application import RulingResult, application_of
from models.contact_attempt import attempts_of
from models.filing_handover import handover_of
from models.referral import CourtReferral
from models.referral_end import agreement_of
from models.referral_nodes import nodes
from models.register_number import register_numbers
from models.sealed import Sealer
from papers.court_case import CourtCase


def case_of(session: Session, referral: CourtReferral, sealer: Sealer) -> CourtCase:
    """The referral as its papers see it."""
    dispute, agreement = referral.dispute, agreement_of(referral)
    mediator = assigned(dispute, Duty.MEDIATOR) if dispute is not None else None
    last = dispute.sessions[-1] if dispute is not None and dispute.sessions else None
    numbers = register_numbers(session, dispute) if dispute is not None and agreement is not None else {}
    asked = application_of(session, agreement)
    return CourtCase(
        referral, mediator.name if mediator else "", last.body.name if last is not None else "",
        attempts_of(session, referral), nodes(session, referral),
        handover_of(session, referral), asked is not None and asked.result is RulingResult.DISMISSED,
        numbers.get(agreement.mediation.body_id, "") if agreement is not None else "",
        {party.id: party.clear(sealer, "phone") for party in referral.parties},
    )  # fmt: skip
