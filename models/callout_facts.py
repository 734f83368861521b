"""What figures ask about one callout, each question in one place: fairness first, then punctuality, then what it gave.

A callout that was stood down, or whose objection was upheld, is nobody's fault and counts nowhere but under its name.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from models.callout import AnswerResult, Callout


def is_upheld(callout: Callout) -> bool:
    """异议成立: the matter was not the unit's own."""
    return any(objection.upheld for objection in callout.objections)


def is_stood_down(callout: Callout) -> bool:
    """撤哨 for another reason than an upheld objection."""
    return callout.stood_down_at is not None and not is_upheld(callout)


def counts(callout: Callout) -> bool:
    return callout.stood_down_at is None and not is_upheld(callout) and not callout.whistle.is_drill


def is_due(callout: Callout, at: datetime) -> bool:
    """应到: the officer is there, or the time is over. A limit still running, or standing still, is nobody's yet."""
    over = callout.no_show_at is not None or (callout.due_at <= at and callout.open_pause is None)
    return counts(callout) and (callout.arrived_at is not None or over)


def has_arrived(callout: Callout) -> bool:
    return counts(callout) and callout.arrived_at is not None


def is_on_time(callout: Callout) -> bool:
    return has_arrived(callout) and callout.arrived_at is not None and callout.arrived_at <= callout.due_at


def is_effective(callout: Callout) -> bool:
    """有效报到: arrived, and answered on the spot, or taken back and replied by the day that was promised."""
    return has_arrived(callout) and (callout.result is AnswerResult.ANSWERED or callout.is_kept)


def minutes_present(callout: Callout) -> int | None:
    """Whole minutes between arrival and release; None while the officer has not been released."""
    if callout.arrived_at is None or callout.released_at is None:
        return None
    return int((callout.released_at - callout.arrived_at).total_seconds() // 60)


def counted_rows() -> ColumnElement[bool]:
    """`counts` as the database reckons it; an upheld objection stands the callout down."""
    return Callout.stood_down_at.is_(None)


def effective_rows() -> ColumnElement[bool]:
    """`is_effective` as the database reckons it."""
    kept = and_(Callout.result == AnswerResult.TAKEN_BACK, Callout.replied_on <= Callout.answer_due_on)
    return and_(counted_rows(), Callout.arrived_at.is_not(None), or_(Callout.result == AnswerResult.ANSWERED, kept))
