"""Polls of the boards, answered before Flask begins: many screens ask every two seconds, mostly for nothing new.

One SELECT says whether the asker may still look and at which revision the board is. What is unusual (nobody known,
ended or revoked, the first poll of a session, a database in trouble) goes on to the Flask view of the same address.
Nothing here extends a session; a locked desk still sees its board.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError

from models.prepared import Reading
from security.cookies import prefix
from security.headers import HEADERS, STRICT_TRANSPORT
from transaction import db
from web.board_answers import Answers, Health, Stand, View
from web.board_askers import Asked, Asker, asked_for, asker_by_cookies
from web.language import CHINESE, LANGUAGES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# A wall may show the hall's face to visitors, never the other way round.
_MAY_SHOW = {"wall": ("wall",), "hall": ("hall", "wall"), "door": ("door",)}

# For so long an answer that nothing is new is given again; it names the moment it speaks of.
NOTHING, A_MOMENT = timedelta(), timedelta(milliseconds=100)
MOST_SAME = 1000


class Questions(NamedTuple):
    """What the database is asked; "?" stands for a value."""

    by_person: str
    by_screen: str
    health: str


QUESTIONS = Questions(
    """
    SELECT r.epoch, r.n, s.ends_at, p.language
    FROM sessions s JOIN people p ON p.id = s.person_id AND p.is_active AND p.rights_epoch = s.rights_epoch
    LEFT JOIN board_revisions r ON r.audience = ? WHERE s.token_hash = ?""",
    """
    SELECT r.epoch, r.n, s.centre_id, s.face, s.room_id, s.id
    FROM screens s LEFT JOIN board_revisions r ON r.audience = ? WHERE s.token_hash = ? AND s.revoked_at IS NULL""",
    """
    SELECT (SELECT at FROM heartbeat WHERE name = 'worker'),
           (SELECT MIN(made_at) FROM outbox WHERE channel_id IS NULL AND state IN ('pending', 'claimed'))""",
)


class Reply(NamedTuple):
    """What one poll was told, and when."""

    at: datetime
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class FastPoll:
    """WSGI layer around the application."""

    def __init__(self, app: Flask, answers: Answers) -> None:
        self.app, self.inner, self.answers = app, app.wsgi_app, answers
        # What they were told for whom nothing was new, by the board's revision and their own: a 204 says no more.
        self.same: dict[tuple[str | None, int | None, str], Reply] = {}
        self.fixed = [*HEADERS.items(), ("Cache-Control", "no-store")]
        if app.config["PRODUCTION"]:
            self.fixed.append(STRICT_TRANSPORT)
        self.asker = asker_by_cookies(prefix(app))
        self.own = threading.local()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/board/centre-") and environ["REQUEST_METHOD"] == "GET" and (asked := asked_for(path)):
            reply = self._reply(environ, asked, self.asker(environ.get("HTTP_COOKIE", "")))
            if reply is not None:
                start_response(reply.status, reply.headers)
                return [reply.body] if reply.body else []
        return self.inner(environ, start_response)

    def _reply(self, environ: "WSGIEnvironment", asked: Asked, asker: Asker) -> Reply | None:
        name, _sign, since = environ.get("QUERY_STRING", "").partition("=")
        is_desk = asked.face == "desk"
        token = asker.session if is_desk else asker.screen
        if not token or name != "since":
            return None
        at: datetime = self.app.extensions["clock"]()
        try:
            found = self._one(self.questions.by_person if is_desk else self.questions.by_screen, asked.audience, token)
            shown = self._shown(found, asked, asker, at) if found else None
            if shown is None:
                return None
            reply = self.same.get((found[0], found[1], since))
            if reply is None or not NOTHING <= at - reply.at < A_MOMENT:
                packs = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
                reply = self._made(found, asked, asker, shown, since, at, packs)
            self.app.extensions["signs"].heard(asked.centre_id, at, None if is_desk else found[5])
            return reply
        except (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error):
            self._forget()
            return None

    def _made(self, found: Any, asked: Asked, asker: Asker, shown: str, since: str, at: datetime, packs: bool) -> Reply:
        stand = Stand(found[0] or "0", found[1] or 0, self.answers.health or self._health())
        wanted = (found[3] if asked.face == "desk" else None) or asker.language
        view = View(asked.face, asked.centre_id, wanted if wanted in LANGUAGES else CHINESE, shown)
        answer = self.answers.answer(view, stand, since, at, self._reading, packs=packs)
        reply = Reply(at, answer.status, [*answer.headers.items(), *self.fixed], answer.body)
        if answer.is_same:
            if len(self.same) >= MOST_SAME:
                self.same.clear()
            self.same[found[0], found[1], since] = reply
        return reply

    @cached_property
    def engine(self) -> Engine:
        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "engine_disposed", lambda _engine: self._forget())
        return engine

    @contextmanager
    def _reading(self) -> Iterator[Reading]:
        with self.app.app_context():
            yield Reading(self.engine.dialect, self.own.connection)

    def _one(self, sql: str, *values: Any) -> Any:
        """The bare driver: this is asked more often than everything else together."""
        try:
            cursor = self.own.cursor
        except AttributeError:
            cursor = self._open()
        cursor.execute(sql, values)
        rows = cursor.fetchall()  # to the end: nothing stays open between two questions
        return rows[0] if rows else None

    @cached_property
    def questions(self) -> Questions:
        """As this driver spells them."""
        return QUESTIONS if self.is_sqlite else Questions(*(sql.replace("?", "%s") for sql in QUESTIONS))

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def _open(self) -> Any:
        """Each thread keeps a connection for its questions: taking one from the pool costs more than the answer."""
        pooled = self.engine.raw_connection()
        connection: Any = pooled.dbapi_connection
        pooled.detach()
        if not self.is_sqlite:
            connection.autocommit = True
        self.own.connection, self.own.cursor = connection, connection.cursor()
        return self.own.cursor

    def _forget(self) -> None:
        """The connection of this thread is of no use any more."""
        connection = self.own.__dict__.pop("connection", None)
        self.own.__dict__.pop("cursor", None)
        if connection is not None:
            connection.close()

    def _health(self) -> Health:
        beat_at, waiting_since = self._one(self.questions.health)
        return self.answers.know_health(Health(_moment(beat_at), _moment(waiting_since)))

    def _shown(self, found: Any, asked: Asked, asker: Asker, at: datetime) -> str | None:
        """What is shown besides the rows: a desk's buttons, a door's room. None when only the Flask view can tell."""
        if asked.face == "desk":
            ends_at = _moment(found[2])
            return self.answers.shown_to(asker.session, asked.centre_id) if ends_at and ends_at > at else None
        if found[2] != asked.centre_id or found[3] not in _MAY_SHOW[asked.face]:
            return None
        return str(found[4]) if asked.face == "door" else ""


@lru_cache(maxsize=4096)
def _moment(value: Any) -> datetime | None:
    """SQLite keeps moments as text in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value if value is None else value.astimezone(UTC)
