"""司法确认: until when both sides may ask the court together to confirm the agreement (民事诉讼法 art. 205)."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.agreement import Agreement, AgreementForm
from models.calendar import next_working_day
from models.clock import local_day
from models.natures import Nature

DAYS = 30
# Only what a mediation organisation founded by law has mediated is confirmed.
CONFIRMED = (Nature.PEOPLES, Nature.INDUSTRY, Nature.COURT_ENTRUSTED)


def confirmation_ends(session: Session, agreement: Agreement) -> date | None:
    """The last day: thirty after the day of effect, moved to the next working day; none where nothing is confirmed.

    The first day is not counted, and a last day that is a holiday does not end the time (民法典 art. 201, 203).
    """
    mediation = agreement.mediation
    if mediation.nature not in CONFIRMED or agreement.form is AgreementForm.ORAL:
        return None
    last = local_day(agreement.concluded_at) + timedelta(days=DAYS)
    return next_working_day(session, mediation.dispute.centre_id, last - timedelta(days=1))
