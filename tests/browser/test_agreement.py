"""The agreement as the mediator types it: kept without a press, checked as it grows, there after a power cut."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from seeds.demo import PASSWORD
from tests.browser.old_kernel import Kernel
from tests.support.browser import Pages
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]


def opened(cast: Cast) -> str:
    dispute = cast.registered()
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new")
    return page.form("/sessions").submit().link("/agreement/new")


def enter(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.url}/sign-in?next={path}")
    page.fill("#username", MEDIATOR)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    page.wait_for_load_state()


def test_what_is_typed_is_there_after_a_power_cut(cast: Cast, server: Server, page_at: Pages) -> None:
    path, page = opened(cast), page_at(1366, 768)
    enter(page, server, path)
    page.select_option("#rows-0-payer", "甘州某健身馆")
    page.fill("#rows-0-act", "尽快搬走")
    expect(page.locator("#draft [role=status]")).to_be_visible()
    expect(page.locator(".findings")).to_contain_text("尽快")
    expect(page.locator("#rows-0-act")).to_have_value("尽快搬走")
    page.context.close()  # without a word to the server
    again = page_at(1366, 768)
    enter(again, server, path)
    expect(again.locator("#rows-0-act")).to_have_value("尽快搬走")
    expect(again.locator("#rows-0-payer")).to_have_value("甘州某健身馆")
    again.fill("#rows-0-act", "搬走设备2台")
    again.fill("#rows-0-due_on", "2026-12-01")
    again.keyboard.press("Control+Enter")
    again.wait_for_url("**/sessions/1")


def test_the_oldest_kernel_keeps_the_draft(cast: Cast, server: Server, old_kernel: Kernel) -> None:
    path = opened(cast)
    for cookie in cast.signed_in(MEDIATOR)._cookies.values():
        old_kernel.cookie(cookie.key, cookie.value, server.url)
    old_kernel.open(server.url + path)
    assert old_kernel.wait_for("window.htmx && htmx.version")
    old_kernel.evaluate(
        "(function () { var f = document.querySelector('#rows-0-act'); f.value = '尽快搬走';"
        " f.dispatchEvent(new Event('input', {bubbles: true})); }())"
    )
    assert old_kernel.wait_for("document.querySelector('.findings')", 15)
    assert old_kernel.errors == []
