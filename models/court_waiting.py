"""What waits in a matter of the court: by when the next step is due, and what that step is. Conditions, no rule."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from models.agreement import Agreement
from models.confirmation_application import ConfirmationApplication, RulingResult
from models.deadline import RUNNING, Deadline
from models.deadline_history import DeadlinePause
from models.dispute import Dispute
from models.filing_handover import DONE_BY_COURT, NOT_AGREED, FilingHandover
from models.lifecycle import DisputeStatus
from models.mediation import MediationSession
from models.referral import CourtReferral
from models.referral_course import AT_WORK, EndGround, ReferralStatus, SuccessWay
from models.referral_end import CLOCKS

OVER = (DisputeStatus.AGREED, DisputeStatus.NOT_AGREED, DisputeStatus.WITHDRAWN, DisputeStatus.CLOSED,
        DisputeStatus.ARCHIVED)  # fmt: skip
AT_COURT = ("judicial_confirmation", "confirmation_acceptance", "confirmation_ruling")
_pack = FilingHandover.referral_id == CourtReferral.id


def due_on() -> ColumnElement[Any]:
    """The answer while none is given, then the nearest last day of a period that runs and does not stand still."""
    return case((CourtReferral.status == ReferralStatus.RECEIVED, CourtReferral.answer_due_on),
                (CourtReferral.status.in_(AT_WORK), _nearest(CLOCKS)),
                (CourtReferral.status == ReferralStatus.SUCCEEDED, _nearest(AT_COURT)))  # fmt: skip


def is_ended() -> ColumnElement[bool]:
    """The dispute has its outcome, the court has not heard of it."""
    ended = exists().where(Dispute.id == CourtReferral.dispute_id, Dispute.status.in_(OVER))
    return CourtReferral.status.in_(AT_WORK) & ended


def needs_pack() -> ColumnElement[bool]:
    packed = exists().where(_pack, FilingHandover.pack.in_(NOT_AGREED))
    return and_(CourtReferral.status == ReferralStatus.FAILED, ~packed)


def is_to_report() -> ColumnElement[bool]:
    """The house owes the court its word: to be reported or sent back, not let out yet, or not confirmed."""
    return or_(CourtReferral.status == ReferralStatus.FAILED, is_ended(), is_dismissed(), is_unsent())


def is_unsent() -> ColumnElement[bool]:
    """Agreed, and the pack waits for its release."""
    kept = exists().where(_pack, FilingHandover.released_at.is_(None))
    return and_(CourtReferral.status == ReferralStatus.SUCCEEDED, kept)


def needs_release(person: int) -> ColumnElement[bool]:
    """Somebody other than this person has put the pack together, and it has not left."""
    waits = exists().where(_pack, FilingHandover.released_at.is_(None), FilingHandover.prepared_by_id != person)
    return and_(CourtReferral.status.in_((ReferralStatus.FAILED, ReferralStatus.SUCCEEDED)), waits)


def needs_application() -> ColumnElement[bool]:
    """Both want the agreement confirmed, what they need has left the house, and they have not asked yet."""
    wanted = CourtReferral.way == SuccessWay.CONFIRM
    return and_(CourtReferral.status == ReferralStatus.SUCCEEDED, wanted, ~is_unsent(), ~exists().where(_asked()))


def awaits_filing() -> ColumnElement[bool]:
    """The court has the pack and has not noted what it did: filed, tried again, its paper made, the suit let go."""
    out = exists().where(_pack, FilingHandover.released_at.is_not(None), FilingHandover.filed_on.is_(None),
                         FilingHandover.pack.in_(DONE_BY_COURT))  # fmt: skip
    return and_(CourtReferral.status.in_((ReferralStatus.RETURNED, ReferralStatus.SUCCEEDED)), out)


def awaits_court() -> ColumnElement[bool]:
    """Asked for confirmation, no ruling yet."""
    return and_(CourtReferral.status == ReferralStatus.SUCCEEDED,
                exists().where(_asked(), ConfirmationApplication.result.is_(None)))  # fmt: skip


def is_dismissed() -> ColumnElement[bool]:
    """The court did not confirm what stands, and nothing has followed."""
    return and_(CourtReferral.status == ReferralStatus.SUCCEEDED,
                exists().where(_asked(), ConfirmationApplication.result == RulingResult.DISMISSED))  # fmt: skip


def is_suspect() -> ColumnElement[bool]:
    """Suspicion of sham mediation, until the court has it in its own hands."""
    open_ = or_(CourtReferral.status == ReferralStatus.FAILED, CourtReferral.status == ReferralStatus.RETURNED)
    return and_(CourtReferral.ground == EndGround.SHAM, open_)


def _asked() -> ColumnElement[bool]:
    """An application about an agreement of this matter that stands."""
    return ConfirmationApplication.agreement_id.in_(
        select(Agreement.id).join(MediationSession, MediationSession.id == Agreement.session_id)
        .where(MediationSession.dispute_id == CourtReferral.dispute_id, Agreement.lapsed_at.is_(None))
        .correlate(CourtReferral)
    )  # fmt: skip


def _nearest(codes: tuple[str, ...]) -> ColumnElement[Any]:
    stands = exists().where(DeadlinePause.deadline_id == Deadline.id, DeadlinePause.until.is_(None))
    return (
        select(func.min(Deadline.due_on))
        .where(Deadline.dispute_id == CourtReferral.dispute_id, Deadline.code.in_(codes), RUNNING, ~stands)
        .correlate(CourtReferral).scalar_subquery()
    )  # fmt: skip
