"""Screens on the wall: nobody types there, so they must look after themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from models.arrival import arrival_key, code_now
from models.codes import STEP_SECONDS
from models.screen import Face, Screen
from security.access import DEVICE_COOKIE
from tests.support.boards import connect, forgive, whole_whistle
from tests.support.browser import Pages
from tests.support.cast import MANAGER, Cast
from tests.support.databases import only_sqlite
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]


@pytest.fixture
def mounted(server: Server, page_at: Pages, cast: Cast):
    """`mounted(face)` is a connected screen and its page."""

    def mount(face: Face, room: str | None = None, clock: bool = False) -> tuple[Screen, Page]:
        page = page_at(1920, 1080)
        screen, cookie = connect(cast, face, room)
        page.context.add_cookies([{"name": DEVICE_COOKIE, "value": cookie, "url": server.url}])
        if clock:
            page.clock.install()
        page.goto(f"{server.url}/{face}")
        return screen, page

    return mount


def switch_off(cast: Cast, screen: Screen) -> None:
    with cast.acting(MANAGER) as change:
        screen.revoke(change)


def test_the_code_is_counted_by_the_screen_also_without_network(
    server: Server, page_at: Pages, cast: Cast, mounted
) -> None:
    screen, page = mounted(Face.CODE, "调解一室", clock=True)
    expect(page.locator("[data-qr-place] svg")).to_be_visible()
    page.context.set_offline(True)
    key = arrival_key(cast.app.extensions["sealer"], cast.centre.id)
    seen = set()
    for step in range(4):
        shown = page.inner_text("[data-digits]")
        gone = timedelta(seconds=server.clock_offset + step * STEP_SECONDS)
        at = datetime.now(UTC) + gone
        around = {code_now(key, at + timedelta(seconds=shift)) for shift in (-8, 0, 8)}
        assert shown in around
        seen.add(shown)
        page.clock.run_for(STEP_SECONDS * 1000)
    assert len(seen) > 1
    expect(page.locator("[data-qr]")).to_be_hidden()
    page.context.set_offline(False)
    switch_off(cast, screen)
    page.clock.run_for(STEP_SECONDS * 1000)
    expect(page.locator("[data-revoked]")).to_be_visible()
    expect(page.locator("[data-digits]")).to_have_count(0)
    forgive(page_at)


def test_a_screen_that_was_switched_off_says_so_and_shows_nothing_more(page_at: Pages, cast: Cast, mounted) -> None:
    whole_whistle(cast, cast.registered())
    screens = [mounted(face, "调解三室") for face in (Face.WALL, Face.HALL, Face.DOOR)]
    for screen, page in screens:
        assert "调解三室" in page.inner_text("body")
        switch_off(cast, screen)
    for _screen, page in screens:
        expect(page.locator("[data-revoked]")).to_be_visible()
        assert "A001" not in page.inner_text("body")
        assert "市场监管局" not in page.inner_text("body")
    forgive(page_at)


def test_screens_count_on_while_nothing_is_told(page_at: Pages, cast: Cast, mounted) -> None:
    """An expected time that has passed leaves the hall; units become due on the wall; rows take turns."""
    for _ in range(12):
        whole_whistle(cast, cast.registered(), room=None)
    _screen, hall = mounted(Face.HALL, clock=True)
    _screen, wall = mounted(Face.WALL, clock=True)
    rows = wall.locator("[data-rows] > section")
    expect(rows.first).to_be_visible()
    expect(rows.last).to_be_hidden()
    wall.clock.run_for(12_500)
    expect(rows.first).to_be_hidden()
    expect(wall.locator("[data-page-note]")).to_contain_text("2 /")
    expect(wall.locator("[data-counts]")).to_have_text("0")
    expect(hall.locator("[data-until]").first).to_be_visible()
    for page in (hall, wall):
        page.context.set_offline(True)
        page.clock.fast_forward("21:00")
    expect(hall.locator("[data-until]").first).to_be_hidden()
    expect(wall.locator("[data-counts]")).to_have_text("24")
    forgive(page_at)


def test_one_key_turns_the_wall_to_the_visitors_face_and_back(cast: Cast, mounted) -> None:
    whole_whistle(cast, cast.registered())
    _screen, page = mounted(Face.WALL)
    page.keyboard.press("h")
    expect(page.locator(".hall__row")).to_be_visible()
    assert "市场监管局" not in page.inner_text("body")
    page.keyboard.press("h")
    expect(page.locator(".wall__row")).to_be_visible()
