"""未到 ends a callout: no list goes on waiting for that unit."""

from datetime import timedelta

from models.callout import CalloutOrder
from models.whistle import WhistleOrder, sound
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit

UNIT = "信访局"  # keeps a window in the house


@only_sqlite
def test_nobody_waits_any_longer_for_a_unit_that_was_noted_as_missing(cast: Cast, clock: Clock) -> None:
    callout, other = cast.whistled(UNIT, "水务局").callouts
    clock.now = callout.due_at + timedelta(minutes=1)
    client, number = cast.signed_in(LEADER), callout.dispute.short_number
    lists = ("/shifts", "/windows")
    assert [number in visit(client, path).soup.find("main").get_text() for path in lists] == [True, True]
    with cast.acting() as change:
        callout.miss(change, "电话无人接听")
    board = visit(client, "/board")
    line = next(one for one in board.soup.select(".callout") if UNIT in one.text)
    assert "未到" in line.text, "a card without its unit would look as if nobody had been called"
    assert not line.select("button")
    for path in lists:
        assert f"/callouts/{callout.id}" not in visit(client, path).html, path
    for minutes in (1, 8):
        clock.advance(minutes=minutes)
        visit(client, "/")
    after_the_outage = visit(client, "/outages").html
    assert [f"/callouts/{one.id}/" in after_the_outage for one in (callout, other)] == [False, True]
    with cast.acting() as change:
        sound(change, callout.dispute, WhistleOrder([CalloutOrder(callout.unit_id)]))
    assert "未到" not in visit(client, "/board").soup.find("main").get_text(), "called again"
