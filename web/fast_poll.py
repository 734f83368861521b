"""Polls of the boards, answered before Flask begins: many screens ask every two seconds, mostly for nothing new.

One SELECT says whether the asker may still look, at which revision the board is, and how the worker does. What is
unusual (nobody known, ended or revoked, the first poll of a session, a database in trouble) goes on to the Flask view
of the same address. Nothing here extends a session; a locked desk still sees its board.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError

from models.screen import digest
from security import sessions
from security.access import DEVICE_COOKIE
from security.cookies import prefix
from security.headers import HEADERS, STRICT_TRANSPORT
from transaction import db
from web.board_answers import Answer, Answers, Stand, View
from web.language import CHINESE, LANGUAGES
from web.language import COOKIE as LANGUAGE_COOKIE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PATH = re.compile(r"/board/centre-([0-9]{1,12})(?:/(wall|hall|door))?/changes")
_COOKIES = rf"({sessions.COOKIE}|{DEVICE_COOKIE}|{LANGUAGE_COOKIE})=([\w-]*)"
# A wall may show the hall's face to visitors, never the other way round.
_MAY_SHOW = {"wall": ("wall",), "hall": ("hall", "wall"), "door": ("door",)}

_STAND = """
    SELECT r.epoch, r.n, h.at, (SELECT MIN(made_at) FROM outbox WHERE state IN ('pending', 'claimed')), {own}
    FROM {asker} LEFT JOIN board_revisions r ON r.audience = ? LEFT JOIN heartbeat h ON h.name = 'worker'
    WHERE {condition}"""
_BY_PERSON = _STAND.format(
    own="p.language, 0",
    asker="sessions s JOIN people p ON p.id = s.person_id AND p.is_active AND p.rights_epoch = s.rights_epoch",
    condition="s.token_hash = ? AND s.ends_at > ?",
)
_BY_SCREEN = _STAND.format(
    own="s.face, s.room_id",
    asker="screens s",
    condition="s.token_hash = ? AND s.revoked_at IS NULL AND s.centre_id = ?",
)


class FastPoll:
    """WSGI layer around the application."""

    def __init__(self, app: Flask, answers: Answers) -> None:
        self.app, self.inner, self.answers = app, app.wsgi_app, answers
        self.fixed = [*HEADERS.items(), ("Cache-Control", "no-store")]
        if app.config["PRODUCTION"]:
            self.fixed.append(STRICT_TRANSPORT)
        self.cookies = re.compile(r"(?:^|; ?)" + prefix(app) + _COOKIES)
        self.own = threading.local()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if (
            path.startswith("/board/centre-")
            and environ["REQUEST_METHOD"] == "GET"
            and (asked := _PATH.fullmatch(path))
        ):
            answer = self._answer(environ, int(asked[1]), asked[2] or "desk")
            if answer is not None:
                start_response(answer.status, [*answer.headers.items(), *self.fixed])
                return [answer.body] if answer.body else []
        return self.inner(environ, start_response)

    def _answer(self, environ: "WSGIEnvironment", centre_id: int, face: str) -> Answer | None:
        cookies = dict(self.cookies.findall(environ.get("HTTP_COOKIE", "")))
        token = cookies.get(sessions.COOKIE if face == "desk" else DEVICE_COOKIE)
        since = _since(environ.get("QUERY_STRING", ""))
        if not token or since is None:
            return None
        token_hash, at = digest(token), self.app.extensions["clock"]()
        try:
            found = self._ask(token_hash, centre_id, face, at)
            view = found and self._view(found, cookies, token_hash, centre_id, face)
            if not view:
                return None
            packs = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
            return self.answers.answer(view, _stand(found), since, at, self._reading, packs=packs)
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
    def _reading(self) -> Iterator[Connection]:
        with self.app.app_context(), self.engine.connect() as connection:
            yield connection

    def _ask(self, token_hash: str, centre_id: int, face: str, at: datetime) -> Any:
        """The bare driver: this is asked more often than everything else together."""
        sqlite = self.engine.dialect.name == "sqlite"
        own = centre_id if face != "desk" else at.isoformat(" ", "microseconds")[:26] if sqlite else at
        sql = _BY_PERSON if face == "desk" else _BY_SCREEN
        cursor = self._cursor()
        cursor.execute(sql if sqlite else sql.replace("?", "%s"), (f"centre:{centre_id}", token_hash, own))
        rows = cursor.fetchall()  # to the end: nothing stays open between two questions
        return rows[0] if rows else None

    def _cursor(self) -> Any:
        """Each thread keeps a connection for its questions: taking one from the pool costs more than the answer."""
        try:
            return self.own.cursor
        except AttributeError:
            pooled = self.engine.raw_connection()
            connection: Any = pooled.dbapi_connection
            pooled.detach()
            if self.engine.dialect.name != "sqlite":
                connection.autocommit = True
            self.own.connection, self.own.cursor = connection, connection.cursor()
            return self.own.cursor

    def _forget(self) -> None:
        """The connection of this thread is of no use any more."""
        connection = self.own.__dict__.pop("connection", None)
        self.own.__dict__.pop("cursor", None)
        if connection is not None:
            connection.close()

    def _view(self, found: Any, cookies: dict[str, str], token_hash: str, centre_id: int, face: str) -> View | None:
        """Whose eyes see the answer; nobody's, when only the Flask view can tell."""
        spoken, cookie = CHINESE, cookies.get(LANGUAGE_COOKIE, "")
        if face == "desk":
            wanted = found[4] or cookie
            shown = self.answers.shown_to(token_hash, centre_id)
            return (
                View(face, centre_id, wanted if wanted in LANGUAGES else spoken, shown) if shown is not None else None
            )
        if found[4] not in _MAY_SHOW[face]:
            return None
        room = str(found[5]) if face == "door" else ""
        return View(face, centre_id, cookie if cookie in LANGUAGES else spoken, room)


def _since(query: str) -> str | None:
    """The revision the asker has; anything but that one short word is left to Flask."""
    name, _sign, value = query.partition("=")
    return value if name == "since" and re.fullmatch(r"[\w.-]{0,60}", value) else None


def _stand(found: Any) -> Stand:
    return Stand(found[0] or "0", found[1] or 0, _moment(found[2]), _moment(found[3]))


def _moment(value: Any) -> datetime | None:
    """SQLite keeps moments as text in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value if value is None else value.astimezone(UTC)
