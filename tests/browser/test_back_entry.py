"""A paper slip is entered without a mouse: number, time, six fields, and the next one."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models.reserved_number import ReservedNumber, prepare_pack
from models.visit import Visit
from tests.browser.test_registration import SIX, signed_in
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.servers import Server
from transaction import db

pytestmark = [pytest.mark.browser, only_sqlite]


def test_two_slips_from_the_keyboard(cast: Cast, server: Server, page_at: Pages) -> None:
    with cast.acting() as change:
        prepare_pack(change, cast.centre)
    page = signed_in(page_at(1366, 768), server, "/back-entries/new")
    for number in ("1", "2"):
        for words in (number, "1005", ""):
            page.keyboard.type(words)
            page.keyboard.press("Enter")
        for words in SIX:
            page.keyboard.type(words)
            page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#flash")).to_contain_text("已补录")
        expect(page.locator("#paper_number")).to_be_focused()
    db.session.rollback()
    used = db.session.scalars(select(ReservedNumber.position).where(ReservedNumber.used_at.is_not(None))).all()
    assert sorted(used) == [1, 2]
    assert db.session.query(Visit).count() == 2
