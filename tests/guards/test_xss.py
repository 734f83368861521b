"""Markup that somebody types stays text: on every page, for everybody who may open it.

What a browser makes of one page of each kind is seen in tests/browser/test_every_page.py.
"""

from collections import Counter

from flask import Flask

from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.morning import Morning, tell
from tests.support.tour import tour

pytestmark = only_sqlite

# Breaks out of text, of attributes in either quotes, of title and script, and would be computed by a template.
PAYLOAD = "'\"></title></script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"
ASKERS = {"clerk", "mediator", "unit_manager", "link", "screen:wall", "screen:hall", "screen:door", "nobody"}


def test_what_is_typed_is_shown_as_text(app: Flask, cast: Cast) -> None:
    tell(cast, lambda _field, _words: PAYLOAD)
    morning = Morning(app)
    askers = {name: client for name, client in morning.askers().items() if name in ASKERS}
    shown: Counter[str] = Counter()
    for look in tour(app, morning, askers, also_htmx=False):
        if not look.content.startswith("text/html"):
            continue
        assert look.status != 500, look
        assert "alert(1)</script>" not in look.html, look
        assert "<img src=x" not in look.html, look
        if "alert(1)" in look.html:
            shown[look.endpoint] += 1
    assert len(shown) > 3, "the payload was hardly shown: this test looks at nothing"
