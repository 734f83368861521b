"""The officer's page on a small phone: two taps, nothing cut off, also without a script or a signal."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from models.arrival import arrival_key, code_now, value_now
from models.callout import ArrivalMethod, Callout
from security.links import token_for
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.servers import Server
from transaction import db

pytestmark = [pytest.mark.browser, only_sqlite]


def opened(server: Server, page: Page, cast: Cast, callout: Callout) -> Page:
    page.goto(f"{server.url}/c/{token_for(cast.app.extensions['sealer'], callout)}")
    return page


def key_of(cast: Cast) -> bytes:
    return arrival_key(cast.app.extensions["sealer"], cast.centre.id)


def server_time(server: Server) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=server.clock_offset)


def fresh(callout: Callout) -> Callout:
    """What the server's process has written meanwhile."""
    db.session.rollback()
    return callout


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("script", [True, False])
def test_two_taps_report_in(server: Server, page_at: Pages, cast: Cast, script: bool) -> None:
    callout = cast.whistled("市场监管局").callouts[0]
    page = opened(server, page_at(360, 640, java_script_enabled=script, has_touch=True), cast, callout)
    if script:
        assert fits(page)
    page.get_by_role("button", name="签收").tap()
    expect(page.get_by_role("button", name="签收")).to_have_count(0)
    page.locator("input[name=code]").fill(code_now(key_of(cast), server_time(server)))
    page.get_by_role("button", name="报到", exact=True).tap()
    expect(page.locator(".due.is-ok")).to_contain_text("调解三室")
    assert fresh(callout).arrival_method is ArrivalMethod.CODE


def test_the_answers_open_without_a_script_and_are_large_enough(server: Server, page_at: Pages, cast: Cast) -> None:
    callout = cast.whistled("市场监管局").callouts[0]
    page = opened(server, page_at(360, 640, java_script_enabled=False), cast, callout)
    expect(page.locator("#object")).to_be_hidden()
    page.locator("a[href='#object']").click()
    page.locator("#objection-reason").fill("属物业管理")
    page.locator("#object button").click()
    expect(page.locator("main")).to_contain_text("异议待核")
    assert fresh(callout).open_objection is not None
    sizes = [box.bounding_box() for box in page.locator("main button:visible, main a.btn:visible").all()]
    assert sizes
    assert all(box["height"] >= 44 for box in sizes)


def test_a_tap_without_signal_is_sent_when_there_is_one(server: Server, page_at: Pages, cast: Cast) -> None:
    callout = cast.whistled("市场监管局").callouts[0]
    page = opened(server, page_at(360, 640), cast, callout)
    page.goto(f"{server.url}/arrival/{value_now(key_of(cast), server_time(server))}")
    page.context.set_offline(True)
    page.get_by_role("button", name="报到", exact=True).click()
    expect(page.locator(".taps")).to_contain_text("未提交")
    assert fresh(callout).arrived_at is None
    page.context.set_offline(False)
    expect(page.locator(".due.is-ok")).to_be_visible()
    assert fresh(callout).arrival_method is ArrivalMethod.QR
