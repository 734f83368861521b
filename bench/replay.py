"""Register and whistle through the verbs, against nothing but their SQL statements sent again through sqlite3."""

import sqlite3
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench.world import World
from models.callout import CalloutOrder
from models.registration import Entry
from models.whistle import WhistleOrder
from transaction import SQLITE_PRAGMAS, db

Statement = tuple[str, Any, bool]
CALLED = 3


def verbs_to_raw(world: World, rounds: int, pairs: int) -> float:
    """CPU of the verbs as a multiple of that of their statements. Both databases go through the same states."""
    copy = world.folder / "replayed.db"
    db.session.remove()
    with sqlite3.connect(world.folder / "shaodao.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    raw = sqlite3.connect(copy, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    said: list[Statement] = []

    def listen(_c: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        said.append((sql, parameters, many))

    def committed(_c: Any) -> None:
        said.append(("COMMIT", (), False))

    def rolled_back(_c: Any) -> None:
        said.append(("ROLLBACK", (), False))

    events = (("before_cursor_execute", listen), ("commit", committed), ("rollback", rolled_back))
    for name, listener in events:
        event.listen(db.engine, name, listener)
    try:
        entries, unit_ids = world.entries(), [unit.id for unit in world.units[:CALLED]]
        db.session.remove()
        ratios = []
        for number in range(rounds + 1):
            said.clear()
            through_verbs = _cpu(lambda: _work(world, entries, unit_ids, pairs))
            through_sqlite = _cpu(lambda: _replay(raw, said))
            if number:  # the first round fills SQLAlchemy's caches
                ratios.append(through_verbs / through_sqlite)
    finally:
        for name, listener in events:
            event.remove(db.engine, name, listener)
        raw.close()
        _remove(copy)
    return statistics.median(ratios)


def _work(world: World, entries: Iterator[Entry], unit_ids: list[int], pairs: int) -> None:
    for _ in range(pairs):
        world.register_and_whistle(next(entries), WhistleOrder([CalloutOrder(unit_id) for unit_id in unit_ids]))
        db.session.remove()


def _replay(raw: sqlite3.Connection, said: list[Statement]) -> None:
    for sql, parameters, many in said:
        if many and isinstance(parameters, list):  # rows that SQLAlchemy batches itself come one by one
            raw.executemany(sql, parameters)
        else:
            raw.execute(sql, parameters).fetchall()


def _cpu(work: Any) -> int:
    before = time.thread_time_ns()
    work()
    return time.thread_time_ns() - before


def _remove(copy: Path) -> None:
    for file in copy.parent.glob(f"{copy.name}*"):
        file.unlink()
