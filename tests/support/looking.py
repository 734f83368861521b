"""Everybody opens every address on a morning on which people typed markup into everything.

Looking changes nothing: the record is what it was. Markup stays text, for everybody who may see it; what a browser
makes of one page of each kind is seen in tests/browser/test_every_page.py.
"""

from collections import defaultdict

from flask import Flask
from flask.testing import FlaskClient

from tests.support.morning import Morning
from tests.support.records import changed, events, records
from tests.support.tour import Look, roots_of, tour

# Breaks out of text, of attributes in either quotes, of title and script, and would be computed by a template.
PAYLOAD = "'\"></title></script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"
# Seen, refused, sent elsewhere, unchanged, not possible now, over: whatever a reader may be told.
CALM = {200, 204, 303, 401, 403, 404, 409, 410}
# They answer with the way to a page: the link in a message keeps its secret out of the next address.
WAYS = {"arrival.open_link"}


def looked_at(app: Flask, morning: Morning, askers: dict[str, FlaskClient]) -> list[Look]:
    """What everybody was answered. Nothing may have changed by it, and every page must be shown to somebody.

    What was typed on this morning is `PAYLOAD`.
    """
    before, count = records(), events()
    looks, statuses, odd, shown = [], defaultdict(set), [], set()
    for look in tour(app, morning, askers):
        looks.append(look)
        if look.endpoint == "health.show_health":
            continue  # it may say that something is missing
        statuses[look.endpoint].add(look.status)
        if look.status not in CALM or roots_of(look):
            odd.append(roots_of(look) or str(look))
        if look.content.startswith("text/html"):
            shown.update([look.endpoint] if "alert(1)" in look.html else [])
            odd.extend(f"{look}: {one}" for one in ("alert(1)</script>", "<img src=x") if one in look.html)
    assert not odd, sorted(set(odd))
    audited = [name for name, view in app.view_functions.items() if getattr(view, "is_audited", False)]
    allowed = {"events", "event_heads"} if audited else set()
    assert not (wrote := set(changed(before, records())) - allowed), wrote
    assert audited or events() == count
    unseen = {name for name, seen in statuses.items() if not seen & {200, 204}} - WAYS
    assert not unseen, unseen
    assert len(shown) > 3, "the payload was hardly shown: nothing is looked at here"
    return looks
