"""The method: short slices of requests on the one server and on the other in turn, compared pair by pair.

Machines change their speed from second to second; two slices that follow each other have the same luck.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.client import Crowd, Reply
from bench.servers import Server

# Work that is ready to be sent; returns the answers.
Work = Callable[[], list[Reply]]


@dataclass(frozen=True)
class Side:
    """Work of one kind for one server; `prepare` gets it ready, any number of times, before the clock starts."""

    server: Server
    crowd: Crowd
    prepare: Callable[[Crowd, int], Work]
    status: int


def in_turns(request: Callable[[], bytes]) -> Callable[[Crowd, int], Work]:
    """All connections at once, each with the next request as soon as it has its answer."""

    def prepare(crowd: Crowd, count: int) -> Work:
        requests = [request() for _ in range(count)]
        return lambda: crowd.take_turns(requests)

    return prepare


def alone(request: Callable[[], bytes], before_each: Callable[[], None]) -> Callable[[Crowd, int], Work]:
    """One request after the other, each made after something was done."""

    def prepare(crowd: Crowd, count: int) -> Work:
        def work() -> list[Reply]:
            replies = []
            for number in range(count):
                before_each()
                replies.append(crowd.ask(number, request()))
            return replies

        return work

    return prepare


@dataclass(frozen=True)
class Slice:
    cpu_us: float
    per_second: float


@dataclass(frozen=True)
class Comparison:
    """Medians over all pairs; `low` and `high` are the quartiles of the ratio."""

    ratio: float
    low: float
    high: float
    cpu_us: float
    per_second: float


def compare(plain: Side, other: Side, pairs: int, count: int, plain_count: int | None = None) -> Comparison:
    """CPU per piece of work of the other side as a multiple of the plain one."""
    _slice(plain, plain_count or count)
    _slice(other, count)  # not counted: the first requests of a kind fill caches
    measured = [(_slice(plain, plain_count or count), _slice(other, count)) for _ in range(pairs)]
    low, ratio, high = statistics.quantiles((there.cpu_us / here.cpu_us for here, there in measured), n=4,
                                            method="inclusive")  # fmt: skip
    return Comparison(ratio, low, high,
                      statistics.median(there.cpu_us for _, there in measured),
                      statistics.median(there.per_second for _, there in measured))  # fmt: skip


def _slice(side: Side, count: int) -> Slice:
    side.crowd.open()
    work = side.prepare(side.crowd, count)
    started, before = time.perf_counter(), side.server.cpu_ns()
    replies = work()
    used, seconds = side.server.cpu_ns() - before, time.perf_counter() - started
    side.crowd.close()
    for reply in replies:
        if reply.status != side.status or "hx-refresh" in reply.headers:
            raise RuntimeError(f"not the expected answer: {reply.status} {reply.headers} {reply.body[:2000]!r}")
    return Slice(used / count / 1000, count / seconds)
