"""A full house: hundreds of boards that ask all the time while five changes a second are written."""

import contextlib
import itertools
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from bench.client import Connection, Script, get, play, post
from bench.figures import Figure, figure
from bench.screens import Bench
from bench.servers import Server, serving
from bench.window import Window
from models.callout import Callout
from models.dispute import Dispute
from transaction import db

WRITES_A_SECOND = 5
JITTER = 0.1
# Somebody at a screen sees a whistle when the next poll brings it.
BOARDS, WHISTLERS = 20, 4


@dataclass
class Heard:
    """What came of the questions of one house; latencies in seconds."""

    polls: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    errors: int = 0
    cpu_ns: int = 0

    @property
    def cpu_per_poll(self) -> float:
        """The writes are in it, as they come with the house."""
        return self.cpu_ns / len(self.polls)


def pollers(bench: Bench) -> list[Figure]:
    """The house's board and the usual one in turn, each with the same askers and the same changes."""
    few, many, every, slowly = (10, 20, 0.5, 0.5) if bench.size.is_look else (300, 1000, 2.0, 3.0)
    ours, usual = Heard(), Heard()
    with naive(bench) as other:
        for _ in range(2):
            house(bench, ours, bench.server, few, every)
            house(bench, usual, other, few, every)
    crowd = Heard()
    house(bench, crowd, bench.server, many, slowly)
    return [
        figure("pollers-300-errors", ours.errors),
        figure("pollers-300-cpu-share", ours.cpu_per_poll / usual.cpu_per_poll),
        figure("pollers-300-p99-ms", p99(ours.polls)),
        figure("pollers-300-write-p99-ms", p99(ours.writes)),
        figure("pollers-300-naive-p99-ms", p99(usual.polls)),
        figure("pollers-1000-errors", crowd.errors),
        figure("pollers-1000-p99-ms", p99(crowd.polls)),
        figure("pollers-1000-write-p99-ms", p99(crowd.writes)),
        figure("whistle-visible-p95-ms", statistics.quantiles(_until_seen(bench), n=20)[-1] * 1000),
    ]


def p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[-1] * 1000


@contextlib.contextmanager
def naive(bench: Bench) -> Iterator[Server]:
    folder = bench.world.folder / "naive"
    folder.mkdir()
    with serving("bench.naive:app", folder, bench.world.environment()) as server:
        yield server


def house(bench: Bench, heard: Heard, server: Server, askers: int, every: float) -> None:
    """`askers` ask this server; the changes are written by the house's own."""
    polls = [Connection(server.port) for _ in range(askers)]
    writers = [Connection(bench.server.port) for _ in range(WRITES_A_SECOND)]
    ours, since = server is bench.server, bench.revision()
    begun = time.perf_counter() + every
    end = begun + bench.size.seconds
    scripts = [
        *((one, _asker(bench, heard, since if ours else "", every, begun, end)) for one in polls),
        *((one, _writer(bench, heard, number, every, begun, end)) for number, one in enumerate(writers)),
    ]
    before = bench.server.cpu_ns() + (0 if ours else server.cpu_ns())
    play(scripts)
    heard.cpu_ns += bench.server.cpu_ns() + (0 if ours else server.cpu_ns()) - before
    for connection in (*polls, *writers):
        connection.socket.close()


def _asker(bench: Bench, heard: Heard, since: str, every: float, begun: float, end: float) -> Script:
    """A board in a browser keeps its revision, the usual one has none; the first round does not count."""
    ours, page = bool(since), get("/board", bench.browser)
    yield random.random() * every  # noqa: S311 - boards do not ask in step
    while (now := time.perf_counter()) < end:
        reply = yield bench.poll(since) if ours else page
        heard.errors += reply.status not in (200, 204)
        if ours and reply.status == 200:
            since = reply.headers["x-board-revision"]
        if now >= begun:
            heard.polls.append(reply.seconds)
        yield every * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311


def _writer(bench: Bench, heard: Heard, number: int, every: float, begun: float, end: float) -> Script:
    """Each makes one change a second: an officer's link is made anew."""
    listed = (
        select(Callout.id).join(Dispute, Dispute.id == Callout.dispute_id).where(Dispute.on_board_since.is_not(None))
    )
    callouts = itertools.cycle(db.session.scalars(listed.order_by(Callout.id)).all()[number::WRITES_A_SECOND])
    db.session.remove()
    yield every * (1 + number / WRITES_A_SECOND) / 2
    while (now := time.perf_counter()) < end:
        reply = yield post(f"/callouts/{next(callouts)}/link", [("csrf_token", bench.desk.token)], bench.desk.headers())
        heard.errors += reply.status != 303
        if now >= begun:
            heard.writes.append(reply.seconds)
        yield max(0.0, now + 1 - time.perf_counter())


def _until_seen(bench: Bench) -> list[float]:
    """Seconds from sending a whistle to the answer that shows it, for every whistle and every board."""
    rounds = max(1, bench.size.seconds // 2)
    blown: list[tuple[float, int]] = []
    shown: list[list[tuple[float, int]]] = [[] for _ in range(BOARDS)]
    window, since = Window(bench), bench.revision()
    connections = [Connection(bench.server.port) for _ in range(BOARDS + WHISTLERS)]
    scripts = [
        *(_board(bench, seen, since, blown, rounds * WHISTLERS) for seen in shown),
        *(_whistler(bench, window, blown, rounds) for _ in range(WHISTLERS)),
    ]
    play(zip(connections, scripts, strict=True))
    for connection in connections:
        connection.socket.close()
    return [next(at for at, revision in seen if revision >= wanted) - sent for sent, wanted in blown for seen in shown]


def _board(
    bench: Bench, seen: list[tuple[float, int]], since: str, blown: list[tuple[float, int]], whistles: int
) -> Script:
    """Asks until it has everything there is to see."""
    yield random.random() * 2  # noqa: S311
    while not seen or len(blown) < whistles or seen[-1][1] < blown[-1][1]:
        reply = yield bench.poll(since)
        since = reply.headers["x-board-revision"]
        seen.append((time.perf_counter(), int(since.rpartition("-")[2])))
        yield 2 * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311


def _whistler(bench: Bench, window: Window, blown: list[tuple[float, int]], rounds: int) -> Script:
    for _ in range(rounds):
        yield random.uniform(0.5, 2.5)  # noqa: S311
        registered = yield window.registration()
        sent = time.perf_counter()
        reply = yield window.whistle(registered)
        if reply.status != 303:
            raise RuntimeError(f"no whistle: {reply.status}")
        blown.append((sent, bench.world.revision()))
