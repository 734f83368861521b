"""The honest board: whatever stands between it and its server, it says so in time, and never without a reason."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from models.screen import Face
from tests.support.boards import forgive, whole_whistle
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]

CAUSES = ("stopped", "500", "302", "hanging", "replayed", "worker", "backwards", "proxy")
HEALTHY = int(os.environ.get("PROVE_SECONDS", "600"))  # `scripts/prove` lets half an hour and more pass
POLL = 2300  # milliseconds within which every board has asked again
ALARMS = """window.alarms = 0; new MutationObserver(() => { if (!document.querySelector('[data-watchdog]').hidden)
    window.alarms += 1; }).observe(document.querySelector('[data-watchdog]'), {attributes: true})"""

# The clock of the page is ours and runs ahead of the network's: `quiet()` waits for the answer to what was asked.
QUIET = """window.pending = 0;
    document.addEventListener('htmx:beforeRequest', () => { window.pending += 1; });
    document.addEventListener('htmx:afterRequest', () => { window.pending -= 1; });
    window.quiet = () => window.pending === 0 ||
      new Promise((done) => document.addEventListener('htmx:afterRequest', () => done(), {once: true}));"""


class Line:
    """The line between a screen and its server. Polls are answered here: well, or as the cause has it."""

    page: Page

    def __init__(self) -> None:
        self.cause = ""
        self.asked = 0
        self.silent_for = 1
        self.revision = ""
        self.last: dict[str, str] = {}
        self.held: list[Route] = []

    def between(self, page: Page) -> None:
        self.page = page
        page.add_init_script(QUIET)
        page.route("**/changes?since=*", self.answer)

    def let_pass(self, milliseconds: int) -> None:
        """In steps, so that answers are not later than they are in life."""
        for done in range(0, milliseconds, 2000):
            self.page.clock.run_for(min(2000, milliseconds - done))
            if self.cause != "hanging":
                self.page.evaluate("quiet()")

    def mend(self) -> None:
        """The next answer is the first good one: what was still asked of the bad line gets a bad answer."""
        for route in self.held:
            route.abort()
        self.held.clear()
        self.page.evaluate("quiet()")
        self.cause = ""

    def ask_once(self) -> None:
        """One poll and its answer."""
        with self.page.expect_response("**/changes?since=*"):
            self.page.clock.run_for(POLL)
        self.page.evaluate("quiet()")

    def good(self, back: int = 0) -> dict[str, str]:
        """The headers of a good answer; nothing has changed."""
        epoch, _, n = self.revision.rpartition("-")
        at = datetime(2026, 11, 23, 2, tzinfo=UTC) + timedelta(seconds=2 * self.asked)
        return {
            "X-Board-As-Of": at.isoformat(),
            "X-Board-Revision": f"{epoch}-{int(n) - back}",
            "X-Worker-Age": str(self.silent_for),
            "X-Oldest-Whistle-Age": "0",
        }

    def answer(self, route: Route) -> None:
        since = route.request.url.partition("since=")[2]
        self.revision = self.revision or since
        self.asked += 1
        self.silent_for = max(31, self.silent_for + 2) if self.cause == "worker" else 1
        match self.cause:
            case "stopped":
                route.abort("connectionrefused")
            case "500" | "401":
                route.fulfill(status=int(self.cause), headers=self.good())
            case "302":
                route.fulfill(status=302, headers={"Location": "/sign-in"})
            case "hanging":
                self.held.append(route)
            case "replayed":
                route.fulfill(status=204, headers=self.last)
            case "backwards":
                route.fulfill(status=204, headers=self.good(back=1))
            case "proxy":
                route.fulfill(status=200, content_type="text/html", body="<html><body>请登录上网</body></html>")
            case _:
                self.last = self.good()
                # A screen that has forgotten everything is told to load itself again.
                again = {} if since else {"HX-Refresh": "true"}
                route.fulfill(status=204 if since else 200, headers={**self.last, **again})


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def wall(cast: Cast, mounted, line: Line) -> Page:
    """A wall with something on it that has just been answered well."""
    whole_whistle(cast, cast.registered())
    _screen, page = mounted(Face.WALL, clock=True, prepare=line.between)
    # From here on only we let time pass: a busy machine shall not add its own seconds.
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    line.ask_once()
    return page


def stays_away(wall: Page, line: Line, cause: str) -> None:
    """From the last good answer until long after everything had to turn grey."""
    band = wall.locator("[data-watchdog]")
    line.cause = cause
    if cause != "worker":  # who hears well of a worker that has gone says so at once
        line.let_pass(6_000)
        expect(band).to_be_hidden()
        line.let_pass(2_500)
    line.let_pass(2_600)
    expect(band).to_be_visible()
    expect(band).to_have_class("band")
    line.let_pass(20_400)
    expect(band).to_have_class("band band--down")
    line.mend()


def test_a_wall_that_hears_nothing_true_says_so_in_time(
    page_at: Pages, wall: Page, line: Line, subtests: pytest.Subtests
) -> None:
    for cause in CAUSES:
        with subtests.test(cause):
            stays_away(wall, line, cause)
            line.ask_once()
            expect(wall.locator("[data-watchdog]")).to_be_hidden()
            expect(wall.locator(".wall__row")).to_be_visible()
    forgive(page_at)


def test_a_wall_refused_by_a_stranger_comes_back_whole(page_at: Pages, wall: Page, line: Line) -> None:
    stays_away(wall, line, "401")
    expect(wall.locator(".wall__row")).to_have_count(0)  # it was told that it is no screen, and forgot everything
    with wall.expect_event("load"):
        wall.clock.run_for(POLL)
    line.ask_once()
    expect(wall.locator("[data-watchdog]")).to_be_hidden()
    expect(wall.locator(".wall__row")).to_be_visible()
    forgive(page_at)


def test_no_alarm_while_all_is_well(wall: Page, line: Line) -> None:
    wall.evaluate(ALARMS)
    before = line.asked
    line.let_pass(HEALTHY * 1000)
    assert line.asked - before > HEALTHY * 0.42
    assert wall.evaluate("window.alarms") == 0


def test_the_alarms_would_be_counted(page_at: Pages, wall: Page, line: Line) -> None:
    wall.evaluate(ALARMS)
    line.cause = "500"
    line.let_pass(12_000)
    expect(wall.locator("[data-watchdog]")).to_be_visible()
    assert wall.evaluate("window.alarms") > 0
    forgive(page_at)
