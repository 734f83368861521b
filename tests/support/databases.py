"""Databases for tests: migrated once per run, copied for each test, on SQLite and on PostgreSQL.

A *world* is a named function that fills a migrated database. A test that asks for the fixture of that name, directly or
through another fixture, gets its copy from a template which that function has filled:

    # tests/support/cast.py                      # tests/conftest.py
    def load(app: Flask) -> None: ...            WORLDS["cast"] = cast.load
                                                 @pytest.fixture
                                                 def cast(app): return Cast(app)
"""

import fcntl
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from argon2 import PasswordHasher
from flask import Flask, current_app, g, url_for
from flask.templating import Environment
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import Dialect, Engine, event
from werkzeug.local import LocalProxy

from tests.support import postgres
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.unrecorded import watch

if TYPE_CHECKING:
    from config import Config

BACKENDS = ("sqlite", "postgresql")
EMPTY = "migrated"
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

ENGINES: dict[str, Engine] = {}
WORLDS: dict[str, Callable[[Flask], object]] = {}

# For what cannot differ between the databases, such as the behaviour of a browser.
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@dataclass(frozen=True)
class Database:
    """A database of its own, with the folders that belong to it."""

    backend: str
    name: str
    data_dir: Path

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def url(self) -> str:
        if self.backend == "sqlite":
            return f"sqlite:///{self.data_dir / 'shaodao.db'}"
        return f"postgresql://postgres@/{self.name}?host={postgres.server()}"

    def config(self, **changes: object) -> "Config":
        from config import Config, driver  # late, as below: tests of plain rules start without the application

        own = {"data_dir": self.data_dir, "keys_dir": self.keys_dir, "database_url": driver(self.url)}
        return replace(Config.from_environment(), **{**own, "production": False, "demo": False, **changes})


def open_app(database: Database, clock: Clock) -> Flask:
    from app import create_app

    app = create_app(database.config())
    app.testing = True
    app.test_client_class = Client
    app.extensions["clock"] = clock
    share_engine(app, database)
    app.before_request_funcs.setdefault(None, []).insert(0, forget)
    return app


def share_engine(app: Flask, database: Database) -> None:
    """The same for statements: SQLAlchemy keeps compiled ones with the engine, so a process has one for each system."""
    from transaction import db

    own = db._app_engines[app]
    if database.backend not in ENGINES:
        engine = ENGINES[database.backend] = own[None]

        @event.listens_for(engine, "do_connect")
        def _connect(dialect: Dialect, record: object, arguments: list[object], options: dict[str, object]) -> None:
            arguments[:], own = dialect.create_connect_args(engine.url)
            options.update(own)

    ENGINES[database.backend].url = own[None].url
    own[None] = ENGINES[database.backend]


def share_templates() -> None:
    """The same for templates: one that was loaded serves the next application too; what it needs is asked for."""
    create, made = Flask.create_jinja_environment, list[Environment]()

    def shared(app: Flask) -> Environment:
        if not made:
            made.append(create(app))
            made[0].globals.update(url_for=url_for, config=LocalProxy(lambda: current_app.config))
        return made[0]

    Flask.create_jinja_environment = shared


share_templates()
watch()


def remember_passwords() -> None:
    """The same for passwords: Argon2 is slow on purpose, and the people of the demo sign in thousands of times."""
    verify, right = PasswordHasher.verify, set[tuple[str | bytes, str | bytes]]()

    def remembered(hasher: PasswordHasher, hash: str | bytes, password: str | bytes) -> Literal[True]:
        if (hash, password) not in right:
            verify(hasher, hash, password)  # raises for a wrong one
            right.add((hash, password))
        return True

    PasswordHasher.verify = remembered


remember_passwords()


def forget() -> None:
    """A test's own application context outlives its requests: what one of them kept is not for the next."""
    for name in list(g):
        g.pop(name)


def close_app(app: Flask) -> None:
    """Give up the connections: a server that stops, or a database that is dropped, must not find them open."""
    from transaction import db

    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


class Shelf:
    """The templates of a run, which its processes share, and the copies this process takes from them."""

    def __init__(self, folder: Path, process: str) -> None:
        self.folder = folder
        self.process = process
        self.copies = 0
        self.templates: dict[tuple[str, str], Database] = {}

    def take(self, backend: str, world: str, data_dir: Path) -> Database:
        """A fresh copy for one test, in a folder that does not exist yet."""
        self.copies += 1
        return self._copy(self._template(backend, world), f"test_{self.process}_{self.copies}", data_dir)

    def drop(self, database: Database) -> None:
        if database.backend == "postgresql":
            postgres.outside().execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database.name)))
        shutil.rmtree(database.data_dir)

    def _template(self, backend: str, world: str) -> Database:
        """The first process that asks fills it, the others wait for it."""
        if (backend, world) not in self.templates:
            name = f"{backend}-{world}"
            database, made = Database(backend, f"template_{world}", self.folder / name), self.folder / f"{name}.made"
            with (self.folder / f"{name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not made.exists():
                    self._make(database, world)
                    made.touch()
            self.templates[backend, world] = database
        return self.templates[backend, world]

    def _make(self, database: Database, world: str) -> None:
        if world != EMPTY:
            self._copy(self._template(database.backend, EMPTY), database.name, database.data_dir)
        else:
            database.data_dir.mkdir()
            if database.backend == "postgresql":
                self._create(database.name, "template0")
        try:
            self._fill(database, world)
        except BaseException:
            # The next test that asks shall see the same failure, not the remains of this one.
            self.drop(database)
            raise

    def _fill(self, database: Database, world: str) -> None:
        app = open_app(database, Clock())
        try:
            with app.app_context():
                if world == EMPTY:
                    upgrade(directory=str(MIGRATIONS))
                else:
                    WORLDS[world](app)
        finally:
            close_app(app)

    def _copy(self, template: Database, name: str, data_dir: Path) -> Database:
        shutil.copytree(template.data_dir, data_dir)
        if template.backend == "postgresql":
            self._create(name, template.name)
        return Database(template.backend, name, data_dir)

    def _create(self, name: str, template: str) -> None:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        postgres.outside().execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
