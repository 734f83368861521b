"""The court's list at the counter and on a telephone: everything ticked at once, and the list before its filters."""

import pytest
from playwright.sync_api import expect

from seeds.demo import PASSWORD
from tests.support.browser import Pages
from tests.support.cast import CLERK, Cast
from tests.support.court import sent
from tests.support.databases import only_sqlite
from tests.support.servers import Server
from transaction import db

pytestmark = [pytest.mark.browser, only_sqlite]


def test_all_is_ticked_and_on_a_telephone_the_list_comes_first(server: Server, page_at: Pages, cast: Cast) -> None:
    sent(cast)
    sent(cast, claim="别的")
    db.session.rollback()
    page = page_at(360, 640)
    page.goto(f"{server.url}/sign-in?next=/referrals%3Ftab=sign")
    page.fill("#username", CLERK)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    ticked, link = page.locator("[name=referrals]:checked"), page.locator("[data-ticks]")
    link.click()
    expect(ticked).to_have_count(2)
    page.locator("[name=referrals]").first.uncheck()
    expect(link).to_have_text("全选")
    for wanted in (2, 0):
        link.click()
        expect(ticked).to_have_count(wanted)
    expect(page.locator("#mode")).to_be_hidden()
    page.click("a[href='#filters']")
    expect(page.locator("#mode")).to_be_visible()
