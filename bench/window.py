"""What the window costs: registration with its whistle, and the officers' acknowledgements that follow."""

import itertools
import statistics
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from bench.client import Crowd, Reply, Script, post
from bench.figures import Figure, figure
from bench.screens import Bench, named
from bench.servers import Server
from bench.slices import Side, Work, compare
from models.callout import Callout
from models.registration import Entry
from security import links
from transaction import db

CALLED = 3
CLIENTS = 16
EVERY = 1.0
WARM_UP, WARM_UP_OF_A_LOOK = 2.0, 0.3
TRIES = 200
ENOUGH = 20  # a twentieth of fewer is none


class Window:
    """The forms of the window, filled in without end."""

    def __init__(self, bench: Bench) -> None:
        self.desk, self.entries = bench.desk, bench.world.entries()
        self.units = [unit.name for unit in bench.world.units]
        self.numbers = itertools.count()

    def registration(self) -> bytes:
        entry: Entry = next(self.entries)
        fields = {
            "head_count": entry.head_count,
            "name": entry.name,
            "phone": entry.phone,
            "category": entry.category.id,
            "opposite": entry.opposite,
            "demand": entry.demand,
            "channel": entry.channel.value,
            "from_division": "",
            "giver": "",
            "next": "whistle",
        }
        return self._form("/visits", fields)

    def whistle(self, registered: Reply) -> bytes:
        """The form that comes next: three units, no room yet."""
        number = next(self.numbers)
        fields: dict[str, object] = {"level": "ordinary", "room_id": 0, "mediator_id": 0, "recorder_id": 0}
        for line in range(CALLED):
            fields[f"lines-{line}-name"] = self.units[(number + line * 3) % len(self.units)]
            fields[f"lines-{line}-question"] = "请到场说明职责、现状和解决意见"
            fields[f"lines-{line}-limit_minutes"] = 20
        return self._form(registered.headers["location"].removesuffix("/new"), fields)

    def _form(self, path: str, fields: dict[str, object]) -> bytes:
        always = {"csrf_token": self.desk.token, "submission": uuid4().hex}
        return post(path, [(name, str(value)) for name, value in {**always, **fields}.items()], self.desk.headers())


def register_and_whistle(window: Window) -> Generator[bytes, Reply, list[Reply]]:
    """Two POSTs; a registration that is refused has no whistle."""
    replies = [(yield window.registration())]
    if replies[0].status == 303:
        replies.append((yield window.whistle(replies[0])))
    return replies


def acknowledging(bench: Bench, prefix: str = "") -> list[Figure]:
    """An officer's tap on the link, as a share of the registration and whistle that called him."""
    window, size = Window(bench), bench.size
    pairs = Side(bench.server, Crowd(bench.server.port), _pairs(window), 303)
    taps = Side(bench.server, Crowd(bench.server.port), _taps(bench), 303)
    found = compare(pairs, taps, size.pairs, size.slow_requests * 3)
    share, spread, rate = named(f"{prefix}acknowledge-share", found)
    return [share, spread, figure(f"{prefix}acknowledge-per-second", rate.value)]


def _pairs(window: Window) -> Callable[[Crowd, int], Work]:
    def prepare(crowd: Crowd, count: int) -> Work:
        def work() -> list[Reply]:
            replies: list[Reply] = []
            left = iter(range(count))

            def clerk() -> Script:
                for _ in left:
                    replies.extend((yield from register_and_whistle(window)))

            crowd.play(clerk() for _ in crowd.connections)
            return replies

        return work

    return prepare


def _taps(bench: Bench) -> Callable[[Crowd, int], Work]:
    """Each tap is another officer's, on a callout nobody has acknowledged yet."""

    def prepare(crowd: Crowd, count: int) -> Work:
        waiting = select(Callout).where(Callout.acknowledged_at.is_(None)).order_by(Callout.id.desc()).limit(count)
        callouts = db.session.scalars(waiting).all()
        taps = [
            post(f"/arrival/callouts/{callout.id}/acknowledgement", [("csrf_token", bench.desk.token)],
                 {"Cookie": f"{bench.desk.cookies}; {links.COOKIE}={bench.world.link_token(callout)}"})
            for callout in callouts
        ]  # fmt: skip
        db.session.remove()
        return lambda: crowd.take_turns(taps)

    return prepare


def rush(bench: Bench, prefix: str = "") -> list[Figure]:
    """Sixteen clerks at once: first each registers and whistles once a second, then as fast as the answers come."""
    steady, saturated = _rush(bench, EVERY), _rush(bench, 0.0)
    return [
        figure(f"{prefix}rush-errors", steady.errors + saturated.errors),
        figure(f"{prefix}rush-p95-ms", steady.p95 * 1000),
        figure(f"{prefix}rush-pairs-per-second", steady.per_second),
        figure(f"{prefix}saturated-p95-ms", saturated.p95 * 1000),
        figure(f"{prefix}saturated-pairs-per-second", saturated.per_second),
    ]


@dataclass(frozen=True)
class Rush:
    errors: int
    p95: float
    per_second: float


def _evenly_spread(server: Server) -> Crowd:
    """Eight clerks at each of the two processes; whoever accepts first would otherwise have most of them."""
    crowd, alone = Crowd(server.port, CLIENTS), server.sockets()
    for _ in range(TRIES):
        crowd.open()
        taken = [now - before for now, before in zip(server.sockets(), alone, strict=True)]
        if max(taken) - min(taken) <= 2:
            break
        crowd.close()
        time.sleep(0.1)
    else:
        raise RuntimeError(f"the processes share their connections unevenly: {taken}")
    return crowd


def _rush(bench: Bench, every: float) -> Rush:
    """`every`: seconds from one registration of a clerk to the next; the answers to both forms count together.

    The first two seconds do not count: a process that has just begun has yet to read its templates. Where nobody has
    had an answer by the end, the time is prolonged until there are enough to speak of.
    """
    window, crowd = Window(bench), _evenly_spread(bench.server)
    begins: list[float] = []
    taken: list[float] = []
    refused: list[int] = []
    started = time.perf_counter() + (WARM_UP_OF_A_LOOK if bench.size.is_look else WARM_UP)
    end = started + bench.size.seconds

    def clerk(number: int) -> Script:
        yield number / CLIENTS * every
        while (begun := time.perf_counter()) < end or len(taken) < ENOUGH:
            replies = yield from register_and_whistle(window)
            if begun >= started:
                begins.append(begun)
                taken.append(sum(reply.seconds for reply in replies))
            refused.extend(reply.status for reply in replies if reply.status != 303)
            yield max(0.0, begun + every - time.perf_counter())

    crowd.play(clerk(number) for number in range(CLIENTS))
    crowd.close()
    seconds = max(end, *begins) - started
    return Rush(len(refused), statistics.quantiles(taken, n=20)[-1], len(taken) / seconds)
