"""The memory of the house: one append-only chain of events per stream.

Each event carries an HMAC over itself and its predecessor, and the head of each stream holds the last one, so that a
changed, missing, added or cut event is found. Facts hold numbers, codes and short words only: no name, no telephone,
no free text (practice of 个人信息保护法 art. 6; `docs/decisions.md`).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Index, Integer, RowMapping, String, Text, UniqueConstraint, exists, select
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
    """Walk every stream; yield each break, and last the pair (events, streams) that were read.

    Events and heads are read by one statement, so that what is written meanwhile does not look like a break.
    """
    columns = [getattr(Event, name) for name in ("id", *SEALED_COLUMNS, "hash")]
    head = (EventHead.seq.label("head_seq"), EventHead.hash.label("head_hash"))
    rows = session.execute(
        select(*columns, *head)
        .outerjoin(EventHead, EventHead.stream == Event.stream)
        .order_by(Event.stream, Event.seq)
        .execution_options(yield_per=1000)
    )
    count = streams = 0
    for _stream, events in groupby(rows.mappings(), lambda row: row["stream"]):
        streams += 1
        number, found = _walk(events, key)
        count += number
        if found:
            yield found
    for stream in session.scalars(select(EventHead.stream).where(
        EventHead.seq > 0, ~exists().where(Event.stream == EventHead.stream)
    )):  # fmt: skip
        yield Break(stream, 1, None, "tail-cut")
    yield count, streams


def _walk(events: Iterable[RowMapping], key: bytes) -> tuple[int, Break | None]:
    """How many events the stream has, and where it first does not add up."""
    previous, broken, seq = GENESIS, None, 0
    for seq, row in enumerate(events, 1):
        if broken:
            continue
        if row["seq"] != seq:
            broken = Break(row["stream"], seq, row["id"], "event-missing")
        elif row["prev_hash"] != previous:
            broken = Break(row["stream"], seq, row["id"], "chain-broken")
        elif sealed_hash(key, dict(row)) != row["hash"]:
            broken = Break(row["stream"], seq, row["id"], "event-changed")
        previous = row["hash"]
    if broken is None and row["head_seq"] is None:
        broken = Break(row["stream"], seq, None, "head-missing")
    elif broken is None and (row["head_seq"], row["head_hash"]) != (seq, previous):
        broken = Break(row["stream"], seq + 1, None, "tail-cut")
    return seq, broken
