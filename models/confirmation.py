"""司法确认: until when both sides may ask the court together to confirm the agreement (民事诉讼法 art. 205)."""

import re
from datetime import date

from sqlalchemy.orm import Session

from models.agreement import Agreement, AgreementForm
from models.clarity import STATUS, TITLE
from models.due_day import due_day
from models.effect import counted_from
from models.natures import Nature
from models.referral_course import CourtMode
from models.words import _

# Only what a mediation organisation founded by law has mediated is confirmed.
CONFIRMED = (Nature.PEOPLES, Nature.INDUSTRY, Nature.COURT_ENTRUSTED)
# Kinds of disputes whose outcome is a status, which a court decides and does not confirm.
OF_STATUS = re.compile(r"离婚|收养|婚姻关系|身份关系")


def why_not(agreement: Agreement) -> str:
    """Why a court does not confirm this agreement, or nothing when both sides may ask it (民诉法解释 art. 355)."""
    if agreement.mediation.nature not in CONFIRMED:
        return _("Only what a people's-mediation committee or a court's mediator has mediated is confirmed by a court")
    if agreement.form is AgreementForm.ORAL:
        return _("An oral agreement is not confirmed by a court")
    if any(referral.mode is CourtMode.ENTRUSTED for referral in agreement.mediation.dispute.referrals):
        return _("Of a suit the court makes its mediation paper or lets it be withdrawn; it confirms nothing")
    said = "\n".join(term.act for term in agreement.terms)
    if OF_STATUS.search(agreement.mediation.dispute.category.name) or STATUS.search(said):
        return _("A court decides on marriage, parentage and adoption; it does not confirm them")
    if TITLE.search(said):
        return _("To whom land, a house or a right belongs is decided in a suit, not confirmed")
    return ""


def confirmation_ends(session: Session, agreement: Agreement) -> date | None:
    """The last day: thirty after the day of effect, moved to the next working day; none where nothing is confirmed.

    The first day is not counted, and a last day that is a holiday does not end the time (民法典 art. 201, 203).
    """
    if why_not(agreement):
        return None
    dispute = agreement.mediation.dispute
    return due_day(session, dispute.centre_id, "judicial_confirmation", counted_from(agreement))
