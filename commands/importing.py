"""The worker goes through tables of the court's matters, and takes away what nobody will take."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from tempfile import TemporaryFile
from uuid import uuid4

from flask import Flask, current_app

from commands.leftovers import discard
from messages.crash import crash_at
from models.actor import WORKER
from models.clock import local_day
from models.court_check import Check, headings_of, rules_of
from models.court_columns import missing, proposed
from models.court_heading import remembered
from models.court_import import CourtImport, ImportState
from models.court_import_run import (
    CHUNK,
    CHUNK_WRITTEN,
    UNREADABLE,
    Overtaken,
    ask_for_columns,
    due,
    forgotten,
    give_back,
    given_up,
    hold,
    note,
    refuse,
    release,
    remove,
    settle,
    take,
    unwanted_rows,
)
from models.court_rows import ready, write
from models.court_samples import LOOKED_AT, keep, samples_of
from models.court_table import outlived, remove_table
from models.errors import RuleBroken
from models.joined_rows import TableRow
from models.sealed import SealBroken
from models.usual_mode import UsualMode
from security.files import FileGone, FileStore
from security.tables import opened
from transaction import db, now, transaction, writing

PAUSE = 1.0
# Between two chunks, so that a clerk who wants to write stands in line once and not for the whole file.
BREATH = 0.03
PART = "court-import"
SWEEP_EVERY = timedelta(minutes=1)
log = logging.getLogger(__name__)


class Importing:
    """One loop of a worker."""

    def __init__(self, app: Flask) -> None:
        self.app, self.holder = app, uuid4().hex
        self.stop = threading.Event()
        self.swept_at: datetime | None = None

    def run(self) -> None:
        """Until stopped; an import in the middle is left to the next worker."""
        while not self.stop.is_set():
            self.stop.wait(0 if self.step() else PAUSE)

    def drain(self) -> None:
        """Go through everything that waits: for a worker that runs once."""
        while self.step():
            pass

    def step(self) -> bool:
        """One pass through one file, or one chunk taken away; whether there was anything to do."""
        try:
            with self.app.app_context():
                return self._step(now())
        except Exception as error:  # the database is away or busy, or worse: this loop must not end for it
            log.error("importing: will try again: %s", type(error).__name__)
            return False

    def _step(self, at: datetime) -> bool:
        if self.swept_at is None or not timedelta() <= at - self.swept_at < SWEEP_EVERY:
            sweep(at)
            self.swept_at = at
        if removed():
            return True
        waits = db.session.scalars(due(at, self.holder)).first()
        db.session.rollback()
        if waits is None:
            return False
        with writing() as session:
            taken = take(session, at, self.holder)
            found = (taken.id, taken.state) if taken is not None else None
        if found is not None:
            crash_at("import-after-take")
            self._pass(*found)
        return True

    def _pass(self, import_id: int, state: ImportState) -> None:
        """Through the whole file once. A file that cannot be read ends the import with the reason."""
        try:
            with _rows(db.session.get_one(CourtImport, import_id)) as rows:
                if state is ImportState.READING and not self._knows_columns(import_id, rows):
                    return
            with _rows(db.session.get_one(CourtImport, import_id)) as rows:
                if self._went_through(import_id, state, rows):
                    self._end(import_id, state)
        except Overtaken:
            db.session.rollback()
        except (RuleBroken, FileGone, SealBroken) as error:
            fault = error if isinstance(error, RuleBroken) else RuleBroken(UNREADABLE)
            with writing() as session:
                refuse(hold(session, import_id, self.holder, state, now()), fault)

    def _knows_columns(self, import_id: int, rows: Iterator[TableRow]) -> bool:
        """Whether it is clear what each column means; else a person is asked."""
        known = db.session.get_one(CourtImport, import_id)
        if known.headings:
            return True  # somebody has said it
        first = list(islice(rows, LOOKED_AT))
        heading_row, headings = headings_of(iter(first), known.heading_row)
        samples = samples_of([row for row in first if row.number > heading_row], len(headings))
        with writing() as session:
            row = hold(session, import_id, self.holder, ImportState.READING, now())
            places = proposed(headings, remembered(session, row.centre_id, row.court_id))
            is_clear = not missing(places, row.usual)
            ask_for_columns(row, heading_row, headings, places, is_clear=is_clear)
            keep(row, current_app.extensions["sealer"], samples)
        return is_clear

    def _went_through(self, import_id: int, state: ImportState, rows: Iterator[TableRow]) -> bool:
        """Every chunk; false when this worker was stopped in the middle."""
        row, session = db.session.get_one(CourtImport, import_id), db.session()
        sealer = current_app.extensions["sealer"]
        rules = rules_of(session, row.centre, row.headings, row.columns, UsualMode(row.usual), local_day(now()))
        check, behind = Check(row.centre_id, row.heading_row or 0, rules), row.written_row
        session.rollback()
        size = CHUNK_WRITTEN if state is ImportState.WRITING else CHUNK
        for rows_read in check.chunks(rows, size):
            if self.stop.is_set():
                with writing() as open_session:
                    give_back(hold(open_session, import_id, self.holder, state, now()))
                return False
            chunk = check.through(session, rows_read)
            session.rollback()
            if state is ImportState.WRITING and chunk.last_row <= behind:
                continue  # written before a worker died
            matters = ready(sealer, chunk.rows, now()) if state is ImportState.WRITING else []
            with writing() as open_session:
                held = hold(open_session, import_id, self.holder, state, now())
                if state is ImportState.READING:
                    note(open_session, held, chunk.read, chunk.findings)
                else:
                    write(open_session, held, matters, chunk.last_row, chunk.read, now())
            db.session.expunge_all()
            crash_at("import-between-chunks")
            time.sleep(BREATH)
        return True

    def _end(self, import_id: int, state: ImportState) -> None:
        if state is ImportState.READING:
            with writing() as session:
                settle(hold(session, import_id, self.holder, state, now()), now())
            return
        with transaction(WORKER) as change:
            change.open_streams(change.session.get_one(CourtImport, import_id).stream)
            release(change, hold(change.session, import_id, self.holder, state, change.at))
            change.flush_events()
            crash_at("import-before-release")


def removed() -> bool:
    """Take away a chunk of what an import left that was called off."""
    if not db.session.scalars(unwanted_rows()).first():
        db.session.rollback()
        return False
    with writing() as session:
        return remove(session) > 0


def sweep(at: datetime) -> None:
    """Call off what nobody decides on, and take files out of the store that nobody will read again."""
    session = db.session()
    old = forgotten(session, at)
    session.rollback()
    for import_id in old:
        with transaction(WORKER) as change:
            change.session.get_one(CourtImport, import_id).cancel(change)
    discard(given_up(session))
    gone = [(row.id, row.address) for row in outlived(session, at) if row.address]
    session.rollback()
    for import_id, address in gone:  # as `discard` does: the file first
        _store().discard(address)
        with transaction(WORKER) as change:
            remove_table(change, change.session.get_one(CourtImport, import_id))


@contextmanager
def _rows(row: CourtImport) -> Iterator[Iterator[TableRow]]:
    """The rows of the original file, unsealed into a file that has no name."""
    uid, address, media_type = row.uid, row.address, row.media_type
    db.session.rollback()
    if address is None:
        raise FileGone(uid)
    with TemporaryFile() as plain:
        for piece in _store().pieces(uid, PART, address):
            plain.write(piece)
        plain.seek(0)
        with opened(plain, media_type) as rows:
            yield rows


def _store() -> FileStore:
    return current_app.extensions["files"]  # type: ignore[no-any-return]
