"""The memory of the house: whoever changes, removes, adds or cuts an event is found, and where."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from models.event import GENESIS, Break, canonical, verify
from models.event_kinds import EventKind
from tests.support.cast import Cast
from transaction import db

OFF = {
    "sqlite": ["DROP TRIGGER events_no_update", "DROP TRIGGER events_no_delete"],
    "postgresql": ["ALTER TABLE events DISABLE TRIGGER USER"],
}
STREAM = "dispute:1"


def found(app: Flask) -> list[Break | tuple[int, int]]:
    db.session.rollback()
    return list(verify(db.session(), app.extensions["sealer"].key("events")))


def tamper(*statements: str) -> None:
    """As somebody with the database's password would: past the application, past the triggers."""
    db.session.close()
    with db.engine.connect().execution_options(write=True) as connection:
        for statement in (*OFF[connection.dialect.name], *statements):
            connection.execute(text(statement))
        connection.commit()


@pytest.fixture
def whole(app: Flask, cast: Cast) -> Callable[[], list[Break]]:
    """A dispute with a whistle; asks for the breaks of the chain."""
    cast.whistled()
    assert [one for one in found(app) if isinstance(one, Break)] == []
    return lambda: [one for one in found(app) if isinstance(one, Break)]


def test_every_event_of_the_stream_follows_from_the_one_before(cast: Cast) -> None:
    cast.whistled()
    rows = db.session.execute(
        text("SELECT seq, prev_hash, hash FROM events WHERE stream = :stream ORDER BY seq"), {"stream": STREAM}
    ).all()
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.prev_hash for row in rows] == [GENESIS, *(row.hash for row in rows[:-1])]
    head = db.session.execute(text("SELECT seq, hash FROM event_heads WHERE stream = :s"), {"s": STREAM}).one()
    assert tuple(head) == (rows[-1].seq, rows[-1].hash)


@pytest.mark.parametrize(
    ("deed", "seq", "reason"),
    [
        ("UPDATE events SET facts = '{}' WHERE stream = 'dispute:1' AND seq = 2", 2, "event-changed"),
        ("UPDATE events SET actor_id = 99 WHERE stream = 'dispute:1' AND seq = 1", 1, "event-changed"),
        ("UPDATE events SET at = '2020-01-01T00:00:00Z' WHERE stream = 'dispute:1' AND seq = 1", 1, "event-changed"),
        ("DELETE FROM events WHERE stream = 'dispute:1' AND seq = 2", 2, "event-missing"),
        ("UPDATE event_heads SET seq = 1 WHERE stream = 'dispute:1'", None, "tail-cut"),
    ],
)
def test_a_changed_or_missing_event_is_found(
    whole: Callable[[], list[Break]], deed: str, seq: int | None, reason: str
) -> None:
    tamper(deed)
    (broken,) = whole()
    assert (broken.stream, broken.reason) == (STREAM, reason)
    assert seq is None or broken.seq == seq


def test_a_cut_tail_is_found_although_what_is_left_adds_up(whole: Callable[[], list[Break]]) -> None:
    last = db.session.execute(text("SELECT max(seq) FROM events WHERE stream = 'dispute:1'")).scalar()
    tamper("DELETE FROM outbox", f"DELETE FROM events WHERE stream = 'dispute:1' AND seq = {last:d}")  # noqa: S608
    assert [(one.seq, one.reason) for one in whole()] == [(last, "tail-cut")]


def test_a_stream_that_vanished_is_found(whole: Callable[[], list[Break]]) -> None:
    tamper("DELETE FROM outbox", "DELETE FROM events WHERE stream = 'dispute:1'")
    assert [(one.stream, one.reason) for one in whole()] == [(STREAM, "tail-cut")]


def test_a_missing_head_is_found(whole: Callable[[], list[Break]]) -> None:
    tamper("DELETE FROM event_heads WHERE stream = 'dispute:1'")
    assert [one.reason for one in whole()] == ["head-missing"]


def test_another_key_fits_nothing(app: Flask, cast: Cast) -> None:
    cast.registered()
    breaks = [one for one in verify(db.session(), b"another key") if isinstance(one, Break)]
    assert {one.reason for one in breaks} == {"event-changed"}
    assert {one.seq for one in breaks} == {1}


def test_facts_are_written_one_way() -> None:
    assert canonical({"b": 1, "a": [2, None], "c": "字"}) == '{"a":[2,null],"b":1,"c":"字"}'


def test_the_count_is_that_of_events_and_streams(app: Flask, cast: Cast) -> None:
    cast.registered()
    with cast.acting() as change:
        change.record("centre:9", EventKind.SETTING_CHANGE, ("centre", 9), setting="x")
    events, streams = db.session.execute(text("SELECT count(*), count(DISTINCT stream) FROM events")).one()
    assert found(app) == [(events, streams)]
