"""What a poll costs an old office computer: the board in Chromium with its processor slowed down six times."""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page

from bench.figures import Figure, figure
from bench.screens import Bench
from tests.support.browser import chromium

SLOWER = 6
CHANGED_ROWS = 2
WHOLE = "/the-whole-board"
# The board asks only when it is told to; its clocks go on.
ON_DEMAND = """
    const later = window.setTimeout;
    window.setTimeout = (what, wait, ...more) => wait > 1500 ? 0 : later(what, wait, ...more);
    window.longTasks = 0;
    const count = (list) => { window.longTasks += list.getEntries().length; };
    new PerformanceObserver(count).observe({entryTypes: ['longtask']});
    window.painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    window.drawn = () => new Promise((done) => document.addEventListener('drawn', done, {once: true}));
"""
POLL = """async () => {
    const end = drawn(); document.dispatchEvent(new Event('changed')); await end; await painted(); }"""
SWAP = f"""async () => {{
    await htmx.ajax('GET', '{WHOLE}', {{target: '[data-rows]', swap: 'innerHTML'}}); await painted(); }}"""


@dataclass(frozen=True)
class SlowDesk:
    """A board on a slow machine and the way to its figures."""

    page: Page
    devtools: CDPSession

    @classmethod
    def open(cls, browser: Browser, bench: Bench) -> "SlowDesk":
        address = f"http://127.0.0.1:{bench.server.port}"
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        pairs = (cookie.split("=", 1) for cookie in bench.desk.cookies.split("; "))
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in pairs])
        context.add_init_script(ON_DEMAND)
        page = context.new_page()
        page.goto(f"{address}/board")
        rows = page.inner_html("[data-rows]")
        page.route(f"**{WHOLE}", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=rows))
        devtools = context.new_cdp_session(page)
        devtools.send("Performance.enable")
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1 if bench.size.is_look else SLOWER})
        return cls(page, devtools)

    def metrics(self) -> tuple[float, float]:
        """Seconds on the clock, and of work of the page's own thread."""
        told = {one["name"]: one["value"] for one in self.devtools.send("Performance.getMetrics")["metrics"]}
        return told["Timestamp"], told["TaskDuration"]

    def idle(self) -> float:
        """The share of the time in which the page works although nothing is asked of it."""
        began, before = self.metrics()
        self.page.wait_for_timeout(3000)
        ended, after = self.metrics()
        return (after - before) / (ended - began)

    def cost(self, script: str, idle: float) -> float:
        """Seconds of work for this, without what the page does anyway."""
        began, before = self.metrics()
        self.page.evaluate(script)
        ended, after = self.metrics()
        return max(0.0, after - before - idle * (ended - began))

    def long_tasks(self) -> int:
        return int(self.page.evaluate("window.longTasks"))


def browser(bench: Bench) -> list[Figure]:
    """A poll that brings two changed rows against putting the whole board in place anew, in turn."""
    tap = bench.world.tap(CHANGED_ROWS)
    with chromium() as chrome:
        desk = SlowDesk.open(chrome, bench)
        desk.cost(SWAP, 0)  # the first of each kind compiles what the others use
        tap()
        desk.cost(POLL, 0)
        idle, long_tasks = desk.idle(), 0
        polls, swaps = list[float](), list[float]()
        for _ in range(bench.size.pairs):
            tap()
            before = desk.long_tasks()
            polls.append(desk.cost(POLL, idle))
            long_tasks += desk.long_tasks() - before
            swaps.append(desk.cost(SWAP, idle))
    changed, whole = statistics.median(polls), statistics.median(swaps)
    return [
        figure("browser-changed-poll-share", changed / whole),
        figure("browser-poll-long-tasks", long_tasks),
        figure("browser-changed-poll-ms", changed * 1000),
        figure("browser-whole-board-ms", whole * 1000),
    ]
