"""结案: as what a dispute is closed, and what that needs. Papers do not hold it up; they hold up the archive."""

from datetime import date

from models.agreement import Agreement, AgreementForm
from models.change import Change
from models.clock import local_day
from models.dispute import Dispute
from models.errors import RuleBroken
from models.lifecycle import CLOSING_TYPES, ClosingType, DisputeStatus, Move
from models.referral_course import ReferralStatus
from models.words import _

# A court's matter that went back without an agreement is the court's.
GONE_TO_COURT = (ReferralStatus.FAILED, ReferralStatus.RETURNED, ReferralStatus.FILED)


def closing_types(dispute: Dispute) -> list[ClosingType]:
    """Those of the state; an agreement is closed as what it is, in writing or by word of mouth."""
    agreement, allowed = _agreement(dispute), CLOSING_TYPES.get(dispute.status, tuple(ClosingType))
    if agreement is None:
        return list(allowed)
    is_oral = agreement.form is AgreementForm.ORAL
    other = ClosingType.SETTLED_WRITTEN if is_oral else ClosingType.SETTLED_ORAL
    return [one for one in allowed if one is not other]


def proposed_closing(dispute: Dispute) -> ClosingType:
    """The closing type the record speaks for."""
    agreement = _agreement(dispute)
    if agreement is not None and agreement.performed_at_once:
        return ClosingType.PERFORMED
    if dispute.status is DisputeStatus.NOT_AGREED and any(one.status in GONE_TO_COURT for one in dispute.referrals):
        return ClosingType.TO_COURT
    return closing_types(dispute)[0]


def close(change: Change, dispute: Dispute, closing_type: ClosingType, notice_given_on: date | None,
          next_on: date | None) -> None:  # fmt: skip
    """Needs the outcome, the notice to the parties and the next date (or that there is none: same day)."""
    today = local_day(change.at)
    if notice_given_on is None:
        raise RuleBroken(_("Enter the day on which the parties were told"), field="notice_given_on")
    if notice_given_on > today:
        raise RuleBroken(_("The parties cannot have been told on a day to come"), field="notice_given_on")
    if next_on is None:
        raise RuleBroken(_("Enter the next date: follow-up, performance or reply"), field="next_on")
    if next_on < today:
        raise RuleBroken(_("The next date cannot lie in the past"), field="next_on")
    dispute.lock(change)
    if closing_type not in closing_types(dispute):
        raise RuleBroken(_("A dispute in this state is not closed in this way"), field="closing_type")
    dispute.advance(change, Move.CLOSE, {"closing": closing_type.value}, closing_type=closing_type,
                    closed_at=change.at, notice_given_on=notice_given_on, next_on=next_on,
                    on_board_since=None)  # fmt: skip


def _agreement(dispute: Dispute) -> Agreement | None:
    """The one that stands; of a dispute that ended otherwise it closes nothing."""
    if dispute.status is not DisputeStatus.AGREED:
        return None
    return next((found for one in reversed(dispute.sessions) if (found := one.standing_agreement)), None)
