"""Markup that somebody types stays text: on every page, for everybody who may open it."""

from collections import Counter

from bs4 import BeautifulSoup
from flask import Flask

from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.morning import Morning, tell
from tests.support.tour import Look, tour

pytestmark = only_sqlite

# Breaks out of text, of attributes in either quotes, of title and script, and would be computed by a template.
PAYLOAD = "'\"></title></script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"
# The strings are searched on every page; a browser's reading is slow, and the pages of one kind are made alike.
LOOKED_AT = 2
ASKERS = {"clerk", "mediator", "unit_manager", "link", "screen:wall", "screen:hall", "screen:door", "nobody"}


def test_what_is_typed_is_shown_as_text(app: Flask, cast: Cast) -> None:
    tell(cast, lambda _field, _words: PAYLOAD)
    morning = Morning(app)
    askers = {name: client for name, client in morning.askers().items() if name in ASKERS}
    shown: Counter[str] = Counter()
    for look in tour(app, morning, askers):
        if not look.content.startswith("text/html") or look.is_htmx:
            continue
        assert look.status != 500, look
        assert "alert(1)</script>" not in look.html, look
        assert "<img src=x" not in look.html, look
        if "alert(1)" in look.html:
            shown[look.endpoint] += 1
            if shown[look.endpoint] <= LOOKED_AT:
                parsed_as_text(look)
    assert len(shown) > 3, "the payload was hardly shown: this test looks at nothing"


def parsed_as_text(look: Look) -> None:
    """A browser's own reading finds no code, no handler and no address made of what was typed."""
    soup = BeautifulSoup(look.html, "html5lib")
    assert not soup.find("img", src="x"), look
    assert not soup.find_all("script", src=False), look
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], f"{look}: {tag}"
        for name in ("href", "src", "action", "formaction"):
            address = str(tag.get(name, "")).strip().lower()
            assert not address.startswith(("javascript:", "data:")), f"{look}: {address}"
            assert "alert(1)" not in address or address.startswith("tel:"), f"{look}: {address}"
