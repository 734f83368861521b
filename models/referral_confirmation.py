"""司法确认 in a matter of the court: both ask it once their papers have left the house, and it has its days."""

from datetime import date

from sqlalchemy.orm import Session

from models.change import Change
from models.confirmation_application import ConfirmationApplication, application_of, apply_for_confirmation
from models.errors import TransitionNotAllowed
from models.filing_handover import require_left
from models.referral import CourtReferral
from models.referral_end import agreement_of
from models.words import _


def ask_court(change: Change, referral: CourtReferral, on: date) -> ConfirmationApplication:
    """Both have applied. Raises RuleBroken while the pack waits for its release: the application lies in it."""
    agreement = agreement_of(referral)
    if agreement is None:
        raise TransitionNotAllowed(_("There is no agreement yet"))
    require_left(change.session, referral)
    return apply_for_confirmation(change, agreement, on)


def asked_of(session: Session, referral: CourtReferral) -> ConfirmationApplication:
    """What both have asked about the agreement that stands."""
    row = application_of(session, agreement_of(referral))
    if row is None:
        raise TransitionNotAllowed(_("Nobody has applied for confirmation"))
    return row
