"""The worker is killed wherever it can be: the inbox is told exactly once and nothing is lost.

A gateway that knows the keys of messages has each of them once; one that does not is never told twice.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import func, select

from messages.crash import POINTS
from models.event import Event
from models.outbox import Message, MessageState
from tests.support.cast import Cast
from tests.support.channels import gateway, outside
from tests.support.databases import Database
from tests.support.servers import Server
from tests.support.window import chain_faults
from transaction import db

KILLS = int(os.environ.get("PROVE_KILLS", "5"))  # `scripts/prove` kills 200 times
LEASE_SECONDS = 61
WAIT = 60 + KILLS  # seconds: the last worker sends what all of them left
KILLED = -9
# The last points of a message first: five kills meet all four on the way out, and the inbox.
ORDER = (*POINTS[2:], *POINTS[:2])


class Workers:
    """Workers of this database, one after the other or at once; the clock of each begins a lease later."""

    def __init__(self, database: Database) -> None:
        self.server = Server(database, with_worker=False)
        self.count = 0

    def start(self, *arguments: str, crash_at: str = "") -> str:
        self.count += 1
        self.server.settings["CRASH_AT"] = crash_at
        self.server.spawn(name := f"worker-{self.count}", "flask", "--app", "app.py", "worker", *arguments)
        return name

    def wait(self, name: str) -> int:
        return self.server.processes.pop(name).wait(WAIT)

    def once(self, crash_at: str = "") -> int:
        db.session.rollback()
        code = self.wait(self.start("--once", crash_at=crash_at))
        self.server.clock_offset += LEASE_SECONDS
        return code


@pytest.fixture
def workers(database: Database) -> Iterator[Workers]:
    workers = Workers(database)
    yield workers
    workers.server.stop()


def received(server: HTTPServer, path: str) -> Counter[str]:
    """How often each message came, by its key."""
    return Counter(json.loads(request.get_data())["key"] for request, _answer in server.log if request.path == path)


def test_a_killed_worker_loses_nothing_and_tells_nobody_twice(
    cast: Cast, database: Database, workers: Workers, httpserver: HTTPServer
) -> None:
    for path in ("/knows", "/forgets"):
        httpserver.expect_request(path).respond_with_data("ok")
    with cast.acting() as change:  # the clock jumps by leases: nobody shall be reminded meanwhile
        cast.centre.change_setting(change, "reminder_minutes", 600)
    gateway(cast, httpserver.url_for("/knows"), name="甲", recognises_key=True)
    gateway(cast, httpserver.url_for("/forgets"), name="乙")
    for round_ in range(KILLS):
        cast.whistled(room=None)
        assert workers.once(ORDER[round_ % len(ORDER)]) == KILLED
    for _run in range(3):  # what the killed ones held is free after its lease
        assert workers.once() == 0

    db.session.rollback()
    # After 200 leases hours have gone by: periods end, and the house is reminded of them as well.
    whistles = select(Message).where(Message.template == "callout").order_by(Message.id)
    inbox = db.session.scalars(whistles.where(Message.channel_id.is_(None))).all()
    assert [one.state for one in inbox] == [MessageState.SENT] * KILLS
    told = select(func.count()).where(Event.kind == "callout:deliver").group_by(Event.subject_id)
    assert db.session.scalars(told).all() == [1] * KILLS
    assert chain_faults(database) == []

    sent = db.session.scalars(whistles.where(Message.channel_id.is_not(None))).all()
    sealer = cast.app.extensions["sealer"]
    keys = {sealer.mac("message", one.id, one.event_id).hex()[:32] for one in sent}
    by_way = {name: [one for one in sent if one.channel_id == id_] for name, id_ in (("甲", 1), ("乙", 2))}
    assert {one.state for one in by_way["甲"]} == {MessageState.SENT}
    assert len(by_way["甲"]) == len(by_way["乙"]) == len(received(httpserver, "/knows").keys() & keys) == KILLS
    forgetful = received(httpserver, "/forgets")
    assert set(forgetful.values()) <= {1}
    states = Counter(one.state for one in by_way["乙"])
    assert states[MessageState.SENT] + states[MessageState.UNKNOWN] == KILLS
    assert states[MessageState.SENT] <= len(forgetful.keys() & keys)


def test_several_workers_at_once_send_each_message_once(cast: Cast, workers: Workers, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("ok")
    gateway(cast, httpserver.url_for("/sms"))
    for _one in range(12):
        cast.whistled(room=None)
    db.session.rollback()
    names = [workers.start("--once") for _one in range(3)]
    assert [workers.wait(name) for name in names] == [0, 0, 0]
    assert workers.once() == 0
    assert set(received(httpserver, "/sms").values()) == {1}
    assert len(received(httpserver, "/sms")) == 12
    assert {one.state for one in outside()} == {MessageState.SENT}


def test_a_gateway_that_hangs_does_not_keep_the_inbox_waiting(cast: Cast, workers: Workers) -> None:
    import socket

    with socket.socket() as hangs:
        hangs.bind(("127.0.0.1", 0))
        hangs.listen()
        gateway(cast, f"http://127.0.0.1:{hangs.getsockname()[1]}/")
        cast.whistled(room=None)
        db.session.rollback()
        name = workers.start()
        began, end = None, time.monotonic() + WAIT
        while began is None and time.monotonic() < end:
            began = outside()[0].started_at
        cast.whistled(room=None)
        sent: list[MessageState] = []
        while sent != [MessageState.SENT] * 2 and time.monotonic() < end:
            db.session.rollback()
            sent = list(db.session.scalars(select(Message.state).where(Message.channel_id.is_(None))))
        # Both are in the inbox while the gateway still has the first one's connection open.
        assert sent == [MessageState.SENT] * 2
        assert outside()[0].state is MessageState.CLAIMED
        workers.server.kill(name)
