"""The board as the desk lives with it: it follows by itself, disturbs nobody, and says when it cannot be trusted."""

import pytest
from playwright.sync_api import Page, expect

from models.callout import ArrivalMethod
from models.screen import Face
from security import sessions
from security.access import DEVICE_COOKIE
from tests.support.boards import connect, forgive, whole_whistle
from tests.support.browser import Pages
from tests.support.cast import CLERK, LEADER, Cast
from tests.support.databases import only_sqlite
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]


@pytest.fixture
def desk(server: Server, page_at: Pages, cast: Cast):
    """`desk()` is a clerk's browser at the board."""

    def open_desk(username: str = CLERK, prepare=lambda page: None) -> Page:
        page = page_at(1366, 768)
        token = cast.signed_in(username).get_cookie(sessions.COOKIE).value
        page.context.add_cookies([{"name": sessions.COOKIE, "value": token, "url": server.url}])
        prepare(page)
        page.goto(server.url + "/board")
        return page

    return open_desk


def screen(server: Server, page: Page, cast: Cast, face: Face, room: str | None = None) -> Page:
    _screen, cookie = connect(cast, face, room)
    page.context.add_cookies([{"name": DEVICE_COOKIE, "value": cookie, "url": server.url}])
    page.goto(f"{server.url}/{face}")
    return page


def test_desks_wall_and_hall_show_a_whistle_without_reload(server: Server, page_at: Pages, cast: Cast, desk) -> None:
    early = desk()
    expect(early.locator("[data-when-empty]")).to_be_visible()
    first = cast.registered()
    expect(early.locator(f"#dispute-{first.id}")).to_be_visible()
    expect(early.locator("[data-when-empty]")).to_be_hidden()
    pages = [early, desk(LEADER), screen(server, page_at(1920, 1080), cast, Face.WALL)]
    hall = screen(server, page_at(1920, 1080), cast, Face.HALL)
    for page in (*pages, hall):
        page.evaluate("window.notReloaded = true")
    whistle = whole_whistle(cast, first)
    second = whole_whistle(cast, cast.registered(), "总工会", room=None).dispute
    for page in pages:
        expect(page.locator(f"#dispute-{first.id}")).to_contain_text("南街街道")
        expect(page.locator(f"#dispute-{second.id}")).to_contain_text("总工会")
    expect(hall.locator(".hall__row").first).to_contain_text("已到 0/2")
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK)
        first.visits[0].call(change, cast.room("调解三室"))
    expect(hall.locator("#hall-call")).to_contain_text("请到 调解三室")
    expect(hall.locator(".hall__row").first).to_contain_text("已到 1/2")
    for page in pages:
        expect(page.locator(f"#dispute-{first.id} .is-ok").first).to_be_visible()
    assert all(page.evaluate("window.notReloaded") for page in (*pages, hall))


def test_taps_and_polls_leave_alone_what_somebody_types_and_where_the_keyboard_is(cast: Cast, desk) -> None:
    whistle = whole_whistle(cast, cast.registered())
    first, second = whistle.callouts
    page = desk()
    page.evaluate("window.notReloaded = true")
    page.fill("[type=search]", "健身")
    cast.registered()
    expect(page.locator("[data-rows] > section")).to_have_count(2)
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("馆")
    assert page.input_value("[type=search]") == "健身馆"
    page.focus(f"#callout-{second.id}-here")
    with cast.acting() as change:
        first.acknowledge(change)
    expect(page.locator(f"#callout-{first.id}-told")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == f"callout-{second.id}-here"
    page.keyboard.press("Enter")
    row = page.locator(f"#dispute-{whistle.dispute_id} .callout", has_text="南街街道")
    expect(row.locator(".tag.is-ok")).to_be_visible()
    assert page.evaluate("window.notReloaded")


def test_without_a_script_the_same_tap_loads_the_page(server: Server, page_at: Pages, cast: Cast) -> None:
    whistle = whole_whistle(cast, cast.registered())
    page = page_at(1366, 768, java_script_enabled=False)
    token = cast.signed_in().get_cookie(sessions.COOKIE).value
    page.context.add_cookies([{"name": sessions.COOKIE, "value": token, "url": server.url}])
    page.goto(server.url + "/board")
    page.click(f"#callout-{whistle.callouts[0].id}-here")
    assert page.url == server.url + "/board"
    expect(page.locator(".callout", has_text="市场监管局").locator(".tag.is-ok")).to_be_visible()


def test_a_board_counts_by_itself_and_says_when_it_hears_nothing(
    server: Server, page_at: Pages, cast: Cast, desk, clock
) -> None:
    clock.advance(minutes=-18)
    whistle = whole_whistle(cast, cast.registered())
    clock.advance(minutes=18)
    page = desk(prepare=lambda page: page.clock.install())
    card = page.locator(f"#dispute-{whistle.dispute_id}")
    expect(card).to_contain_text("还剩")
    band = page.locator("[data-watchdog]")
    expect(band).to_be_hidden()
    server.stop()
    page.clock.run_for(12_000)
    expect(band).to_be_visible()
    expect(band).not_to_have_class("band band--down")
    page.clock.run_for(22_000)
    expect(band).to_have_class("band band--down")
    page.clock.run_for(120_000)
    expect(card).to_contain_text("超时")
    expect(card).to_have_class("card dispute is-late")
    assert float(page.evaluate("getComputedStyle(document.querySelector('[data-poll]')).opacity")) < 1
    server.start()
    for _ in range(100):
        page.clock.run_for(2500)
        if band.is_hidden():
            break
        page.wait_for_timeout(200)
    expect(band).to_be_hidden()
    forgive(page_at)


def test_a_desk_that_locked_asks_for_the_password_and_keeps_the_tap(page_at: Pages, cast: Cast, desk) -> None:
    whistle = whole_whistle(cast, cast.registered())
    page = desk()
    token = page.get_attribute("meta[name=csrf-token]", "content")
    page.request.post(page.url.replace("/board", "/lock"), form={"csrf_token": token})
    page.click(f"#callout-{whistle.callouts[0].id}-here")
    expect(page.locator("[name=password]")).to_be_visible()
    forgive(page_at)
