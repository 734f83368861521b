"""The command behind `scripts/bench`."""

import argparse
import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import imports
from bench.browser import browser
from bench.database import postgresql
from bench.dossier import dossiers
from bench.figures import Figure, figure, line, write_json
from bench.pollers import pollers
from bench.replay import verbs_to_raw
from bench.screens import Bench, Size, screens, self_check, sizes
from bench.servers import Server, serving
from bench.window import acknowledging, rush
from bench.world import made, open_house, opened, sign_in
from models.person import Role

ORDINARY = Size(pairs=30, requests=120, slow_requests=6, seconds=12, dossiers=9, files=40, rows=10_000)
FULL = Size(pairs=60, requests=150, slow_requests=10, seconds=30, dossiers=15, files=100, rows=10_000)
QUICK = Size(pairs=3, requests=16, slow_requests=2, seconds=1, dossiers=1, files=2, rows=40, is_look=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file too")
    parser.add_argument("--full", action="store_true", help="more slices, and the same on PostgreSQL")
    parser.add_argument("--quick", action="store_true", help="a look whether everything runs; its figures do not count")
    asked = parser.parse_args()
    size = QUICK if asked.quick else FULL if asked.full else ORDINARY
    started = time.monotonic()
    figures = []
    for one in run(size, with_postgresql=asked.full):
        print(line(one), flush=True)
        figures.append(one)
    if asked.json:
        write_json(figures, asked.json)
    print(f"{time.monotonic() - started:.0f} s")
    if figures[0].met or asked.quick:
        return 0
    print("self-check failed, figures do not count", file=sys.stderr)
    return 1


def run(size: Size, *, with_postgresql: bool) -> Iterator[Figure]:
    """Every figure, the self-check first."""
    with tempfile.TemporaryDirectory(prefix="shaodao-bench-") as name:
        folder = Path(name)
        with yardstick(folder / "hello") as hello:
            with yardstick(folder / "twin") as twin:
                yield from self_check(hello, twin, size)
            yield from on_sqlite(folder / "sqlite", hello, size)
            if with_postgresql:
                yield from on_postgresql(folder / "postgresql", hello, size)


@contextlib.contextmanager
def yardstick(folder: Path) -> Iterator[Server]:
    folder.mkdir()
    with serving("bench.hello:app", folder, {"DATA_DIR": str(folder)}) as server:
        yield server


def on_sqlite(folder: Path, hello: Server, size: Size) -> Iterator[Figure]:
    folder.mkdir()
    with made(folder, sqlite_in(folder)):
        pass
    house = shutil.copytree(folder, folder.with_name("house"))
    # The house first: a morning that grows old blows second whistles by itself.
    with opened(house, sqlite_in(house)) as world, open_house(world) as server:
        bench = Bench(world, hello, server, sign_in(server, world.holding(Role.CLERK)), size)
        yield from sizes(bench)
        yield from screens(bench)
        yield from browser(bench)
        yield from pollers(bench)
        yield from imports.meanwhile(bench)  # acknowledging leaves hundreds of rows on the board
        yield from acknowledging(bench)
        yield from rush(bench)
        yield from dossiers(bench)
    with opened(folder, sqlite_in(folder)) as world:
        yield figure("register-and-whistle-cpu-raw", verbs_to_raw(world, max(3, size.pairs // 3), 4))
        if not size.is_look:
            yield imports.memory(world, size.rows // 10, size.rows)


def sqlite_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'shaodao.db'}"


def on_postgresql(folder: Path, hello: Server, size: Size) -> Iterator[Figure]:
    folder.mkdir()
    with postgresql() as url, made(folder, url) as world, open_house(world) as server:
        bench = Bench(world, hello, server, sign_in(server, world.holding(Role.CLERK)), size)
        yield from screens(bench, "postgresql-")
        yield from acknowledging(bench, "postgresql-")
        yield from rush(bench, "postgresql-")


if __name__ == "__main__":
    sys.exit(main())
