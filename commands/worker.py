"""`flask worker`: delivers messages, draws batches, imports tables of the court and tidies up at night.

Any number may run; usually there is one.
"""

import logging
import signal
import threading
from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from commands.drawing import Drawing
from commands.importing import Importing
from messages.delivery import deliver_waiting
from messages.outgoing import Outgoing
from messages.reminders import climb, remind_of_deadlines
from models.actor import WORKER
from models.board import KEPT, BoardChange, BoardRevision
from models.clock import local_day
from models.errors import Busy
from models.heartbeat import beat
from models.presence import prune as prune_presences
from models.seal import seal_heads
from models.submission import Submission
from security import sessions
from transaction import KEEP_SUBMISSIONS, db, now, transaction, writing

PAUSE = 0.5
BEAT_EVERY = timedelta(seconds=5)
log = logging.getLogger(__name__)


@click.command()
@click.option("--once", is_flag=True, help="Deliver, draw and import what waits, then stop")
@with_appcontext
def worker(once: bool) -> None:
    """Run until stopped by SIGTERM or SIGINT."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    outgoing, drawing, importing = Outgoing(app), Drawing(app), Importing(app)
    # Loops of their own: neither a gateway that hangs, a hundred files nor ten thousand rows keep a message waiting.
    sending = threading.Thread(target=outgoing.run, args=(stop,), name="outgoing")
    binding = threading.Thread(target=drawing.run, name="drawing")
    reading = threading.Thread(target=importing.run, name="importing")
    if not once:
        sending.start()
        binding.start()
        reading.start()
    try:
        deliver_until(stop, once)
    finally:
        stop.set()
        if once:
            outgoing.drain()
            drawing.drain()
            importing.drain()
        else:
            importing.stop.set()
            drawing.end(binding)
            reading.join()
            sending.join()


def deliver_until(stop: threading.Event, once: bool) -> None:
    """The inbox, the heartbeat and the night's work."""
    last_beat = last_night = None
    while not stop.is_set():
        taken = 0
        try:
            at = now()
            if last_beat is None or at - last_beat >= BEAT_EVERY or at < last_beat:
                with writing() as session:
                    beat(session, "worker", at)
                last_beat = at
                climb()
                remind_of_deadlines()
            taken = deliver_waiting()
            if last_night not in (None, local_day(at)):
                tidy()
            last_night = local_day(at)
        except (SQLAlchemyError, Busy):
            # The database is away or busy: the message stays where it is and is taken again.
            log.exception("worker: will try again")
            db.session.rollback()
        if once and not taken:
            return
        db.session.remove()
        stop.wait(0 if taken else PAUSE)


def tidy() -> None:
    """The night's work: forget what is over, prune the boards' history, seal the heads of all streams."""
    at = now()
    sessions.prune(at)
    with writing() as session:
        prune_presences(session, at)
        session.execute(delete(Submission).where(Submission.at < at - KEEP_SUBMISSIONS))
        for audience, n in session.execute(select(BoardRevision.audience, BoardRevision.n)).all():
            session.execute(delete(BoardChange).where(BoardChange.audience == audience, BoardChange.n < n - KEPT))
    with transaction(WORKER) as change:
        seal_heads(change)
