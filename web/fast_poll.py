"""Polls of the boards, answered before Flask begins: many screens ask every two seconds, mostly for nothing new.

One SELECT says whether the asker may still look and at which revision the board is. What is unusual (nobody known,
ended or revoked, the first poll of a session, a database in trouble) goes on to the Flask view of the same address.
Nothing here extends a session; a locked desk still sees its board.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError

from models.prepared import Reading
from models.screen import digest
from security import sessions
from security.access import DEVICE_COOKIE
from security.cookies import prefix
from security.headers import HEADERS, STRICT_TRANSPORT
from transaction import db
from web.board_answers import Answer, Answers, Health, Stand, View
from web.language import CHINESE, LANGUAGES
from web.language import COOKIE as LANGUAGE_COOKIE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PATH = re.compile(r"/board/centre-([0-9]{1,12})(?:/(wall|hall|door))?/changes")
_COOKIES = rf"({sessions.COOKIE}|{DEVICE_COOKIE}|{LANGUAGE_COOKIE})=([\w-]*)"
# A wall may show the hall's face to visitors, never the other way round.
_MAY_SHOW = {"wall": ("wall",), "hall": ("hall", "wall"), "door": ("door",)}

_BY_PERSON = """
    SELECT r.epoch, r.n, s.ends_at, p.language
    FROM sessions s JOIN people p ON p.id = s.person_id AND p.is_active AND p.rights_epoch = s.rights_epoch
    LEFT JOIN board_revisions r ON r.audience = ? WHERE s.token_hash = ?"""
_BY_SCREEN = """
    SELECT r.epoch, r.n, s.centre_id, s.face, s.room_id, s.id
    FROM screens s LEFT JOIN board_revisions r ON r.audience = ? WHERE s.token_hash = ? AND s.revoked_at IS NULL"""
_HEALTH = """
    SELECT (SELECT at FROM heartbeat WHERE name = 'worker'),
           (SELECT MIN(made_at) FROM outbox WHERE channel_id IS NULL AND state IN ('pending', 'claimed'))"""


class Asked(NamedTuple):
    """The board an address names."""

    centre_id: int
    face: str
    audience: str


class Asker(NamedTuple):
    """What a browser's cookies say of it: digests of its tokens, its language."""

    session: str
    screen: str
    language: str


class FastPoll:
    """WSGI layer around the application."""

    def __init__(self, app: Flask, answers: Answers) -> None:
        self.app, self.inner, self.answers = app, app.wsgi_app, answers
        self.fixed = [*HEADERS.items(), ("Cache-Control", "no-store")]
        if app.config["PRODUCTION"]:
            self.fixed.append(STRICT_TRANSPORT)
        self.asker = lru_cache(maxsize=4096)(partial(_asker, re.compile(r"(?:^|; ?)" + prefix(app) + _COOKIES)))
        self.own = threading.local()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/board/centre-") and environ["REQUEST_METHOD"] == "GET" and (asked := _asked(path)):
            answer = self._answer(environ, asked, self.asker(environ.get("HTTP_COOKIE", "")))
            if answer is not None:
                start_response(answer.status, [*answer.headers.items(), *self.fixed])
                return [answer.body] if answer.body else []
        return self.inner(environ, start_response)

    def _answer(self, environ: "WSGIEnvironment", asked: Asked, asker: Asker) -> Answer | None:
        name, _sign, since = environ.get("QUERY_STRING", "").partition("=")
        token = asker.session if asked.face == "desk" else asker.screen
        if not token or name != "since":
            return None
        at: datetime = self.app.extensions["clock"]()
        try:
            found = self._one(_BY_PERSON if asked.face == "desk" else _BY_SCREEN, asked.audience, token)
            health = self.answers.health or self._health()
            view = found and self._view(found, asked, asker, at)
            if not view:
                return None
            packs = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
            stand = Stand(found[0] or "0", found[1] or 0, health)
            answer = self.answers.answer(view, stand, since, at, self._reading, packs=packs)
            self.app.extensions["signs"].heard(asked.centre_id, at, None if asked.face == "desk" else found[5])
            return answer
        except (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error):
            self._forget()
            return None

    @cached_property
    def engine(self) -> Engine:
        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "engine_disposed", lambda _engine: self._forget())
        return engine

    @contextmanager
    def _reading(self) -> Iterator[Reading]:
        with self.app.app_context():
            yield Reading(self.engine.dialect, self._kept())

    def _one(self, sql: str, *values: Any) -> Any:
        """The bare driver: this is asked more often than everything else together."""
        self._kept()
        cursor = self.own.cursor
        cursor.execute(sql if self.engine.dialect.name == "sqlite" else sql.replace("?", "%s"), values)
        rows = cursor.fetchall()  # to the end: nothing stays open between two questions
        return rows[0] if rows else None

    def _kept(self) -> Any:
        """Each thread keeps a connection for its questions: taking one from the pool costs more than the answer."""
        try:
            return self.own.connection
        except AttributeError:
            pooled = self.engine.raw_connection()
            connection: Any = pooled.dbapi_connection
            pooled.detach()
            if self.engine.dialect.name != "sqlite":
                connection.autocommit = True
            self.own.connection, self.own.cursor = connection, connection.cursor()
            return connection

    def _forget(self) -> None:
        """The connection of this thread is of no use any more."""
        connection = self.own.__dict__.pop("connection", None)
        self.own.__dict__.pop("cursor", None)
        if connection is not None:
            connection.close()

    def _health(self) -> Health:
        beat_at, waiting_since = self._one(_HEALTH)
        return self.answers.know_health(Health(_moment(beat_at), _moment(waiting_since)))

    def _view(self, found: Any, asked: Asked, asker: Asker, at: datetime) -> View | None:
        """Whose eyes see the answer; nobody's, when only the Flask view can tell."""
        if asked.face == "desk":
            ends_at, shown = _moment(found[2]), self.answers.shown_to(asker.session, asked.centre_id)
            if shown is None or ends_at is None or ends_at <= at:
                return None
            wanted = found[3] or asker.language
            return View("desk", asked.centre_id, wanted if wanted in LANGUAGES else CHINESE, shown)
        if found[2] != asked.centre_id or found[3] not in _MAY_SHOW[asked.face]:
            return None
        room = str(found[4]) if asked.face == "door" else ""
        return View(asked.face, asked.centre_id, asker.language if asker.language in LANGUAGES else CHINESE, room)


@lru_cache(maxsize=1024)
def _asked(path: str) -> Asked | None:
    parts = _PATH.fullmatch(path)
    return Asked(int(parts[1]), parts[2] or "desk", f"centre:{int(parts[1])}") if parts else None


def _asker(pattern: re.Pattern[str], cookies: str) -> Asker:
    found = dict(pattern.findall(cookies))
    session, screen = found.get(sessions.COOKIE, ""), found.get(DEVICE_COOKIE, "")
    return Asker(session and digest(session), screen and digest(screen), found.get(LANGUAGE_COOKIE, ""))


def _moment(value: Any) -> datetime | None:
    """SQLite keeps moments as text in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value if value is None else value.astimezone(UTC)
