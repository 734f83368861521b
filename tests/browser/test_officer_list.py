"""The officer's list of callouts on a small telephone: everything that is touched is large enough."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from models.visit_plan import plan
from seeds.demo import PASSWORD
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.servers import Server
from transaction import db

pytestmark = [pytest.mark.browser, only_sqlite]


def test_what_an_officer_touches_is_as_large_as_a_thumb(server: Server, page_at: Pages, cast: Cast) -> None:
    one, two = (cast.whistled("市场监管局", room=room).callouts[0] for room in ("调解三室", "调解一室"))
    with cast.acting() as change:
        plan(change, [(one, one.due_at), (two, two.due_at + timedelta(minutes=25))])
    db.session.rollback()
    page = page_at(360, 640)
    page.goto(f"{server.url}/sign-in")
    page.locator("[name=username]").fill("wanghaiyan")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").first.click()
    page.goto(f"{server.url}/my-callouts")
    expect(page.locator("main")).to_contain_text("串场安排")
    touched = page.locator("main button:visible, main a:visible").all()
    small = [(one.inner_text(), box["height"]) for one in touched if (box := one.bounding_box()) and box["height"] < 44]
    assert touched
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
