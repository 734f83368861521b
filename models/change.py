"""One change to the record: who makes it, when, and everything that is written with it.

Locks are taken in one order, so that two changes never wait for each other: submission key, event heads (sorted),
rooms, registers, rows, board revisions (sorted, last). `transaction.transaction` opens a Change and closes it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, insert, select, text, update
from sqlalchemy.orm import Session

from models.actor import Actor
from models.base import Base, Facts
from models.clock import iso
from models.event import FORMAT, GENESIS, Event, EventHead, canonical, sealed_hash
from models.event_kinds import EventKind
from models.sealed import Sealer

# Begins the head of a stream, or takes the one that is there; either way it is locked. Both databases understand this.
_LOCK = text(
    "INSERT INTO event_heads (stream, seq, hash) VALUES (:stream, 0, :genesis) "
    "ON CONFLICT (stream) DO UPDATE SET seq = event_heads.seq RETURNING seq, hash"
)


@dataclass
class Change:
    """The open transaction as the verbs of the models see it."""

    session: Session
    by: Actor
    at: datetime
    sealer: Sealer
    # Where the result of this change can be seen; a repeated submission is sent there.
    location: str = ""
    _heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    _events: list[Facts] = field(default_factory=list)
    _written: dict[str, tuple[int, str]] = field(default_factory=dict)
    _touched: set[tuple[str, int]] = field(default_factory=set)
    _renewed: set[str] = field(default_factory=set)
    _fresh: dict[int, Base] = field(default_factory=dict)
    _deferred: list[Callable[[], None]] = field(default_factory=list)

    def open_streams(self, *streams: str) -> None:
        """Lock the heads of these streams, in order, before any row is touched.

        Where others may write meanwhile, what was read before its turn came may be old: it is read again.
        """
        wanted = sorted(set(streams) - self._heads.keys())
        for stream in wanted:
            head = self.session.connection().execute(_LOCK, {"stream": stream, "genesis": GENESIS}).one()
            self._heads[stream] = head.seq, head.hash
        if wanted and self.session.get_bind().dialect.name != "sqlite":  # there nobody writes in between
            self.session.flush()  # what this change has already said must not be forgotten
            self.session.expire_all()

    def lock(self, stream: str, *rows: Base) -> None:
        """Lock one stream and forget what was read of these rows before: the verb sees them as they are now."""
        self.open_streams(stream)
        for row in rows:
            if id(row) not in self._fresh:
                self.session.flush()  # what this change has already said about the row must not be forgotten
                self.session.expire(row)
                self._fresh[id(row)] = row

    def read_under_lock(self, *rows: Base) -> None:
        """These rows were read after their streams had been locked: a verb need not read them again."""
        self._fresh.update({id(row): row for row in rows})

    def record(self, stream: str, kind: EventKind, subject: tuple[str, int | None], **facts: Any) -> None:
        """Append an event to the stream. Facts are codes, numbers and ids, never personal data or free text."""
        self.open_streams(stream)
        seq, previous = self._heads[stream]
        row: Facts = {
            "stream": stream,
            "seq": seq + 1,
            "format": FORMAT,
            "kind": kind.value,
            "at": iso(self.at),
            "actor_kind": self.by.kind.value,
            "actor_id": self.by.id,
            "actor_unit": self.by.unit,
            "subject_kind": subject[0],
            "subject_id": subject[1],
            "facts": canonical(facts),
            "prev_hash": previous,
        }
        row["hash"] = sealed_hash(self.sealer.key("events"), row)
        self._events.append(row)
        self._heads[stream] = self._written[stream] = (seq + 1, row["hash"])

    def touch(self, audience: str, dispute_id: int) -> None:
        """Note that a board shown to this audience changed in the row of this dispute."""
        self._touched.add((audience, dispute_id))

    def renew(self, audience: str) -> None:
        """Note that the whole boards of this audience changed: what stands on any row, or beside the rows."""
        self._renewed.add(audience)

    def defer(self, write: Callable[[], None]) -> None:
        """Write this after the events have their ids, before the board revisions (messages use it)."""
        self._deferred.append(write)

    def newest(self, stream: str) -> int:
        """The number of the newest event of a stream this change has opened."""
        return self._heads[stream][0]

    def event_id(self, stream: str, seq: int) -> int:
        """The id of an event of this change; only in a deferred write."""
        return self.session.scalars(select(Event.id).where(Event.stream == stream, Event.seq == seq)).one()

    def flush_events(self) -> None:
        """Write the events and the new heads in two statements per kind of row."""
        self.session.flush()
        if self._events:
            self._run(insert(Event), self._events)
            for stream, (seq, digest) in sorted(self._written.items()):
                self._run(update(EventHead).where(EventHead.stream == stream).values(seq=seq, hash=digest))
            self._events, self._written = [], {}
        while self._deferred:
            self._deferred.pop(0)()
        self.session.flush()

    @property
    def touched(self) -> list[tuple[str, int]]:
        return sorted(self._touched)

    @property
    def renewed(self) -> list[str]:
        return sorted(self._renewed)

    def _run(self, statement: Executable, rows: list[Facts] | None = None) -> None:
        self.session.connection().execute(statement, rows)
