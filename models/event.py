"""The memory of the house: one append-only chain of events per stream.

Each event carries an HMAC over itself and its predecessor, and the head of each stream holds the last one, so that a
changed, missing, added or cut event is found. Facts hold numbers, codes and short words only: no name, no telephone,
no free text (practice of 个人信息保护法 art. 6; `docs/decisions.md`).
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Facts, Key

FORMAT = 1
GENESIS = "0" * 64


class Event(Base):
    """Something that happened, told once and never changed (triggers refuse UPDATE and DELETE)."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("stream", "seq"),
        Index("ix_events_subject", "subject_kind", "subject_id"),
        Index("ix_events_kind_at", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    stream: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int] = mapped_column(Integer)
    format: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[str] = mapped_column(String(27))
    actor_kind: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[int | None] = mapped_column(Key)
    actor_unit: Mapped[int | None] = mapped_column(Key)
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int | None] = mapped_column(Key)
    facts: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    @property
    def particulars(self) -> Facts:
        return dict(json.loads(self.facts))


class EventHead(Base):
    """Where a stream ends. Locked first in every change that writes to the stream."""

    __tablename__ = "event_heads"

    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))


SEALED_COLUMNS = (
    "stream", "seq", "format", "kind", "at", "actor_kind", "actor_id", "actor_unit",
    "subject_kind", "subject_id", "facts", "prev_hash",
)  # fmt: skip


def canonical(facts: Facts) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed_hash(key: bytes, row: Facts) -> str:
    """HMAC-SHA-256 over every column of the event, in fixed order."""
    text = canonical([row[column] for column in SEALED_COLUMNS])  # type: ignore[arg-type]
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Break:
    """The first place where a stream does not add up."""

    stream: str
    seq: int
    event: int | None
    reason: str


def verify(session: Session, key: bytes) -> Iterator[Break | tuple[int, int]]:
    """Walk every stream; yield each break, and last the pair (events, streams) that were read."""
    heads = {head.stream: head for head in session.scalars(select(EventHead))}
    columns = [getattr(Event, name) for name in ("id", *SEALED_COLUMNS, "hash")]
    count, streams, last, previous, broken = 0, set(), None, GENESIS, False
    seq = 0

    def cut(stream: str | None) -> Iterator[Break]:
        if stream is None or broken:
            return
        head = heads.get(stream)
        if head is None:
            yield Break(stream, seq, None, "head-missing")
        elif (head.seq, head.hash) != (seq, previous):
            yield Break(stream, seq + 1, None, "tail-cut")

    rows = session.execute(select(*columns).order_by(Event.stream, Event.seq).execution_options(yield_per=1000))
    for row in rows.mappings():
        count += 1
        if row["stream"] != last:
            yield from cut(last)
            last, previous, seq, broken = row["stream"], GENESIS, 0, False
            streams.add(last)
        if broken:
            continue
        seq += 1
        reason = (
            "event-missing" if row["seq"] != seq
            else "chain-broken" if row["prev_hash"] != previous
            else "event-changed" if sealed_hash(key, dict(row)) != row["hash"]
            else None
        )  # fmt: skip
        if reason:
            broken = True
            yield Break(row["stream"], row["seq"] if reason != "event-missing" else seq, row["id"], reason)
        previous = row["hash"]
    yield from cut(last)
    for stream in heads.keys() - streams:
        if heads[stream].seq:
            yield Break(stream, 1, None, "tail-cut")
    yield count, len(streams)
