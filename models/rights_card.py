"""权利期限卡: which times run against the parties of a dispute, their last days, and where to go in time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.deadline import RUNNING, Deadline
from models.deadline_clock import Bound
from models.deadlines import CLOCKS
from models.dispute import Dispute
from models.words import _

COURT, COMMISSION = _("the people's court"), _("the labour arbitration commission")
SOCIAL = _("the bureau of human resources and social security")
ORGAN = _("the authority named in the decision")
# A term is what somebody owes, no right that lapses.
NO_RIGHT = frozenset({"term_due"})
WHERE = {
    "arbitration_review": COMMISSION, "arbitration_limitation": COMMISSION, "wage_limitation": COMMISSION,
    "injury_unit": SOCIAL, "injury_worker": SOCIAL,
    "judicial_confirmation": COURT, "payment_order": COURT, "execution": COURT, "confirmation_objection": COURT,
    "third_party_objection": COURT, "award_suit": COURT, "land_suit": COURT, "civil_limitation": COURT,
    "administrative_suit": COURT, "suit_after_reconsideration": COURT,
    "land_limitation": _("the arbitration commission for contracted land"),
}  # fmt: skip


@dataclass(frozen=True)
class RightsLine:
    code: str
    name: str
    until: date
    where: str
    law: str


def rights_card(session: Session, dispute: Dispute, today: date) -> list[RightsLine]:
    """What a party can still do, the next last day first; days that are over are not on the card."""
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.dispute_id == dispute.id, RUNNING, Deadline.due_on >= today)
        .order_by(Deadline.due_on, Deadline.id)
    )
    return [
        RightsLine(row.code, clock.name, row.due_on, WHERE.get(row.code, ORGAN), clock.law)
        for row in rows
        if (clock := CLOCKS[row.code]).bound is Bound.PARTY and row.code not in NO_RIGHT
    ]
