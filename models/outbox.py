"""The outbox: each message stands beside the event that caused it, in the same transaction, and is sent by the worker.

Text and link are made at sending; a row holds neither. The inbox of the house is a row without a channel; what leaves
the house has one row more for each channel, and `models/sending.py` says how it fares.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, ForeignKey, Index, String, UniqueConstraint, insert, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key, one_of
from models.change import Change
from models.channel import MessageChannel, ways_out, ways_to_leaders, ways_to_owners
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

LEASE = timedelta(seconds=60)
INBOX = "inbox"
# Kinds of recipients that are a centre's: whoever leads it today, and the deputy.
LEADER, DEPUTY = "leader", "deputy"
# A deadline that comes near: whoever owns it is told.
DEADLINE = "deadline"
# Suspicion of sham mediation 虚假调解: the leader is told at once.
SHAM = "sham"


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
    # "inbox", or the number of the channel: a channel is never deleted, so its rows need no key of the database.
    channel: Mapped[str] = mapped_column(String(16))
    channel_id: Mapped[int | None]
    template: Mapped[str] = mapped_column(String(40))
    state: Mapped[MessageState] = mapped_column(one_of(MessageState), default=MessageState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    # When sending began: from here on a worker that dies leaves it unknown whether the other side has it.
    started_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(20), default="")
    provider_ref: Mapped[str] = mapped_column(String(120), default="")


def post(
    change: Change, stream: str, template: str, recipients: Sequence[tuple[str, int]], later: timedelta = timedelta()
) -> None:
    """Put messages beside the newest event of the stream: each recipient's inbox, and every way out of the house.

    Ways out have a callout, the duty leader and deputy of a centre, and a unit that owns a deadline.
    `later` messages wait that long.
    """
    seq = change.newest(stream)

    def write() -> None:
        event_id = change.event_id(stream, seq)
        outside = ways_out(change.session, callouts) if callouts else []
        addressed: list[tuple[str, int, int | None]] = [(kind, id_, None) for kind, id_ in recipients]
        addressed += [("callout", id_, channel_id) for id_, channel_id in outside]
        for kind in (LEADER, DEPUTY):
            houses = [id_ for named, id_ in recipients if named == kind]
            ways = ways_to_leaders(change.session, houses) if houses else []
            addressed += [(kind, id_, channel_id) for id_, channel_id in ways]
        if deadlines:
            addressed += [(DEADLINE, id_, channel_id) for id_, channel_id in ways_to_owners(change.session, deadlines)]
        _insert(change, event_id, template, addressed, later)

    deadlines = [id_ for kind, id_ in recipients if kind == DEADLINE]
    callouts = [id_ for kind, id_ in recipients if kind == "callout"]
    if recipients:
        change.defer(write)


def try_out(change: Change, channel: MessageChannel) -> None:
    """Send a test through the channel: to the unit, or to the telephone kept for tests."""
    stream = f"centre:{channel.centre_id}"
    change.lock(stream, channel)
    if not channel.is_active:
        raise TransitionNotAllowed(_("This channel is switched off"))
    if channel.to_phone and not channel.test_phone_sealed:
        raise RuleBroken(_("Enter a telephone for tests first"), field="test_phone")
    channel.record(change, EventKind.CHANNEL_TEST)
    seq = change.newest(stream)
    change.defer(lambda: _insert(change, change.event_id(stream, seq), "test", [("channel", channel.id, channel.id)]))


def ask_leader(change: Change, stream: str, centre_id: int, minutes: int) -> None:
    """Something waits for the duty leader's word; what nobody decides within these minutes is the deputy's as well."""
    post(change, stream, "decision", [(LEADER, centre_id)])
    post(change, stream, "decision", [(DEPUTY, centre_id)], timedelta(minutes=minutes))


def _insert(change: Change, event_id: int, template: str, addressed: Sequence[tuple[str, int, int | None]],
            later: timedelta = timedelta()) -> None:  # fmt: skip
    change.session.connection().execute(insert(Message), [
        {"event_id": event_id, "recipient_kind": kind, "recipient_id": id_,
         "channel": INBOX if channel_id is None else str(channel_id), "channel_id": channel_id,
         "template": template, "made_at": change.at + later, "not_before": change.at + later}
        for kind, id_, channel_id in addressed
    ])  # fmt: skip


def claim(session: Session, now: datetime, limit: int = 50) -> list[int]:
    """Take what waits for the inbox, also what a dead worker held. Any number of workers may ask at once."""
    waiting = (
        select(Message.id)
        .where(
            Message.channel_id.is_(None),
            or_(
                (Message.state == MessageState.PENDING) & (Message.not_before <= now),
                (Message.state == MessageState.CLAIMED) & (Message.lease_until < now),
            ),
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
    """When the oldest message that the inbox has not got was made; the boards show its age."""
    return session.scalar(
        select(Message.made_at)
        .where(Message.channel_id.is_(None), Message.state.in_([MessageState.PENDING, MessageState.CLAIMED]))
        .order_by(Message.made_at)
        .limit(1)
    )
