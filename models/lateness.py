"""What is late, and why: derived from the rows at the moment of asking, never stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from models.agreement import Agreement, Term
from models.assignment import Assignment, Duty
from models.callout import Callout
from models.clock import local_day
from models.dispute import Dispute
from models.hand_over import HandOver
from models.lifecycle import DisputeStatus
from models.mediation import MediationSession
from models.pause import Pause
from models.whistle import Whistle
from models.words import _


class Late(StrEnum):
    CALLOUT = "callout"
    REPLY = "reply"
    PROMISE = "promise"
    TERM = "term"
    MEDIATOR = "mediator"


WORDS: dict[Late, str] = {
    Late.CALLOUT: _("A unit has not arrived"),
    Late.REPLY: _("Reply overdue"),
    Late.PROMISE: _("Promised reply overdue"),
    Late.TERM: _("Performance overdue"),
    Late.MEDIATOR: _("No mediator yet"),
}
AWAITS_MEDIATOR = (DisputeStatus.ACCEPTED, DisputeStatus.IN_MEDIATION)


def awaited(now: datetime) -> ColumnElement[bool]:
    """A callout whose limit is over while nobody has come. While its clock stands still it is not late."""
    return and_(Callout.still_awaited(), Callout.due_at < now, ~stands_still())


def stands_still() -> ColumnElement[bool]:
    """A callout with a pause that is running."""
    return exists().where(Pause.callout_id == Callout.id, Pause.until.is_(None), Pause.taken_back_at.is_(None))


def unanswered() -> ColumnElement[bool]:
    """The hand-over that stands now, without a reply. The statement must hold the dispute as well."""
    later = aliased(HandOver)
    return and_(
        HandOver.dispute_id == Dispute.id,
        Dispute.status == DisputeStatus.HANDED_OVER,
        HandOver.replied_at.is_(None),
        ~exists().where(later.dispute_id == HandOver.dispute_id, later.id > HandOver.id),
    )


def promised() -> ColumnElement[bool]:
    """A unit took the question back and nobody has noted its reply. A drill promises nothing."""
    return and_(Callout.still_promised(), ~exists().where(Whistle.id == Callout.whistle_id, Whistle.is_drill))


def unperformed() -> ColumnElement[bool]:
    """A term still to be performed, joined to its dispute. An archived file waits for nobody."""
    return and_(
        Term.agreement_id == Agreement.id,
        Agreement.lapsed_at.is_(None),
        Agreement.session_id == MediationSession.id,
        MediationSession.dispute_id == Dispute.id,
        Term.performed_on.is_(None),
        Term.struck_at.is_(None),
        Dispute.status.in_([DisputeStatus.AGREED, DisputeStatus.CLOSED]),
    )


def without_mediator(now: datetime, minutes: int) -> ColumnElement[bool]:
    """A card on the board whose whistle sounded longer ago than the setting allows, and nobody mediates."""
    return and_(
        Dispute.on_board_since.is_not(None),
        Dispute.status.in_(AWAITS_MEDIATOR),
        exists().where(Whistle.dispute_id == Dispute.id, Whistle.sounded_at < now - timedelta(minutes=minutes)),
        ~exists().where(
            Assignment.dispute_id == Dispute.id, Assignment.duty == Duty.MEDIATOR, Assignment.until.is_(None)
        ),
    )


def late(now: datetime, minutes: int) -> ColumnElement[bool]:
    """A dispute in which anything is late."""
    return or_(*_reasons(now, minutes).values())


def _reasons(now: datetime, minutes: int) -> dict[Late, ColumnElement[bool]]:
    # Found from the few open rows, not by walking through every dispute.
    today = local_day(now)
    callouts = select(Callout.dispute_id).where(awaited(now))
    replies = select(HandOver.dispute_id).where(unanswered(), HandOver.reply_by < today).correlate(None)
    promises = select(Callout.dispute_id).where(promised(), Callout.answer_due_on < today).correlate(None)
    terms = select(MediationSession.dispute_id).where(unperformed(), Term.due_on < today).correlate(None)
    return {
        Late.CALLOUT: Dispute.id.in_(callouts),
        Late.REPLY: Dispute.id.in_(replies),
        Late.PROMISE: and_(Dispute.id.in_(promises), Dispute.status != DisputeStatus.ARCHIVED),
        Late.TERM: Dispute.id.in_(terms),
        Late.MEDIATOR: without_mediator(now, minutes),
    }


def late_marks(session: Session, ids: Sequence[int], now: datetime, minutes: int) -> dict[int, list[Late]]:
    """For each of these disputes what is late in it, in one statement."""
    reasons = _reasons(now, minutes)
    columns = (reason.label(word.value) for word, reason in reasons.items())
    rows: Select[tuple[Any, ...]] = select(Dispute.id, *columns).where(Dispute.id.in_(ids))
    return {
        row[0]: [word for word, holds in zip(reasons, row[1:], strict=True) if holds] for row in session.execute(rows)
    }
