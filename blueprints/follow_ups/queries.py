"""Follow-ups in reach, and how they stand under their days."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from models.agreement import Term
from models.dispute import Dispute
from models.follow_up import FOLLOWED, FollowUp
from models.follow_up_call import FollowUpCall
from security.identity import current
from security.permissions import Permission
from transaction import db

P = Permission
MOST = 60  # more than anybody telephones in a week
SOON = timedelta(days=6)


def follow_ups(follow_up_id: int) -> Select[tuple[FollowUp]]:
    return _in_reach().where(FollowUp.id == follow_up_id)


@dataclass
class Days:
    """What is late, what is for today, what is for the rest of the week."""

    late: list[FollowUp] = field(default_factory=list)
    today: list[FollowUp] = field(default_factory=list)
    week: list[FollowUp] = field(default_factory=list)
    has_more: bool = False


def waiting(today: date, *, only_mine: bool) -> Days:
    statement = _in_reach().where(
        FollowUp.done_at.is_(None), FollowUp.voided_at.is_(None), Dispute.status.in_(FOLLOWED),
        FollowUp.due_on <= today + SOON,
    ).order_by(FollowUp.due_on, FollowUp.id).limit(MOST + 1)  # fmt: skip
    if only_mine:
        statement = statement.where(FollowUp.owner_id == current().somebody.id)
    rows = list(db.session().scalars(statement))
    days = Days(has_more=len(rows) > MOST)
    for row in rows[:MOST]:
        (days.late if row.due_on < today else days.today if row.due_on == today else days.week).append(row)
    return days


def _in_reach() -> Select[tuple[FollowUp]]:
    mine = current().reaches(FollowUp.dispute_id, P.FOLLOW_UP_RECORD)
    return select(FollowUp).join(Dispute, Dispute.id == FollowUp.dispute_id).where(mine).options(
        joinedload(FollowUp.dispute).joinedload(Dispute.category),
        joinedload(FollowUp.dispute).selectinload(Dispute.parties),
        joinedload(FollowUp.term).selectinload(Term.performances),
        joinedload(FollowUp.owner),
        selectinload(FollowUp.calls).selectinload(FollowUpCall.signs),
    )  # fmt: skip
