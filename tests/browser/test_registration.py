"""From the door to the whistle without a mouse; the same without a script; and nothing typed is lost."""

import time

import pytest
from playwright.sync_api import Page, expect

from seeds.demo import PASSWORD
from tests.support.browser import Pages
from tests.support.cast import CLERK
from tests.support.databases import only_sqlite
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite, pytest.mark.usefixtures("cast_world")]

SIX = ("31", "康佳宁", "19000000041", "gn", "甘州某物业公司、某热力公司", "恢复供暖并退还采暖费")


@pytest.fixture
def cast_world(cast: object) -> None:
    """The demo's people; named so that the server's database is filled with them."""


def signed_in(page: Page, server: Server, path: str) -> Page:
    page.goto(f"{server.url}/sign-in?next={path}")
    page.fill("#username", CLERK)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{server.url}{path}")
    return page


def type_six(page: Page) -> None:
    """As at the keyboard: each field is left by Enter, nothing is clicked."""
    expect(page.locator("#head_count")).to_be_focused()
    for words in SIX[:-1]:
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    page.keyboard.type(SIX[-1])


def registered(page: Page) -> None:
    """Six fields, then Enter on to the button for the slip, and Enter."""
    type_six(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("A00")


def test_six_fields_and_the_whistle_without_a_mouse(server: Server, page_at: Pages) -> None:
    page = signed_in(page_at(1366, 768), server, "/visits/new")
    type_six(page)
    assert page.eval_on_selector("#category", "list => list.selectedOptions[0].text") == "物业 · 供暖"
    assert page.evaluate("document.activeElement.id") == "demand"
    page.fill("#phone", "123")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#phone")).to_be_focused()
    assert page.input_value("#demand") == SIX[-1]
    page.fill("#phone", SIX[2])
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/whistles/new")


def test_what_was_here_before_appears_while_typing_and_takes_no_focus(server: Server, page_at: Pages) -> None:
    page = signed_in(page_at(1366, 768), server, "/visits/new")
    registered(page)
    page.keyboard.press("p")
    expect(page.locator("figure svg")).to_be_visible()
    page.goto(f"{server.url}/visits/new")
    expect(page.locator("#head_count")).to_be_focused()
    for words in ("2", "另一人", "19000000041"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    expect(page.locator("#earlier")).to_contain_text("供暖")
    assert page.evaluate("document.activeElement.id") == "category"
    page.click("#earlier button[value=urge]")
    expect(page.locator("h1")).to_contain_text("A002")


def test_the_same_without_a_script(server: Server, page_at: Pages) -> None:
    page = signed_in(page_at(1366, 768, java_script_enabled=False), server, "/visits/new")
    for name, words in (("head_count", "31"), ("name", "康佳宁"), ("phone", "19000000041"), ("demand", "恢复供暖")):
        page.fill(f"#{name}", words)
    page.select_option("#category", label="物业 · 供暖")
    page.click("button[formaction='/visits/earlier']")
    assert page.input_value("#demand") == "恢复供暖"
    page.click("button[value=whistle]")
    page.wait_for_url("**/whistles/new")


def read_card(page: Page, *parts: str) -> None:
    """A reader types fast, parts with Tab and ends with Enter; its keys bear their own times, however busy we are."""
    line, at = page.context.new_cdp_session(page), time.time()
    keys = [*"\t".join(parts), "\r"]
    for n, sign in enumerate(keys):
        named = {"\t": ("Tab", 9), "\r": ("Enter", 13)}.get(sign)
        key = {"key": named[0], "windowsVirtualKeyCode": named[1]} if named else {"key": sign, "text": sign}
        line.send("Input.dispatchKeyEvent", {"type": "keyDown", "timestamp": at + n / 200, **key})
        line.send("Input.dispatchKeyEvent", {"type": "keyUp", "timestamp": at + n / 200, **key})


def test_parties_are_completed_in_place_while_the_matter_is_still_being_typed(server: Server, page_at: Pages) -> None:
    page = signed_in(page_at(1366, 768), server, "/visits/new")
    registered(page)
    page.keyboard.press("c")
    page.wait_for_url("**/completion")
    before = page.locator("#missing li").count()
    page.fill("#facts", "小区供暖温度不达标")
    page.click("form[id^='party-'] summary")
    page.focus("[data-wedge]")
    read_card(page, "马成龙", "男", "回", "19790312", "三闸镇高寨村三社", "620702197903120037")
    expect(page.locator("[id$='-id_number']")).to_have_value("620702197903120037")
    expect(page.locator("[id$='-ethnic_group']")).to_have_value("回族")
    page.click("form[id^='party-'] [data-primary]")
    expect(page.locator("#missing li")).to_have_count(before - 3)
    expect(page.locator("section[id^='party-'] a[href$='/edit']").first).to_be_focused()
    assert page.input_value("#facts") == "小区供暖温度不达标"
    page.click("#matter [data-primary]")
    expect(page.locator("#missing li")).to_have_count(before - 5)  # facts, and the demand as the first claim
