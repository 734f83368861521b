"""A finger on the pad: the strokes reach the paper; without JavaScript the page says to sign on paper."""

import pytest
from playwright.sync_api import expect

from models.ink import check_strokes
from models.signature import Signature
from papers.final import strokes_of
from security import links
from tests.models.test_ink import consent, link
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.finals import final
from tests.support.servers import Server
from transaction import db

pytestmark = [pytest.mark.browser, only_sqlite]


def test_what_the_finger_draws_is_what_is_kept(cast: Cast, server: Server, page_at: Pages) -> None:
    paper = final(cast)
    consent(cast, paper)
    link(cast, paper, paper.signers[0])
    sealer = cast.app.extensions["sealer"]
    address = f"{server.url}/f/{links.signing_token_for(sealer, paper.signers[0])}"
    without = page_at(360, 640, java_script_enabled=False)
    without.goto(address)
    expect(without.get_by_text("请在纸质文书上签署")).to_be_visible()
    expect(without.locator("canvas")).to_be_hidden()
    page = page_at(360, 640, has_touch=True)
    page.goto(address)
    expect(page.locator("[data-no-ink]")).to_be_hidden()
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for y in (0.3, 0.6):
        page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + y * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + (1 - y) * box["height"], steps=12)
        page.mouse.up()
    page.get_by_role("button", name="已阅读，签名并提交").click()
    expect(page.locator("h1")).to_have_text("已签名")
    db.session.rollback()
    ink = strokes_of(db.session.query(Signature).one(), sealer)
    check_strokes(ink)
    assert ink.count("M") == 2
    assert page_at.errors == []
