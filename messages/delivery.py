"""Delivering to the inbox of the house, which accepts every message: the unit sees its callouts at once."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from messages.crash import crash_at
from models.actor import WORKER
from models.callout import Callout
from models.dispute import Dispute
from models.outbox import Message, MessageState, claim
from transaction import now, transaction, writing

# Few, because everybody who registers or whistles waits for as long as these take.
AT_ONCE = 5
# The disputes with their units come along: the boards of each are told.
_CALLED = (
    select(Callout)
    .options(joinedload(Callout.dispute).selectinload(Dispute.units))
    .where(Callout.id.in_(bindparam("ids", expanding=True)))
)


def deliver_waiting() -> int:
    """Deliver what waits; returns how many messages were taken."""
    with writing() as session:
        ids = claim(session, now(), AT_ONCE)
    if ids:
        crash_at("inbox-after-claim")
        _deliver(ids)
    return len(ids)


def _deliver(ids: list[int]) -> None:
    """All of them and their effects in one transaction: each by itself would stand in line with those who type."""
    with transaction(WORKER) as change:
        claimed = select(Message).where(Message.id.in_(ids), Message.state == MessageState.CLAIMED).order_by(Message.id)
        messages = change.session.scalars(claimed).all()
        called = [message.recipient_id for message in messages if message.recipient_kind == "callout"]
        disputes = select(Callout.dispute_id).where(Callout.id.in_(called))
        change.open_streams(*(f"dispute:{dispute_id}" for dispute_id in change.session.scalars(disputes)))
        callouts = {callout.id: callout for callout in change.session.scalars(_CALLED, {"ids": called})}
        change.read_under_lock(*callouts.values())
        for message in messages:
            if message.recipient_kind == "callout":
                callouts[message.recipient_id].deliver(change)
            message.state, message.sent_at, message.lease_until = MessageState.SENT, change.at, None
        crash_at("inbox-before-mark")
