"""Every page in a real browser, on a morning on which people typed markup into everything.

No page keeps out who listens, cannot tell colours or uses the keyboard: axe finds nothing serious. What was typed does
nothing: no script of it runs, nothing it asks for is fetched.
"""

from pathlib import Path

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.morning import Morning, tell
from tests.support.seen import browser_of, sights
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]

PAYLOAD = "'\"></title></script><script>alert(1)</script><img src=/evil onerror=alert(1)>"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# What is loaded beforehand serves rules about films and turned screens only.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
# axe says of each rule how grave a breach of it is: the lesser ones need a fifth of its time.
LOOK = """(rules) => {
    const lesser = axe._audit.rules.filter((rule) => ["minor", "moderate"].includes(rule.impact));
    rules.rules = Object.fromEntries(lesser.map((rule) => [rule.id, {enabled: false}]));
    return axe.run(rules).then((found) => found.violations); }"""
# As the browser read it: code, handlers, addresses and pictures that nobody of the house has written.
FOREIGN = """() => [...document.querySelectorAll("*")].filter((tag) =>
    tag.matches("script:not([src]), img[src^='/evil']") || [...tag.attributes].some((one) => /^on/.test(one.name) ||
        /^(href|src|action|formaction)$/.test(one.name) && (/^\\s*(javascript|data):/i.test(one.value) ||
            one.value.includes("alert(1)") && !one.value.startsWith("tel:")))).map((tag) => tag.outerHTML)"""


def barriers(page: Page) -> list[str]:
    """The serious and critical ones: rule, and the first place."""
    found = page.evaluate(LOOK, RULES)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")
    ]


def test_no_page_has_a_barrier_or_runs_what_was_typed(app: Flask, cast: Cast, server: Server, page_at: Pages) -> None:
    tell(cast, lambda _field, _words: PAYLOAD)
    morning = Morning(app)
    askers = morning.askers()
    browsers, found, foreign, ran, seen = {}, {}, {}, [], sights(app, morning, askers)
    assert len(seen) > 60
    for sight in seen:
        if sight.asker not in browsers:
            page = browsers[sight.asker] = browser_of(page_at, server, sight.asker, askers[sight.asker])
            page.add_init_script(AXE)
            page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
            page.on("request", lambda request: ran.append(request.url) if "evil" in request.url else None)
        page = browsers[sight.asker]
        page.goto(server.url + sight.path)
        assert "/sign-in" not in page.url or sight.endpoint == "auth.sign_in"
        if tags := page.evaluate(FOREIGN):
            foreign[sight.endpoint] = tags
        if problems := barriers(page):
            found[f"{sight.endpoint} ({sight.asker})"] = problems
    assert (foreign, ran) == ({}, [])
    assert found == {}
