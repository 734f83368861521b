"""The outbox: each message stands beside the event that caused it, in the same transaction, and is sent by the worker.

Text and link are made at sending; a row holds neither. `unknown` is shown as unknown and never resent by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, ForeignKey, Index, String, UniqueConstraint, insert, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key, one_of
from models.change import Change

LEASE = timedelta(seconds=60)


class MessageState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


UNDELIVERED = text("state IN ('pending', 'claimed')")


class Message(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("event_id", "recipient_kind", "recipient_id", "channel"),
        Index("ix_outbox_waiting", "not_before", sqlite_where=UNDELIVERED, postgresql_where=UNDELIVERED),
        Index("ix_outbox_recipient", "recipient_kind", "recipient_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    recipient_kind: Mapped[str] = mapped_column(String(16))
    recipient_id: Mapped[int] = mapped_column(Key)
    channel: Mapped[str] = mapped_column(String(16))
    template: Mapped[str] = mapped_column(String(40))
    state: Mapped[MessageState] = mapped_column(one_of(MessageState), default=MessageState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    provider_ref: Mapped[str] = mapped_column(String(120), default="")


def post(
    change: Change, stream: str, template: str, recipients: Sequence[tuple[str, int]], channel: str = "inbox"
) -> None:
    """Put one message per recipient beside the newest event of the stream."""
    seq = change.newest(stream)

    def write() -> None:
        event_id = change.event_id(stream, seq)
        change.session.connection().execute(insert(Message), [
            {"event_id": event_id, "recipient_kind": kind, "recipient_id": id_, "channel": channel,
             "template": template, "made_at": change.at, "not_before": change.at}
            for kind, id_ in recipients
        ])  # fmt: skip

    if recipients:
        change.defer(write)


def claim(session: Session, now: datetime, limit: int = 50) -> list[int]:
    """Take waiting messages, also those whose worker died with the lease. Any number of workers may ask at once."""
    waiting = (
        select(Message.id)
        .where(
            or_(
                (Message.state == MessageState.PENDING) & (Message.not_before <= now),
                (Message.state == MessageState.CLAIMED) & (Message.lease_until < now),
            )
        )
        .order_by(Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(session.scalars(waiting))
    if ids:
        session.execute(
            update(Message)
            .where(Message.id.in_(ids))
            .values(state=MessageState.CLAIMED, lease_until=now + LEASE, attempts=Message.attempts + 1)
            .execution_options(synchronize_session=False)
        )
    return ids


def oldest_waiting(session: Session | Connection) -> datetime | None:
    """When the oldest undelivered message was made; the boards show its age."""
    return session.scalar(
        select(Message.made_at)
        .where(Message.state.in_([MessageState.PENDING, MessageState.CLAIMED]))
        .order_by(Message.made_at)
        .limit(1)
    )
