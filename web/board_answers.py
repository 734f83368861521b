"""What a poll of a board is told: nothing new, the changed rows, or to load the page again; and always how old that is.

Fragments are kept with their gzip for everybody who sees the same: face, centre, language, buttons, revisions.
"""

import functools
import gzip
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from models.board import KEPT, BoardRevision
from models.clock import iso
from models.heartbeat import Heartbeat
from models.outbox import Message, MessageState
from models.prepared import Prepared, Reading

# Fragments kept per process; a change makes one per face, language and set of buttons.
MOST_FRAGMENTS = 400
# For how long the Flask view's word counts that a session sees a centre's board (a change of rights ends it at once).
KNOWN_SECONDS = 60
MOST_KNOWN = 4000
# For how long it is taken as known how the worker does.
HEALTH_SECONDS = 1.0
SAME = "204 NO CONTENT"
# China keeps one time all year, eight hours before UTC.
EAST = 8 * 3600
# The worker was never heard of: as old as can be told.
SILENT = 99_999


class View(NamedTuple):
    """Whose eyes: all a fragment depends on besides the revision. `shown` names the buttons, or the door's room."""

    face: str
    centre_id: int
    language: str
    shown: str


class Health(NamedTuple):
    """When the worker was last heard of, and since when the oldest message waits."""

    beat_at: datetime | None
    waiting_since: datetime | None


class Stand(NamedTuple):
    """How the board and the worker stand."""

    epoch: str
    n: int
    health: Health

    def revision_on(self, at: datetime) -> str:
        """What the asker has to give back. Figures and queue numbers are the day's: at midnight all is loaded anew."""
        return f"{self.epoch}.{_day(int(at.timestamp() + EAST) // 86_400)}-{self.n}"


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

    @property
    def is_same(self) -> bool:
        """Nothing is new."""
        return self.status == SAME


Opening = Callable[[], AbstractContextManager[Reading]]
Draw = Callable[[Reading, View, str, int, datetime], Fragment]


@dataclass
class Answers:
    """The boards of one process; `version` is that of the pages they belong to."""

    draw: Draw
    version: str
    fragments: "OrderedDict[tuple[View, str, int], Fragment]" = field(default_factory=OrderedDict)
    known: dict[tuple[str, int], tuple[float, str]] = field(default_factory=dict)
    _health: tuple[float, Health | None] = (0.0, None)

    @property
    def health(self) -> Health | None:
        """What was known within the last second: ages are told in seconds, and every poll asks for them."""
        until, health = self._health
        return health if until > time.monotonic() else None

    def know_health(self, health: Health) -> Health:
        self._health = (time.monotonic() + HEALTH_SECONDS, health)
        return health

    def know(self, token_hash: str, centre_id: int, shown: str) -> None:
        """The Flask view admitted this session to this board, with these buttons."""
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        self.known[token_hash, centre_id] = (time.monotonic() + KNOWN_SECONDS, shown)

    def shown_to(self, token_hash: str, centre_id: int) -> str | None:
        until, shown = self.known.get((token_hash, centre_id), (0.0, ""))
        return shown if until > time.monotonic() else None

    def answer(self, view: View, stand: Stand, since: str, at: datetime, opening: Opening, *, packs: bool) -> Answer:
        """204 only when the asker has exactly this revision."""
        revision = stand.revision_on(at)
        headers = {**told(revision, stand.health, at), "X-Board-Version": self.version}
        if since == revision:
            return Answer(SAME, headers)
        headers["Content-Type"] = "text/html; charset=utf-8"
        epoch, _dash, number = since.rpartition("-")
        behind = stand.n - int(number) if number.isdecimal() and len(number) < 13 else -1
        if epoch != revision.rpartition("-")[0] or not 0 < behind <= KEPT:
            return Answer("200 OK", {**headers, "HX-Refresh": "true", "Content-Length": "0"})
        fragment = self._fragment((view, revision, int(number)), at, opening)
        body = fragment.packed if packs else fragment.body
        headers |= {"Vary": "Accept-Encoding", "Content-Length": str(len(body))}
        if packs:
            headers["Content-Encoding"] = "gzip"
        if fragment.order is not None:
            headers["X-Board-Order"] = fragment.order
        return Answer("200 OK", headers, body)

    def _fragment(self, key: tuple[View, str, int], at: datetime, opening: Opening) -> Fragment:
        kept = self.fragments.get(key)
        if kept is None:
            with opening() as reading:
                kept = self.draw(reading, *key, at)
            self.fragments[key] = kept
            while len(self.fragments) > MOST_FRAGMENTS:
                self.fragments.popitem(last=False)
        return kept


def told(revision: str, health: Health, at: datetime) -> dict[str, str]:
    """The headers that keep a board honest."""
    return {
        "X-Board-As-Of": iso(at),
        "X-Board-Revision": revision,
        "X-Worker-Age": str(_age(health.beat_at, at) if health.beat_at else SILENT),
        "X-Oldest-Whistle-Age": str(_age(health.waiting_since, at) if health.waiting_since else 0),
    }


def _age(moment: datetime, at: datetime) -> int:
    return max(0, int((at - moment).total_seconds()))


@functools.cache
def _day(number: int) -> str:
    return f"{date(1970, 1, 1) + timedelta(days=number):%m%d}"


_BOARD = BoardRevision.audience == bindparam("audience")
_WAITING = Message.channel_id.is_(None) & Message.state.in_([MessageState.PENDING, MessageState.CLAIMED])
_STAND = Prepared(
    select(
        select(BoardRevision.epoch).where(_BOARD).scalar_subquery().label("epoch"),
        select(BoardRevision.n).where(_BOARD).scalar_subquery().label("n"),
        select(Heartbeat.at).where(Heartbeat.name == "worker").scalar_subquery().label("beat_at"),
        select(func.min(Message.made_at)).where(_WAITING).scalar_subquery().label("waiting_since"),
    )
)


def stand_of(reading: Reading, centre_id: int) -> Stand:
    """The same as the quick layer asks for, for whoever loads a page."""
    [row] = reading.rows(_STAND, audience=f"centre:{centre_id}")
    return Stand(row.epoch or "0", row.n or 0, Health(row.beat_at, row.waiting_since))
