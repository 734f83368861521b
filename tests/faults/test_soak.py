"""A wall that hangs for weeks: it follows a busy house, does not grow and raises no false alarm.

`scripts/prove` looks at it for half an hour, the ordinary run for a minute (`PROVE_SECONDS` for another time).
"""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import CDPSession, Page, expect

from models.screen import Face
from security.access import DEVICE_COOKIE
from tests.support.boards import connect, whole_whistle
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, only_sqlite]

SECONDS = int(os.environ.get("PROVE_SECONDS", "60"))
# What the first minute leaves behind (shapes of objects, rows in every state) is not growth.
WARM = min(60, SECONDS // 3)
GROWTH = 1.05
ROWS = 14
ALARMS = """window.alarms = []; new MutationObserver(() => { const band = document.querySelector('[data-watchdog]');
    if (!band.hidden) window.alarms.push(band.innerText); })
    .observe(document.querySelector('[data-watchdog]'), {attributes: true})"""


def held(devtools: CDPSession) -> dict[str, float]:
    """What the page still holds after a thorough collection: bytes of its objects and texts, nodes, listeners.

    The code the browser compiles meanwhile and the list of requests it keeps for whoever watches are its own.
    """
    parts: list[str] = []

    def keep(event: dict[str, str]) -> None:
        parts.append(event["chunk"])

    counted = [_counted(devtools) for _ in range(5)]
    devtools.on("HeapProfiler.addHeapSnapshotChunk", keep)
    devtools.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    devtools.remove_listener("HeapProfiler.addHeapSnapshotChunk", keep)
    heap = json.loads("".join(parts))
    fields, [kinds, *_] = heap["snapshot"]["meta"]["node_fields"], heap["snapshot"]["meta"]["node_types"]
    kind, size = (heap["nodes"][fields.index(name) :: len(fields)] for name in ("type", "self_size"))
    own = sum(bytes_ for of, bytes_ in zip(kind, size, strict=True) if kinds[of] not in ("code", "native"))
    # A poll that comes between collecting and counting leaves rows behind for a moment: the least counts.
    return {"bytes": own, **{name: min(one[name] for one in counted) for name in ("Nodes", "JSEventListeners")}}


def _counted(devtools: CDPSession) -> dict[str, float]:
    devtools.send("HeapProfiler.collectGarbage")
    return {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}


class House:
    """Somebody at a desk who does something every second; the clock is the server's."""

    def __init__(self, cast: Cast, clock: Clock, server: Server) -> None:
        self.cast, self.clock, self.ahead = cast, clock, timedelta(seconds=server.clock_offset)
        self.changes = 0
        self.callouts = [
            callout for _ in range(ROWS) for callout in whole_whistle(cast, cast.registered(), room=None).callouts
        ]

    def be_busy(self, page: Page, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.clock.now = datetime.now(UTC) + self.ahead
            with self.cast.acting() as change:
                self.callouts[self.changes % len(self.callouts)].renew_link(change)
            self.changes += 1
            page.wait_for_timeout(1000)


def test_a_wall_neither_grows_nor_cries_wolf(server: Server, page_at: Pages, cast: Cast, clock: Clock) -> None:
    house, page = House(cast, clock, server), page_at(1920, 1080)
    _screen, cookie = connect(cast, Face.WALL)
    page.context.add_cookies([{"name": DEVICE_COOKIE, "value": cookie, "url": server.url}])
    page.goto(f"{server.url}/wall")
    page.evaluate(ALARMS)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    house.be_busy(page, WARM)
    warm = held(devtools)
    house.be_busy(page, SECONDS - WARM)
    grown = held(devtools)
    expect(page.locator("[data-rows] > section")).to_have_count(ROWS)
    seen = int(page.get_attribute("[data-poll]", "data-revision").rpartition("-")[2])
    assert seen >= house.changes, "the wall did not follow"
    assert page.evaluate("window.alarms") == []
    assert [name for name in warm if grown[name] > warm[name] * GROWTH] == [], f"{warm} became {grown}"
