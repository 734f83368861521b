"""No page keeps out who listens, cannot tell colours or uses the keyboard: axe finds nothing serious on any of them."""

from pathlib import Path

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.support.browser import Pages
from tests.support.databases import only_sqlite
from tests.support.morning import Morning
from tests.support.seen import browser_of, sights
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# What is loaded beforehand serves rules about films and turned screens only.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}


def barriers(page: Page) -> list[str]:
    """The serious and critical ones: rule, and the first place."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(rules).then((found) => found.violations)", RULES)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")
    ]


def test_no_page_has_a_serious_barrier(app: Flask, morning: Morning, server: Server, page_at: Pages) -> None:
    askers = morning.askers()
    browsers, found, seen = {}, {}, sights(app, morning, askers)
    assert len(seen) > 60
    for sight in seen:
        if sight.asker not in browsers:
            browsers[sight.asker] = browser_of(page_at, server, sight.asker, askers[sight.asker])
        page = browsers[sight.asker]
        page.goto(server.url + sight.path)
        assert "/sign-in" not in page.url or sight.endpoint == "auth.sign_in"
        if problems := barriers(page):
            found[f"{sight.endpoint} ({sight.asker})"] = problems
    assert found == {}
