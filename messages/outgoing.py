"""Sending what leaves the house: a few at once and outside of any transaction, so that a slow gateway delays nobody."""

import logging
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from messages.crash import crash_at
from messages.envelope import envelope_for
from models.actor import WORKER
from models.callout import Callout
from models.channel import MessageChannel
from models.outbox import Message, MessageState
from models.sealed import SealBroken
from models.sending import Reason, Result, Taken, begin, due, lost, settle, take
from transaction import db, now, transaction, writing

PAUSE = 0.5
AT_ONCE = 8
# A gateway that hangs holds two of them; the others go on for everybody else.
PER_CHANNEL = 2
log = logging.getLogger(__name__)


class Outgoing:
    """One loop of a worker. It takes a message only when a hand is free to send it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="outgoing")
        self.free = threading.Semaphore(AT_ONCE)
        self.lock = threading.Lock()
        self.in_hand: Counter[int] = Counter()

    def run(self, stop: threading.Event) -> None:
        """Until stopped; what is being sent is finished first."""
        while not stop.is_set():
            stop.wait(0 if self.step() else PAUSE)
        self.finish()

    def finish(self) -> None:
        """Take what is due until nothing is, and wait for every hand."""
        self.hands.shutdown(wait=True)

    def drain(self) -> None:
        """Send what is due now and wait for it: for a worker that runs once."""
        while self.step() or +self.in_hand:
            time.sleep(0.01)
        self.finish()

    def step(self) -> bool:
        """Take one message and give it to a hand; whether there was one."""
        self.free.acquire()
        taken = None
        try:
            with self.app.app_context():
                taken = self._take()
        except Exception:  # the database is away or busy, or worse: this loop must not end for it
            log.exception("outgoing: will try again")
        if taken is None:
            self.free.release()
            return False
        with self.lock:
            self.in_hand[taken.channel_id] += 1
        self.hands.submit(self._deliver, taken)
        return True

    def _take(self) -> Taken | None:
        session, at = db.session(), now()
        for one in lost(session, at):
            mark(one, Result(MessageState.UNKNOWN, Reason.LOST))
        with self.lock:
            busy = [channel_id for channel_id, count in self.in_hand.items() if count >= PER_CHANNEL]
        waits = session.execute(due(at).where(Message.channel_id.not_in(busy)).limit(1)).first()
        session.rollback()
        if waits is None:
            return None
        with writing() as open_session:
            return take(open_session, at, busy)

    def _deliver(self, taken: Taken) -> None:
        try:
            with self.app.app_context():
                deliver(taken)
        except Exception as error:
            log.error("outgoing: message %s: %s", taken.id, type(error).__name__)
        finally:
            with self.lock:
                self.in_hand[taken.channel_id] -= 1
            self.free.release()


def deliver(taken: Taken) -> None:
    """Begin, send, mark. A worker that dies in between leaves behind exactly how far it came."""
    crash_at("after-claim")
    session = db.session()
    message = session.get_one(Message, taken.id)
    try:
        envelope = envelope_for(message, session.get_one(MessageChannel, taken.channel_id), now())
    except SealBroken:
        envelope = Reason.UNREADABLE
    session.rollback()
    if isinstance(envelope, Reason):
        mark(taken, Result.withheld(envelope))
        return
    with writing() as open_session:
        begun = begin(open_session, taken, now())
    if begun is None:
        return
    crash_at("before-send")
    result = envelope.send()
    crash_at("after-send")
    mark(begun, result)


def mark(taken: Taken, result: Result) -> None:
    """Write down what became of it; the callout is delivered when one channel accepted it."""
    read = db.session()
    callout = (
        select(Callout.dispute_id)
        .join(Message, (Message.recipient_id == Callout.id) & (Message.recipient_kind == "callout"))
        .where(Message.id == taken.id)
    )
    dispute_id = read.scalar(callout)
    with transaction(WORKER) as change:
        if dispute_id is not None:
            change.open_streams(f"dispute:{dispute_id}")
        message = change.session.get_one(Message, taken.id, with_for_update=True, populate_existing=True)
        channel = change.session.get_one(MessageChannel, taken.channel_id)
        if not settle(message, taken, result, channel.recognises_key, change.at):
            return
        if dispute_id is not None:
            told = change.session.get_one(Callout, message.recipient_id)
            if message.state is MessageState.SENT:
                told.deliver(change)
            told.dispute.touch(change)
        change.session.flush()
        crash_at("before-mark")
