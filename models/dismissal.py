"""After a dismissal 驳回: the parties change the agreement or make a new one, or they sue (民诉法 art. 206)."""

from sqlalchemy.orm import Session

from models.change import Change
from models.clock import local_day
from models.confirmation_application import ConfirmationApplication, RulingResult, application_of
from models.deadline import start
from models.dispute import Dispute
from models.due_course import ORDINARY, running
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.follow_up import plan
from models.lifecycle import DisputeStatus, Move
from models.mediation import MediationSession
from models.next_date import next_date
from models.referral import CourtReferral
from models.referral_course import ReferralStatus, ReferralStep
from models.remark import keep_reason
from models.unsigned import lapse
from models.words import _

NOT_CONFIRMED = "人民法院裁定驳回司法确认申请"
OVER = (DisputeStatus.CLOSED, DisputeStatus.ARCHIVED)


def dismissal_of(session: Session, referral: CourtReferral) -> ConfirmationApplication | None:
    """The ruling against the newest agreement, while nothing else has followed."""
    last = _last(referral)
    if referral.status is not ReferralStatus.SUCCEEDED or last is None:
        return None
    asked = application_of(session, last.agreement)
    return asked if asked is not None and asked.result is RulingResult.DISMISSED else None


def mediate_anew(change: Change, referral: CourtReferral, version: int) -> None:
    """Both come together once more: what the court did not confirm no longer stands, the house's own time runs."""
    referral.open(change, version)
    dispute = dissolve(change, referral)
    referral.advance(change, ReferralStep.RESUME, way=None, ended_on=None)
    if dispute.status is DisputeStatus.AGREED:
        dispute.advance(change, Move.SUSPEND)
        keep_reason(change, dispute, Move.SUSPEND, NOT_CONFIRMED)
    if not running(change, dispute, ORDINARY):
        start(change, dispute, ORDINARY, local_day(change.at))
    dispute.next_on = next_date(dispute)
    plan(change, dispute)
    referral.record(change, EventKind.REFERRAL_RESUME)


def dissolve(change: Change, referral: CourtReferral) -> Dispute:
    """The agreement lapses. Raises RuleBroken without a dismissal, or while the file is closed."""
    last, dispute = _last(referral), referral.dispute
    if last is None or dispute is None or dismissal_of(change.session, referral) is None:
        raise TransitionNotAllowed(_("The court has not dismissed an application of this matter"))
    if dispute.status in OVER:
        raise RuleBroken(_("This dispute is closed: reopen it first"))
    lapse(change, last, NOT_CONFIRMED)
    return dispute


def _last(referral: CourtReferral) -> MediationSession | None:
    sessions = referral.dispute.sessions if referral.dispute is not None else []
    return next((one for one in reversed(sessions) if one.agreement is not None), None)
