"""A busy morning in a real browser, and screens on its walls."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from models.screen import Face, Screen
from security.access import DEVICE_COOKIE
from tests.support import morning as busy
from tests.support.boards import connect
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import WORLDS
from tests.support.servers import Server

WORLDS["morning"] = busy.load


@pytest.fixture
def morning(app: Flask) -> Iterator[busy.Morning]:
    with app.app_context():
        yield busy.Morning(app)


@pytest.fixture
def mounted(server: Server, page_at: Pages, cast: Cast):
    """`mounted(face)` is a connected screen and its page; `prepare` gets the page before anything is loaded."""

    def mount(
        face: Face, room: str | None = None, clock: bool = False, prepare: Callable[[Page], None] = lambda page: None
    ) -> tuple[Screen, Page]:
        page = page_at(1920, 1080)
        screen, cookie = connect(cast, face, room)
        page.context.add_cookies([{"name": DEVICE_COOKIE, "value": cookie, "url": server.url}])
        if clock:
            page.clock.install()
        prepare(page)
        page.goto(f"{server.url}/{face}")
        return screen, page

    return mount
