"""The record of a session as the recorder types it: line after line by keyboard, nothing lost on the way."""

import pytest
from playwright.sync_api import expect

from seeds.demo import PASSWORD
from tests.support.browser import Pages
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from tests.support.servers import Server


@pytest.mark.browser
@only_sqlite
def test_statements_are_taken_down_without_leaving_the_page(cast: Cast, server: Server, page_at: Pages) -> None:
    dispute = cast.registered()
    opened = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new").form("/sessions").submit()
    page = page_at(1366, 768)
    page.goto(f"{server.url}/sign-in?next={opened.path}")
    page.fill("#username", MEDIATOR)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator("#no-statements")).to_be_visible()
    page.wait_for_load_state()
    place = page.locator("#words").bounding_box()
    page.select_option("#speaker", "甘州某健身馆")
    for said in ("同意退款。", "分两次付清。"):
        page.locator("#words").fill(said)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#statements")).to_contain_text(said)
        # Ready for the next line: empty, in focus, the same speaker.
        expect(page.locator("#words")).to_have_value("")
        expect(page.locator("#words")).to_be_focused()
        expect(page.locator("#speaker")).to_have_value("甘州某健身馆")
    expect(page.locator("#statements li")).to_have_count(2)
    expect(page.locator("#no-statements")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#words-error")).to_be_visible()
    # What is typed is kept on the way and offered again; the form has not moved meanwhile.
    page.locator("#words").press_sequentially("第二次在年底")
    expect(page.locator("#draft-state")).not_to_be_empty()
    page.evaluate("document.querySelectorAll('form[data-typed]').forEach(f => f.removeAttribute('data-typed'))")
    page.reload()
    expect(page.locator("#statements li")).to_have_count(2)
    expect(page.locator("#words")).to_have_value("第二次在年底")
    page.wait_for_load_state()
    page.keyboard.type("付清。")  # after what was kept, not before it
    expect(page.locator("#words")).to_have_value("第二次在年底付清。")
    page.locator("#words").press("Control+Enter")
    expect(page.locator("#statements li")).to_have_count(3)
    expect(page.locator("#draft-state")).to_be_empty()
    assert page.locator("#words").bounding_box() == place
