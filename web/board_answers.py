"""What a poll of a board is told: nothing new, the changed rows, or to load the page again; and always how old that is.

Fragments are kept with their gzip for everybody who sees the same: face, centre, language, buttons, revisions.
"""

import gzip
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from models.board import KEPT, BoardRevision
from models.clock import iso, local_day
from models.heartbeat import last_beat
from models.outbox import oldest_waiting

# Fragments kept per process; a change makes one per face, language and set of buttons.
MOST_FRAGMENTS = 400
# For how long the Flask view's word counts that a session sees a centre's board (a change of rights ends it at once).
KNOWN_SECONDS = 60
MOST_KNOWN = 4000
# The worker was never heard of: as old as can be told.
SILENT = 99_999


class View(NamedTuple):
    """Whose eyes: all a fragment depends on besides the revision. `shown` names the buttons, or the door's room."""

    face: str
    centre_id: int
    language: str
    shown: str


class Stand(NamedTuple):
    """How the board and the worker stand."""

    epoch: str
    n: int
    beat_at: datetime | None
    waiting_since: datetime | None

    def epoch_on(self, at: datetime) -> str:
        """Figures and queue numbers are the day's: at midnight every board is loaded anew."""
        return f"{self.epoch}.{local_day(at):%m%d}"


@dataclass(frozen=True)
class Fragment:
    """Changed rows as HTML, and the ids of all rows in their order (None where the face has no rows)."""

    body: bytes
    order: str | None
    packed: bytes

    @classmethod
    def of(cls, html: str, order: list[str] | None) -> "Fragment":
        body = html.encode()
        return cls(body, None if order is None else ",".join(order), gzip.compress(body, 6, mtime=0))


@dataclass(frozen=True)
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes = b""


Reading = Callable[[], AbstractContextManager[Connection]]
Draw = Callable[[Connection, View, int, datetime], Fragment]


@dataclass
class Answers:
    """The boards of one process."""

    draw: Draw
    fragments: "OrderedDict[tuple[Any, ...], Fragment]" = field(default_factory=OrderedDict)
    known: dict[tuple[str, int], tuple[float, str]] = field(default_factory=dict)

    def know(self, token_hash: str, centre_id: int, shown: str) -> None:
        """The Flask view admitted this session to this board, with these buttons."""
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        self.known[token_hash, centre_id] = (time.monotonic() + KNOWN_SECONDS, shown)

    def shown_to(self, token_hash: str, centre_id: int) -> str | None:
        until, shown = self.known.get((token_hash, centre_id), (0.0, ""))
        return shown if until > time.monotonic() else None

    def answer(self, view: View, stand: Stand, since: str, at: datetime, reading: Reading, *, packs: bool) -> Answer:
        """204 only when the asker has exactly this revision."""
        headers = told(stand, at)
        epoch, _dash, number = since.rpartition("-")
        if since == headers["X-Board-Revision"]:
            return Answer("204 NO CONTENT", headers)
        headers["Content-Type"] = "text/html; charset=utf-8"
        behind = stand.n - int(number) if number.isdecimal() and len(number) < 13 else -1
        if epoch != stand.epoch_on(at) or not 0 < behind <= KEPT:
            return Answer("200 OK", {**headers, "HX-Refresh": "true", "Content-Length": "0"})
        fragment = self._fragment(view, stand.epoch_on(at), stand.n, int(number), at, reading)
        body = fragment.packed if packs else fragment.body
        headers |= {"Vary": "Accept-Encoding", "Content-Length": str(len(body))}
        if packs:
            headers["Content-Encoding"] = "gzip"
        if fragment.order is not None:
            headers["X-Board-Order"] = fragment.order
        return Answer("200 OK", headers, body)

    def _fragment(self, view: View, epoch: str, n: int, since: int, at: datetime, reading: Reading) -> Fragment:
        key = (view, epoch, since, n)
        kept = self.fragments.get(key)
        if kept is None:
            with reading() as reader:
                kept = self.draw(reader, view, since, at)
            self.fragments[key] = kept
            while len(self.fragments) > MOST_FRAGMENTS:
                self.fragments.popitem(last=False)
        return kept


def told(stand: Stand, at: datetime) -> dict[str, str]:
    """The headers that keep a board honest."""
    return {
        "X-Board-As-Of": iso(at),
        "X-Board-Revision": f"{stand.epoch_on(at)}-{stand.n}",
        "X-Worker-Age": str(_age(stand.beat_at, at) if stand.beat_at else SILENT),
        "X-Oldest-Whistle-Age": str(_age(stand.waiting_since, at) if stand.waiting_since else 0),
    }


def _age(moment: datetime, at: datetime) -> int:
    return max(0, int((at - moment).total_seconds()))


def stand_of(reader: Connection, centre_id: int) -> Stand:
    """The same as the quick layer asks for, for whoever loads a page."""
    row = reader.execute(
        select(BoardRevision.epoch, BoardRevision.n).where(BoardRevision.audience == f"centre:{centre_id}")
    ).one_or_none()
    return Stand(row.epoch if row else "0", row.n if row else 0, last_beat(reader), oldest_waiting(reader))
