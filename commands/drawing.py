"""The worker draws batches of whole files, one file after the other, and takes away what nobody is offered any more."""

import logging
import threading
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from uuid import uuid4

from flask import Flask, current_app

from commands.leftovers import discard
from messages.crash import crash_at
from models.actor import WORKER
from models.attachment import Attachment, attachments
from models.batch import Batch, BatchFile, Omission
from models.batch_drawing import Drawn, due, ended, give_back, settle, take, unwanted
from models.dispute import Dispute
from models.sealed import SealBroken
from papers.press import Fault, NotDrawn, Press
from papers.reading import matter_of
from papers.volume import order
from security.files import FileGone, FileStore
from security.identity import Identity
from security.permissions import Permission
from transaction import db, now, transaction, writing

PAUSE = 1.0
LIMIT = 60.0  # seconds for one file; the lease of a batch is longer
SWEEP_EVERY = timedelta(minutes=1)
log = logging.getLogger(__name__)


class Drawing:
    """One loop of a worker with a press of its own."""

    def __init__(self, app: Flask) -> None:
        self.app, self.holder = app, uuid4().hex
        self.press = Press(limit=LIMIT)
        self.stop = threading.Event()
        self.swept_at: datetime | None = None

    def run(self) -> None:
        """Until stopped; a file that is being drawn then is left to the next worker."""
        while not self.stop.is_set():
            self.stop.wait(0 if self.step() else PAUSE)

    def end(self, loop: threading.Thread) -> None:
        """Stop the loop, in the middle of a drawing too."""
        self.stop.set()
        while loop.is_alive():
            self.press.break_off()
            loop.join(PAUSE / 5)
        self.press.close()

    def drain(self) -> None:
        """Draw everything that waits: for a worker that runs once."""
        while self.step():
            pass
        self.press.close()

    def step(self) -> bool:
        """Draw one file or finish one batch; whether there was anything to do."""
        try:
            with self.app.app_context():
                return self._step(now())
        except Exception as error:  # the database is away or busy, or worse: this loop must not end for it
            log.error("drawing: will try again: %s", type(error).__name__)
            return False

    def _step(self, at: datetime) -> bool:
        if self.swept_at is None or not timedelta() <= at - self.swept_at < SWEEP_EVERY:
            sweep(at)
            self.swept_at = at
        waits = db.session.scalars(due(at, self.holder)).first()
        db.session.rollback()
        if waits is None:
            return False
        with writing() as session:
            taken = take(session, at, self.holder)
            ids = (taken[0].id, taken[1].id if taken[1] else None) if taken else None
        if ids is None:
            return False
        batch_id, file_id = ids
        if file_id is None:
            with transaction(WORKER) as change:
                change.session.get_one(Batch, batch_id).finish(change)
                change.flush_events()
                crash_at("batch-before-finish")
            return True
        crash_at("batch-after-take")
        try:
            result = self._drawn(db.session.get_one(BatchFile, file_id))
        except NotDrawn as fault:
            if self.stop.is_set():  # it was broken off, nothing is wrong with it
                with writing() as session:
                    give_back(session, file_id, self.holder)
                return False
            result = Omission.TOO_SLOW if fault.fault is Fault.SLOW else Omission.NOT_DRAWN
        crash_at("batch-after-keep")
        with writing() as session:
            is_ours = settle(session, file_id, self.holder, now(), result)
        if not is_ours and not isinstance(result, Omission):
            _store().discard(result[0])
        crash_at("batch-between-files")
        return True

    def _drawn(self, file: BatchFile) -> Drawn | Omission:
        """Draw the whole file as its orderer may see it now, and keep it. Raises NotDrawn."""
        batch, session = file.batch, db.session()
        mine = Identity(person=batch.person).disputes(Permission.DISPUTE_ARCHIVE)
        dispute = session.scalars(mine.where(Dispute.id == file.dispute_id)).one_or_none()
        if dispute is None or not batch.person.is_active:
            return Omission.UNSEEN
        if dispute.closed_at is None:
            return Omission.REOPENED
        matter = matter_of(session, dispute, current_app.extensions["sealer"], now(),
                           is_demo=current_app.config["DEMO"])  # fmt: skip
        try:
            with TemporaryFile() as drawn:
                pages = self.press.bind(order(matter, attachments(session, dispute), _read), "zip", drawn)
                size = drawn.tell()
                drawn.seek(0)
                return _store().keep_long(batch.uid, str(file.place), drawn), pages, size
        except (FileGone, SealBroken):
            return Omission.MATERIAL_LOST


def sweep(at: datetime) -> None:
    """End what is kept no longer, and take the files of ended and cancelled batches out of the store."""
    session = db.session()
    over = ended(session, at)
    session.rollback()
    for batch_id in over:
        with transaction(WORKER) as change:
            change.session.get_one(Batch, batch_id).end(change)
    discard(unwanted(session))


def _read(one: Attachment) -> bytes:
    return _store().read(one.uid, "content", one.address)


def _store() -> FileStore:
    return current_app.extensions["files"]  # type: ignore[no-any-return]
