"""应哨回执: what a unit takes home of one visit, to file it as its own work. Made from the callout, never stored.

Fairness first: time the house itself took or granted (pauses, extensions) stands on it, and an objection that was
upheld (practice.md §4).
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from models.callout import Callout
from models.errors import TransitionNotAllowed
from models.objection import Objection
from models.unit_answer import UnitAnswer, newest_answer
from models.words import _


@dataclass(frozen=True)
class Receipt:
    """`minutes_late` is nothing for who came in time or did not have to; `minutes_granted` moved the due time."""

    callout: Callout
    minutes_late: int | None
    minutes_granted: int
    objection: Objection | None
    unit_answer: UnitAnswer | None

    @classmethod
    def of(cls, session: Session, callout: Callout) -> "Receipt":
        """Raises TransitionNotAllowed while there is nothing to confirm."""
        if not may_have_receipt(callout):
            raise TransitionNotAllowed(_("There is a receipt when the unit has come or its objection was upheld"))
        objection = callout.objections[-1] if callout.objections else None
        return cls(callout, _minutes_late(callout), _minutes_granted(callout), objection,
                   newest_answer(session, callout))  # fmt: skip


def may_have_receipt(callout: Callout) -> bool:
    return callout.arrived_at is not None or any(objection.upheld for objection in callout.objections)


def _minutes_late(callout: Callout) -> int | None:
    """Begun minutes after the due time."""
    if callout.arrived_at is None or callout.arrived_at <= callout.due_at:
        return None
    late: timedelta = callout.arrived_at - callout.due_at
    return -(-late // timedelta(minutes=1))


def _minutes_granted(callout: Callout) -> int:
    """How far pauses and extensions moved the due time; an appointed time was fixed, nothing was granted."""
    if callout.whistle.appointed_at is not None:
        return max(0, (callout.due_at - callout.whistle.appointed_at) // timedelta(minutes=1))
    return max(0, (callout.due_at - callout.sounded_at) // timedelta(minutes=1) - callout.limit_minutes)
