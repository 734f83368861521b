"""The worker is killed while it draws a batch: no file is drawn for it twice, no half batch is ever offered.

`scripts/prove` draws a hundred files with a kill at every point and says how much memory that took.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask

from messages.crash import BATCH_POINTS
from models.batch import Batch, BatchState
from models.batch_drawing import LEASE
from models.event import Event
from security.files import FileStore
from tests.faults.test_worker import KILLED, LEASE_SECONDS, Workers
from tests.models.test_batch import closed, ordered
from tests.support.cast import Cast
from tests.support.databases import Database, only_sqlite
from tests.support.window import chain_faults
from transaction import db

pytestmark = only_sqlite

FILES = int(os.environ.get("PROVE_FILES", "3"))
*BETWEEN, FINISH = BATCH_POINTS
KILLS = BETWEEN if FILES > 3 else BETWEEN[:1]
GROWTH = 1.1
WARM = 10  # files after which memory has what it needs


@pytest.fixture
def workers(database: Database) -> Iterator[Workers]:
    workers = Workers(database)
    yield workers
    workers.server.stop()


def kilobytes(pid: int) -> int:
    """The memory of a process and of the press beside it."""
    pids, total = {pid}, 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                pids.add(int(stat.parent.name))
    for one in pids:
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{one}/status").read_text()
            total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS"))
    return total


def watched(workers: Workers, batch: Batch) -> list[int]:
    """Let one worker draw the rest and die before it says so; the most memory it had for each file."""
    name = workers.start("--once", crash_at=FINISH)
    process, peaks = workers.server.processes[name].process, [0] * (FILES + 1)
    while process.exitcode is None:
        db.session.rollback()
        if FILES >= 2 * WARM:
            peaks[batch.done] = max(peaks[batch.done], kilobytes(process.pid))
        time.sleep(0.2)
    assert workers.wait(name) == KILLED
    return [peak for peak in peaks if peak]


def test_a_batch_survives_its_workers(
    cast: Cast, app: Flask, database: Database, workers: Workers, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = ordered(cast, *closed(cast, FILES))
    for point in KILLS:
        assert workers.once(point) == KILLED
        workers.server.clock_offset += LEASE.total_seconds() - LEASE_SECONDS + 1
        db.session.rollback()
        assert (batch.state, batch.ready_at) == (BatchState.DRAWING, None)
    peaks = watched(workers, batch)
    if FILES >= 2 * WARM:
        first, all_ = max(peaks[:WARM]), max(peaks)
        with capsys.disabled():
            sys.stdout.write(f"\nmemory: {first // 1024} MB for {WARM} files, {all_ // 1024} MB for {FILES}\n")
        assert all_ <= GROWTH * first
    db.session.rollback()
    assert (batch.state, batch.done) == (BatchState.DRAWING, FILES)
    workers.server.clock_offset += LEASE.total_seconds() + 1
    assert workers.once() == 0
    db.session.rollback()

    assert batch.state is BatchState.READY
    assert [one.omission for one in batch.files] == [None] * FILES
    assert sum(one.attempts for one in batch.files) == FILES + sum(point in KILLS for point in BETWEEN[:2])
    assert all(before.drawn_at <= after.drawn_at for before, after in pairwise(batch.files))
    store: FileStore = app.extensions["files"]
    for one in batch.files:
        assert sum(map(len, store.pieces(batch.uid, str(one.place), one.address))) == one.size
    # What a killed worker had kept but not written down is a stray, which `flask files reconcile` takes away.
    assert len([path for path in store.root.glob("*/*") if path.parent.name != "arriving"]) == FILES + 1
    finished = db.session.query(Event).filter_by(kind="batch:finish").count()
    assert (finished, chain_faults(database)) == (1, [])
