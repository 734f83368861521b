"""Delivering what waits in the outbox. The in-app inbox accepts every message: the unit sees its callouts at once."""

from sqlalchemy import select

from models.actor import WORKER
from models.callout import Callout
from models.outbox import Message, MessageState, claim
from transaction import now, transaction, writing


def deliver_waiting() -> int:
    """Deliver what waits; returns how many messages were taken. Each is marked in the transaction of its effect."""
    with writing() as session:
        ids = claim(session, now())
    for message_id in ids:
        _deliver(message_id)
    return len(ids)


def _deliver(message_id: int) -> None:
    with transaction(WORKER) as change:
        message = change.session.scalars(select(Message).where(Message.id == message_id)).one()
        if message.state is not MessageState.CLAIMED:
            return
        if message.template == "callout":
            change.session.get_one(Callout, message.recipient_id).deliver(change)
        message.state, message.sent_at, message.lease_until = MessageState.SENT, change.at, None
