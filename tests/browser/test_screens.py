"""Screens on the wall: nobody types there, so they must look after themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from models.arrival import arrival_key, code_now
from models.codes import STEP_SECONDS
from models.screen import Face, Screen
from tests.support.boards import forgive, whole_whistle
from tests.support.browser import Pages
from tests.support.cast import MANAGER, Cast
from tests.support.databases import only_sqlite
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]


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
    page.wait_for_load_state()  # a key pressed before the scripts run is nobody's
    page.keyboard.press("h")
    expect(page.locator(".wall__row")).to_be_visible()


HEARD = """
    window.heard = [];
    window.AudioContext = class {
      constructor() { this.currentTime = 0; this.destination = {}; }
      resume() { return Promise.resolve(); }
      createGain() { return {gain: {setValueAtTime() {}, exponentialRampToValueAtTime() {}}, connect() {}}; }
      createOscillator() {
        const source = {frequency: {}, connect() {}, stop() {}};
        source.start = () => window.heard.push(source.frequency.value);
        return source;
      }
    };
    Object.defineProperty(window, 'speechSynthesis', {value: {speak: (said) => window.heard.push(said.text)}});
"""


def heard(page: Page, words: list[object]) -> None:
    page.wait_for_function("words => JSON.stringify(window.heard) === JSON.stringify(words)", arg=words)


def test_the_dispatch_room_hears_a_whistle_and_who_becomes_late(cast: Cast, clock, mounted) -> None:
    clock.advance(minutes=-10)
    whole_whistle(cast, cast.registered())
    clock.advance(minutes=10)
    _screen, page = mounted(Face.WALL, prepare=lambda page: page.add_init_script(HEARD))
    page.click("[data-sound]")
    heard(page, [880])
    expect(page.locator("[data-sound]")).to_be_hidden()
    whole_whistle(cast, cast.registered(), room=None)
    heard(page, [880, 880])
    clock.advance(minutes=-30)
    whistle = whole_whistle(cast, cast.registered(), "总工会", room=None)
    clock.advance(minutes=30)
    heard(page, [880, 880, 880, 523])
    with cast.acting() as change:
        whistle.callouts[0].acknowledge(change)
    cast.registered()
    expect(page.locator("[data-rows] > section")).to_have_count(4)
    heard(page, [880, 880, 880, 523])


def test_each_call_is_spoken_once_and_again_when_it_is_called_again(cast: Cast, clock, mounted) -> None:
    visit = whole_whistle(cast, cast.registered()).dispute.visits[0]

    def call() -> None:
        clock.advance(seconds=20)
        with cast.acting() as change:
            visit.call(change, cast.room("调解三室"))

    call()
    _screen, page = mounted(Face.HALL, prepare=lambda page: page.add_init_script(HEARD))
    page.click("[data-sound]")
    heard(page, ["声音已开启"])
    call()
    sentence = f"请{visit.queue_number}号到调解三室"
    heard(page, ["声音已开启", sentence])
    whole_whistle(cast, cast.registered(), room=None)
    expect(page.locator(".hall__row")).to_have_count(2)
    heard(page, ["声音已开启", sentence])
    call()
    heard(page, ["声音已开启", sentence, sentence])
    page.reload()
    heard(page, [])
    expect(page.locator("[data-sound]")).to_be_hidden()
    call()
    heard(page, [sentence])


def test_the_page_of_those_who_are_late_comes_first(cast: Cast, mounted) -> None:
    for _ in range(13):
        whole_whistle(cast, cast.registered(), room=None)
    _screen, page = mounted(Face.WALL, clock=True)
    first, last = page.locator("[data-rows] > section").first, page.locator("[data-rows] > section").last
    page.clock.run_for(12_500)
    expect(last).to_be_visible()
    first.locator("[data-due]").first.evaluate("chip => { chip.dataset.due = '2026-11-23T00:00:00Z'; }")
    page.clock.run_for(2_500)
    expect(first).to_have_class("wall__row is-late")
    expect(first).to_be_visible()
    expect(last).to_be_hidden()


@pytest.mark.parametrize("face", [Face.WALL, Face.CODE])
def test_after_an_upgrade_a_page_loads_itself_again_once(mounted, face: Face) -> None:
    loaded: list[str] = []
    asked: list[str] = []

    def tell_another_version(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204, headers={"X-Board-Version": "another"})

    def prepare(page: Page) -> None:
        page.route("**/changes?since=*", tell_another_version)
        page.route("**/code/picture", tell_another_version)
        page.on("load", lambda page: loaded.append(page.url))

    _screen, page = mounted(face, clock=True, prepare=prepare)
    for _ in range(40):
        page.clock.run_for(2_000)
        page.wait_for_load_state()
        if len(loaded) > 1:
            break
    before = len(asked)
    for _ in range(40):
        page.clock.run_for(2_000)
        if len(asked) > before + 1:
            break
    assert len(asked) > before + 1
    assert len(loaded) == 2
