"""The database, and the only place that commits.

A changing request reads first (find, ask), then opens one transaction: entering it ends the read, takes the write lock
(SQLite `BEGIN IMMEDIATE`) and the verb sees fresh rows. Hashing, rendering and sending happen outside.
"""

import fcntl
import hashlib
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from flask import Flask, current_app
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, bindparam, event, select, text, update
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoLineFree
from sqlalchemy.orm import Session

from models.actor import Actor
from models.base import Base, Instant
from models.board import bump
from models.change import Change
from models.errors import AlreadySubmitted, Busy, RuleBroken
from models.sealed import Sealer
from models.submission import Submission
from models.words import _

db = SQLAlchemy(model_class=Base)
migrate = Migrate(directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)

# SQLite takes one writer at a time and lets the others sleep, ever longer: whoever waits longest comes last. So they
# stand in line: the threads of a process at a lock, the processes at a file beside the database.
_one_writer = threading.Lock()
DOOR = "-writer"
LOOK_AGAIN, PATIENCE = 0.001, 10.0  # seconds
# What the driver raises when the database is gone, locked or full, or every line to it is taken.
OUT_OF_REACH = (OperationalError, InterfaceError, NoLineFree)
READ_ONLY = "25006"  # PostgreSQL: the server that answers is only a copy
KEEP_SUBMISSIONS = timedelta(days=7)
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")


@dataclass(frozen=True)
class SubmittedForm:
    """The key of a creating form and the digest of what it says."""

    key: str
    digest: str

    @classmethod
    def of(cls, key: str, values: Mapping[str, Any]) -> "SubmittedForm":
        said = "\0".join(f"{name}={value}" for name, value in sorted(values.items()))
        return cls(key, hashlib.sha256(said.encode()).hexdigest())


def connect(app: Flask, sealer: Sealer) -> None:
    """Join the application, its database and its keys."""
    db.init_app(app)
    migrate.init_app(app, db, compare_type=True)
    app.extensions["sealer"] = sealer
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Make the engine begin transactions as written above."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin a deferred transaction by itself
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def now() -> datetime:
    """The server's clock counts; tests pass their own."""
    clock = current_app.extensions.get("clock")
    return clock() if clock else datetime.now(UTC)


@contextmanager
def transaction(by: Actor, submission: SubmittedForm | None = None) -> Iterator[Change]:
    """One change to the record: committed when the block ends, rolled back by any exception.

    Raises AlreadySubmitted for a form that was accepted before, RuleBroken when its key comes with other words,
    Busy when the database cannot take the change now.
    """
    with writing() as session:
        change = Change(session, by, now(), current_app.extensions["sealer"])
        if submission is not None:
            _claim(change, submission)
        yield change
        change.flush_events()
        if submission is not None:
            session.execute(update(Submission).where(Submission.key == submission.key).values(location=change.location))
        bump(change)


@contextmanager
def writing() -> Iterator[Session]:
    """A bare write transaction: by itself only for operational tables, which are written without events."""
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("a transaction is open already")
    session.rollback()  # ends the read: from here on rows are read anew
    sqlite = db.engine.dialect.name == "sqlite"
    with _in_line(f"{db.engine.url.database}{DOOR}") if sqlite else nullcontext():
        session.info["writing"] = True
        try:
            session.connection(execution_options={"write": True} if sqlite else {})
            yield session
            session.commit()
        except (*OUT_OF_REACH, InternalError) as error:
            session.rollback()
            if is_conflict(error) or (isinstance(error, InternalError) and _state(error) != READ_ONLY):
                raise
            raise Busy from error
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("writing", None)


@contextmanager
def _in_line(door: str) -> Iterator[None]:
    """Be the only writer. A process that dies leaves the line by itself; one that hangs makes the others give up.

    Everybody gives up after the same time: behind a database that is locked for minutes no line of requests grows.
    """
    end = time.monotonic() + PATIENCE
    if not _one_writer.acquire(timeout=PATIENCE):
        raise Busy
    try:
        with _entrance(door) as entrance:
            while not _is_through(entrance):
                if time.monotonic() > end:
                    raise Busy
                time.sleep(LOOK_AGAIN)
            yield
    finally:
        _one_writer.release()


def _entrance(door: str) -> IO[bytes]:
    try:
        return Path(door).open("ab")
    except OSError as error:  # the folder of the database cannot be written to
        raise Busy from error


def _is_through(entrance: IO[bytes]) -> bool:
    try:
        fcntl.flock(entrance, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_conflict(error: SQLAlchemyError) -> bool:
    """A deadlock or serialisation failure: the same request may simply be run again."""
    return _state(error) in ("40P01", "40001")


def _state(error: SQLAlchemyError) -> str | None:
    return getattr(getattr(error, "orig", None), "sqlstate", None)


_CLAIM = text(
    "INSERT INTO submissions (\"key\", digest, location, at) VALUES (:key, :digest, '', :at) "
    'ON CONFLICT ("key") DO NOTHING RETURNING digest'
).bindparams(bindparam("at", type_=Instant))


def _claim(change: Change, submission: SubmittedForm) -> None:
    """First lock of the change: the key belongs to us, or the first result is given back."""
    given = {"key": submission.key, "digest": submission.digest, "at": change.at}
    if change.session.connection().execute(_CLAIM, given).first() is None:
        first = change.session.execute(select(Submission).where(Submission.key == submission.key)).scalar_one()
        if first.digest != submission.digest:
            raise RuleBroken(_("This form has been sent already with other words. Open it again."))
        raise AlreadySubmitted(first.location)
