"""What the boards cost: polls that find nothing, little, and everything new."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass

from bench.client import Connection, Crowd, Reply, get
from bench.figures import Figure, figure
from bench.servers import Server
from bench.slices import Comparison, Side, alone, compare, in_turns
from bench.world import ROWS, Desk, World

HELLO = get("/")
LINKED = re.compile(rb'<(?:link|script)[^>]+(?:href|src)="(/static/[^"]+)"')


@dataclass(frozen=True)
class Size:
    """How much is measured: pairs of slices and requests in each; whole files alone and in a batch."""

    pairs: int
    requests: int
    slow_requests: int
    seconds: int
    dossiers: int
    files: int
    rows: int  # of a table of the court
    is_look: bool = False  # whether everything runs is asked, not how fast


@dataclass(frozen=True)
class Bench:
    """One application under test beside the yardstick."""

    world: World
    hello: Server
    server: Server
    desk: Desk
    size: Size

    def plain(self, before_each: Callable[[], None] | None = None) -> Side:
        """The yardstick, asked by the same browser: with the same cookies and headers."""
        request = get("/", self.browser)
        return self._side(self.hello, lambda: request, 200, before_each)

    def other(self, request: Callable[[], bytes], status: int, before_each: Callable[[], None] | None = None) -> Side:
        return self._side(self.server, request, status, before_each)

    def _side(self, server: Server, request: Callable[[], bytes], status: int,
              before_each: Callable[[], None] | None) -> Side:  # fmt: skip
        prepare = alone(request, before_each) if before_each else in_turns(request)
        return Side(server, Crowd(server.port), prepare, status)

    def poll(self, revision: str) -> bytes:
        """A browser's question for what is new since this revision."""
        return get(f"/board/{self.world.audience.replace(':', '-')}/changes?since={revision}", self.browser)

    @property
    def browser(self) -> dict[str, str]:
        return self.desk.headers(HX_Request="true", Accept_Encoding="gzip")

    def revision(self, back: int = 0) -> str:
        """What a browser knows that has the board as it is now, or was so many changes ago."""
        stamp, _, n = self.ask(self.poll("")).headers["x-board-revision"].rpartition("-")
        return f"{stamp}-{int(n) - back}"

    def ask(self, request: bytes) -> Reply:
        connection = Connection(self.server.port)
        reply = connection.ask(request)
        connection.socket.close()
        return reply


def self_check(hello: Server, second: Server, size: Size) -> list[Figure]:
    """The yardstick against its twin: how far chance alone leads away from 1."""

    here, there = (Side(server, Crowd(server.port), in_turns(lambda: HELLO), 200) for server in (hello, second))
    found = compare(here, there, size.pairs, size.requests)
    return [
        figure("self-check-deviation", abs(found.ratio - 1)),
        figure("hello-cpu-us", found.cpu_us),
        figure("hello-per-second", found.per_second),
    ]


def screens(bench: Bench, prefix: str = "") -> list[Figure]:
    """Every figure of the desk board."""
    size, two_rows, every_row = bench.size, bench.world.tap(2), bench.world.tap(ROWS)
    known = bench.poll(bench.revision())
    unchanged = compare(bench.plain(), bench.other(lambda: known, 204), size.pairs, size.requests)
    two_rows()
    cached = compare(bench.plain(), bench.other(lambda: known, 200), size.pairs, size.requests)
    stamp = bench.revision().rpartition("-")[0]

    def behind() -> bytes:
        """A poll that knows everything but the two rows that have just changed."""
        return bench.poll(f"{stamp}-{bench.world.revision() - 1}")

    first = compare(bench.plain(two_rows), bench.other(behind, 200, two_rows), size.pairs, size.slow_requests)
    page = get("/board", bench.desk.headers())
    full = compare(bench.plain(two_rows), bench.other(lambda: page, 200, two_rows), size.pairs, size.slow_requests)
    cold = compare(bench.plain(every_row), bench.other(lambda: page, 200, every_row), max(3, size.pairs // 3), 2)
    kept = compare(bench.plain(), bench.other(lambda: page, 200), size.pairs, size.slow_requests, size.requests)
    return [
        *named(f"{prefix}poll-unchanged", unchanged),
        *named(f"{prefix}poll-changed-cached", cached),
        *named(f"{prefix}poll-changed-first", first)[:2],  # requests sent alone say nothing about a rate
        *named(f"{prefix}board-full", full)[:2],
        *named(f"{prefix}board-cold", cold)[:2],
        *named(f"{prefix}board-kept", kept),
    ]


def named(name: str, found: Comparison) -> list[Figure]:
    return [
        figure(f"{name}-cpu", found.ratio),
        figure(f"{name}-cpu-spread", found.high - found.low),
        figure(f"{name}-per-second", found.per_second),
    ]


def sizes(bench: Bench) -> list[Figure]:
    """What travels, as gzip -6: the board with everything it needs the first time, and one changed poll."""
    page = bench.ask(get("/board", bench.desk.headers())).body
    linked = sorted({path.decode() for path in LINKED.findall(page)})
    first = sum(_packed(body) for body in (page, *(bench.ask(get(path)).body for path in linked)))
    bench.world.tap(2)()
    poll = bench.ask(bench.poll(bench.revision(back=1)))
    if "hx-refresh" in poll.headers:
        raise RuntimeError("the board does not say what changed")
    changed = gzip.decompress(poll.body) if poll.headers.get("content-encoding") == "gzip" else poll.body
    return [figure("first-page-gzip-kb", first / 1000), figure("poll-changed-gzip-kb", _packed(changed) / 1000)]


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, 6))
