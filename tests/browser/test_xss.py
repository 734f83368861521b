"""Markup that somebody typed does nothing in a real browser: no script of it runs, nothing it asks for is fetched."""

import pytest
from flask import Flask

from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.morning import Morning, tell
from tests.support.seen import browser_of, sights
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]

PAYLOAD = "'\"></title></script><script>alert(1)</script><img src=/evil onerror=alert(1)>"
ASKERS = ("clerk", "mediator", "link", "screen:wall", "screen:hall", "screen:door")


def test_what_is_typed_never_runs(app: Flask, cast: Cast, server: Server, page_at: Pages) -> None:
    tell(cast, lambda _field, _words: PAYLOAD)
    morning = Morning(app)
    askers = {name: client for name, client in morning.askers().items() if name in ASKERS}
    ran, browsers = [], {}
    for sight in sights(app, morning, askers):
        if sight.asker not in browsers:
            browsers[sight.asker] = browser_of(page_at, server, sight.asker, askers[sight.asker])
            browsers[sight.asker].on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
            browsers[sight.asker].on(
                "request", lambda request: ran.append(request.url) if "evil" in request.url else None
            )
        browsers[sight.asker].goto(server.url + sight.path)
    assert ran == []
