"""Looking changes nothing: everybody opens every address, and the record is what it was."""

from collections import defaultdict

from flask import Flask

from tests.support.databases import only_sqlite
from tests.support.morning import Morning
from tests.support.records import changed, events, records
from tests.support.tour import roots_of, tour

# Seen, refused, sent elsewhere, unchanged, not possible now, over: whatever a reader may be told.
CALM = {200, 204, 303, 401, 403, 404, 409, 410}
# They answer with the way to a page: the link in a message keeps its secret out of the next address.
WAYS = {"arrival.open_link"}


@only_sqlite  # tests/faults/test_junk.py opens every page on both
def test_looking_at_everything_changes_no_record_and_every_page_is_shown_to_somebody(
    app: Flask, morning: Morning
) -> None:
    askers = morning.askers()
    before, count = records(), events()
    statuses, odd = defaultdict(set), []
    for look in tour(app, morning, askers):
        if look.endpoint == "health.show_health":
            continue  # it may say that something is missing
        statuses[look.endpoint].add(look.status)
        if look.status not in CALM or roots_of(look):
            odd.append(roots_of(look) or str(look))
    assert sorted(set(odd)) == []
    audited = [name for name, view in app.view_functions.items() if getattr(view, "is_audited", False)]
    allowed = {"events", "event_heads"} if audited else set()
    assert set(changed(before, records())) - allowed == set()
    assert audited or events() == count
    unseen = {name for name, seen in statuses.items() if not seen & {200, 204}} - WAYS
    assert unseen == set()
