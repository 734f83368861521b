"""How a message fares that leaves the house: taken, begun, and then accepted, refused or nobody knows.

A refused one is tried three times. What may have arrived is unknown and never sent again by itself, unless its channel
recognises the key of a message; then it goes out again under the same key.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from models.callout import Callout
from models.channel import MessageChannel
from models.outbox import LEASE, Message, MessageState

BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2))
MOST_ATTEMPTS = len(BACK_OFF) + 1


class Reason(StrEnum):
    """Why a message did not go out, or why nobody knows whether it did."""

    OFF_DUTY = "off_duty"
    NO_PHONE = "no_phone"
    NO_INTERNET = "no_internet"
    DEMO = "demo"
    ENDED = "ended"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    BROKEN_OFF = "broken_off"
    LOST = "lost"


@dataclass(frozen=True)
class Result:
    """What became of one attempt; `status` is what the other side answered, a number or a word, never its text."""

    state: MessageState
    reason: Reason | None = None
    status: str = ""

    @classmethod
    def withheld(cls, reason: Reason) -> "Result":
        """Not sent at all, on purpose: no further attempt."""
        return cls(MessageState.FAILED, reason)

    @property
    def is_worth_another(self) -> bool:
        return self.reason in (Reason.REFUSED, Reason.UNREACHABLE)


class Taken(NamedTuple):
    """A message in the hands of this worker until the lease ends."""

    id: int
    lease: datetime
    channel_id: int


def take(session: Session, now: datetime, busy: Collection[int] = ()) -> Taken | None:
    """The oldest message that is due, of a channel that is not busy; what was taken but never begun is due again."""
    row = session.execute(
        due(now).where(Message.channel_id.not_in(busy)).limit(1).with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    lease = now + LEASE
    session.execute(
        update(Message)
        .where(Message.id == row.id)
        .values(state=MessageState.CLAIMED, lease_until=lease)
        .execution_options(synchronize_session=False)
    )
    return Taken(row.id, lease, row.channel_id)


def due(now: datetime):  # type: ignore[no-untyped-def]  # a select of two columns, to be narrowed further
    waits = (Message.state == MessageState.PENDING) & (Message.not_before <= now)
    dropped = (Message.state == MessageState.CLAIMED) & (Message.lease_until < now) & Message.started_at.is_(None)
    return (
        select(Message.id, Message.channel_id)
        .where(Message.channel_id.is_not(None), or_(waits, dropped))
        .order_by(Message.id)
    )


def begin(session: Session, taken: Taken, now: datetime) -> Taken | None:
    """Written down before the first byte leaves. Nothing if the lease was lost to another worker meanwhile."""
    lease = now + LEASE
    done = session.execute(
        update(Message)
        .where(Message.id == taken.id, Message.state == MessageState.CLAIMED, Message.lease_until == taken.lease)
        .values(started_at=now, lease_until=lease, attempts=Message.attempts + 1)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    ).first()
    return Taken(taken.id, lease, taken.channel_id) if done else None


def lost(session: Session, now: datetime) -> list[Taken]:
    """What a worker had begun when it died: its lease ran out."""
    rows = session.execute(
        select(Message.id, Message.lease_until, Message.channel_id).where(
            Message.channel_id.is_not(None), Message.state == MessageState.CLAIMED,
            Message.lease_until < now, Message.started_at.is_not(None),
        )
    )  # fmt: skip
    return [Taken(row.id, row.lease_until, row.channel_id) for row in rows if row.lease_until and row.channel_id]


def settle(message: Message, taken: Taken, result: Result, recognises_key: bool, at: datetime) -> bool:
    """Write down what became of the attempt; whether the row changed.

    Whoever comes after the lease may still say that it was accepted, but nothing else.
    """
    holds = message.state is MessageState.CLAIMED and message.lease_until == taken.lease
    if not holds and (result.state is not MessageState.SENT or message.state is MessageState.SENT):
        return False
    again = result.is_worth_another or (result.state is MessageState.UNKNOWN and recognises_key)
    if again and (message.attempts < MOST_ATTEMPTS or result.reason is Reason.LOST):
        pause = timedelta() if result.reason is Reason.LOST else BACK_OFF[message.attempts - 1]
        message.state, message.not_before = MessageState.PENDING, at + pause
    else:
        message.state = result.state
    message.started_at = message.lease_until = None
    message.sent_at = at if message.state is MessageState.SENT else None
    message.reason, message.provider_ref = result.reason or "", result.status[:120]
    return True


class Delivery(NamedTuple):
    """One line of how a callout was told; without a name it is the inbox of the house."""

    id: int
    template: str
    name: str | None
    name_of_unit: bool
    state: MessageState
    reason: str
    status: str
    at: datetime


def deliveries(session: Session, kind: str, recipient_id: int) -> list[Delivery]:
    """What was sent to a recipient, by every way, in the order of sending."""
    rows = session.execute(
        select(Message, MessageChannel.name, MessageChannel.unit_id)
        .outerjoin(MessageChannel, MessageChannel.id == Message.channel_id)
        .where(Message.recipient_kind == kind, Message.recipient_id == recipient_id)
        .order_by(Message.id)
    )
    return [
        Delivery(one.id, one.template, name, unit_id is not None, one.state, one.reason, one.provider_ref,
                 one.sent_at or one.made_at)
        for one, name, unit_id in rows
    ]  # fmt: skip


_later = aliased(Message)


# A message to a callout that failed or may have, and none through the same channel that was accepted since.
_in_trouble = and_(
    Message.recipient_kind == "callout",
    Message.channel_id.is_not(None),
    Message.state.in_([MessageState.FAILED, MessageState.UNKNOWN]),
    ~exists().where(
        _later.recipient_kind == "callout", _later.recipient_id == Message.recipient_id, _later.id > Message.id,
        _later.channel_id == Message.channel_id, _later.state == MessageState.SENT,
    ),
)  # fmt: skip


def needs_telephone() -> ColumnElement[bool]:
    """Callouts nobody has acknowledged, to which a channel did not deliver or may not have: somebody should ring."""
    trouble = exists().where(Message.recipient_id == Callout.id, _in_trouble)
    return and_(trouble, Callout.acknowledged_at.is_(None), Callout.arrived_at.is_(None))


def in_trouble(session: Session, callout_ids: Collection[int]) -> dict[int, list[tuple[str, MessageState]]]:
    """By which channels these callouts were not told, or perhaps not."""
    rows = session.execute(
        select(Message.recipient_id, MessageChannel.name, Message.state)
        .join(MessageChannel, MessageChannel.id == Message.channel_id)
        .where(Message.recipient_id.in_(callout_ids), _in_trouble)
        .order_by(Message.id)
    ).tuples()
    ways: dict[int, list[tuple[str, MessageState]]] = {id_: [] for id_ in callout_ids}
    for callout_id, name, state in rows:
        ways[callout_id].append((name, state))
    return ways
