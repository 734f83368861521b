"""Fixtures every test may use: a database on both systems, the application, a clock, a real server, a browser."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.browser.old_kernel import Kernel
from tests.support import browser as browsers
from tests.support import cast as cast_of_people
from tests.support import postgres
from tests.support.clock import Clock
from tests.support.databases import BACKENDS, EMPTY, WORLDS, Database, Shelf, close_app, open_app
from tests.support.parts import remember_templates
from tests.support.servers import Server, serving

if TYPE_CHECKING:
    from config import Config

WORLDS["cast"] = cast_of_people.load
# Each test leaves an application behind; looking for it after every 700 objects takes a sixth of the run.
gc.set_threshold(100_000, 50, 100)
LONG = ("faults", "browser", "bench", "scripts", "journeys", "papers", "guards")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = postgres.begin_run()
        config.option.basetemp = config.option.basetemp or folder / "tests"
    remember_templates(os.environ[postgres.RUN])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.end_run()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each process gets a stretch of the list, and begins with its share of what starts servers and browsers.

    At the end of the run nobody shall wait for one that has all the long tests.
    """
    long = [item for item in items if item.path.parent.name in LONG]
    short = [item for item in items if item.path.parent.name not in LONG]
    count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    stretch = -(-len(short) // count)
    items[:] = [
        item
        for number in range(count)
        for item in (*long[number::count], *short[number * stretch : (number + 1) * stretch])
    ]


@pytest.fixture(scope="session")
def shelf(worker_id: str) -> Shelf:
    folder = Path(os.environ[postgres.RUN]) / "worlds"
    folder.mkdir(exist_ok=True)
    return Shelf(folder, worker_id)


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, shelf: Shelf, tmp_path: Path) -> Iterator[Database]:
    """A migrated database of the test's own, filled if the test asks for a world."""
    world = next((name for name in WORLDS if name in request.fixturenames), EMPTY)
    database = shelf.take(request.param, world, tmp_path / "data")
    yield database
    shelf.drop(database)


@pytest.fixture
def config(database: Database) -> "Config":
    return database.config()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(database: Database, clock: Clock) -> Iterator[Flask]:
    app = open_app(database, clock)
    yield app
    close_app(app)


@pytest.fixture
def cast(app: Flask) -> Iterator[cast_of_people.Cast]:
    """The demo's people, in an application context of the test's own."""
    with app.app_context():
        yield cast_of_people.Cast(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def server(database: Database) -> Iterator[Server]:
    with serving(database) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def page_at(browser: Browser) -> Iterator[browsers.Pages]:
    """`page_at(1366, 768)` opens a page in a browser of its own; an error in any of them fails the test."""
    pages = browsers.Pages(browser)
    yield pages
    pages.close()
    assert pages.errors == []


@pytest.fixture
def old_kernel() -> Iterator[Kernel]:
    """Chromium 69, the oldest kernel that the office computers still have."""
    with Kernel("69") as kernel:
        yield kernel
