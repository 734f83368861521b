"""`flask audit verify`: says ok, and where the record was tampered with."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from commands.worker import tidy
from models.event import SEALED_COLUMNS, Event, EventHead, sealed_hash
from models.outbox import Message
from tests.support.cast import Cast
from transaction import db

STREAM = "dispute:1"


def verify(cast: Cast) -> tuple[int, list[str]]:
    db.session.rollback()
    result = cast.app.test_cli_runner().invoke(args=["audit", "verify"])
    return result.exit_code, result.output.splitlines()


def rows(connection: Connection) -> list[dict]:
    statement = select(Event.__table__).where(Event.stream == STREAM).order_by(Event.seq)
    return [dict(row) for row in connection.execute(statement).mappings()]


def put(connection: Connection, at: int, **values: object) -> None:
    connection.execute(update(Event.__table__).where(Event.stream == STREAM, Event.seq == at).values(**values))


def edit(connection: Connection) -> tuple[int, str]:
    put(connection, 2, facts='{"units":[2]}')
    return 2, "event-changed"


def delete_middle(connection: Connection) -> tuple[int, str]:
    connection.execute(delete(Event.__table__).where(Event.stream == STREAM, Event.seq == 2))
    return 2, "event-missing"


def insert_one(connection: Connection) -> tuple[int, str]:
    last = rows(connection)[-1]
    made = {**last, "seq": last["seq"] + 1, "prev_hash": last["hash"], "hash": "f" * 64}
    made.pop("id")
    connection.execute(insert(Event.__table__).values(made))
    connection.execute(update(EventHead.__table__).where(EventHead.stream == STREAM)
                       .values(seq=made["seq"], hash=made["hash"]))  # fmt: skip
    return made["seq"], "event-changed"


def reorder(connection: Connection) -> tuple[int, str]:
    put(connection, 2, seq=1000)
    put(connection, 3, seq=2)
    put(connection, 1000, seq=3)
    return 2, "chain-broken"


def cut_tail(connection: Connection) -> tuple[int, str]:
    last = rows(connection)[-1]["seq"]
    connection.execute(delete(Event.__table__).where(Event.stream == STREAM, Event.seq == last))
    return last, "tail-cut"


def recompute(connection: Connection) -> tuple[int, str]:
    """Somebody with the database but without the key writes the whole stream anew, heads and all."""
    previous = "0" * 64
    for row in rows(connection):
        row["prev_hash"] = previous
        previous = sealed_hash(b"another key", {name: row[name] for name in SEALED_COLUMNS})
        put(connection, row["seq"], prev_hash=row["prev_hash"], hash=previous)
    connection.execute(update(EventHead.__table__).where(EventHead.stream == STREAM).values(hash=previous))
    return 1, "event-changed"


def drop_guards(connection: Connection) -> None:
    on = " ON events" if connection.dialect.name == "postgresql" else ""
    for verb in ("update", "delete"):
        connection.execute(text(f"DROP TRIGGER events_no_{verb}{on}"))
    connection.execute(delete(Message))  # messages point at the events they came from


def test_a_whole_record_is_ok(cast: Cast) -> None:
    cast.whistled()
    events, streams = db.session.query(Event).count(), db.session.query(EventHead).filter(EventHead.seq > 0).count()
    assert verify(cast) == (0, [f"ok events={events} streams={streams}"])


@pytest.mark.parametrize("tamper", [edit, delete_middle, insert_one, reorder, cut_tail, recompute])
def test_tampering_is_found_at_its_place(cast: Cast, tamper: Callable[[Connection], tuple[int, str]]) -> None:
    cast.whistled()
    db.session.rollback()
    with db.engine.begin() as connection:
        drop_guards(connection)
        seq, reason = tamper(connection)
    code, lines = verify(cast)
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"broken stream={STREAM} seq={seq} event=")
    assert lines[0].endswith(f"reason={reason}")


def test_a_stream_that_is_gone_is_missed(cast: Cast) -> None:
    cast.whistled()
    db.session.rollback()
    with db.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(delete(Event.__table__).where(Event.stream == STREAM))
    assert verify(cast) == (1, [f"broken stream={STREAM} seq=1 event=- reason=tail-cut"])


def test_a_head_that_is_gone_is_missed(cast: Cast) -> None:
    cast.whistled()
    last = db.session.query(Event).filter_by(stream=STREAM).count()
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(delete(EventHead.__table__).where(EventHead.stream == STREAM))
    assert verify(cast) == (1, [f"broken stream={STREAM} seq={last} event=- reason=head-missing"])


def sealed(cast: Cast) -> int:
    """A record as a night leaves it; returns the place of the seal."""
    cast.whistled()
    tidy()
    return db.session.query(Event).filter_by(kind="audit:seal").one().seq


def test_what_happens_after_the_night_leaves_the_seal_whole(cast: Cast) -> None:
    sealed(cast)
    cast.whistled(room=None)
    assert verify(cast)[0] == 0
    tidy()
    assert verify(cast)[0] == 0


def cut_with_its_head(connection: Connection) -> None:
    *_, kept, last = rows(connection)
    connection.execute(delete(Event.__table__).where(Event.stream == STREAM, Event.seq == last["seq"]))
    head = update(EventHead.__table__).where(EventHead.stream == STREAM)
    connection.execute(head.values(seq=kept["seq"], hash=kept["hash"]))


def take_the_whole_stream(connection: Connection) -> None:
    connection.execute(delete(Event.__table__).where(Event.stream == STREAM))
    connection.execute(delete(EventHead.__table__).where(EventHead.stream == STREAM))


@pytest.mark.parametrize("tamper", [cut_with_its_head, take_the_whole_stream])
def test_an_end_cut_off_together_with_its_head_breaks_the_seal(
    cast: Cast, tamper: Callable[[Connection], None]
) -> None:
    seq = sealed(cast)
    db.session.rollback()
    with db.engine.begin() as connection:
        drop_guards(connection)
        tamper(connection)
    code, lines = verify(cast)
    assert code == 1
    [sealed_line] = [line for line in lines if "stream-missing" not in line]
    assert sealed_line.startswith(f"broken stream=audit seq={seq} event=")
    assert sealed_line.endswith("reason=seal-broken")


@pytest.mark.parametrize("stream", [STREAM, "person:2", "unit:7", "centre:1"])
def test_a_stream_taken_away_with_its_head_is_missed_before_any_night(cast: Cast, stream: str) -> None:
    """What began with an event is still there."""
    cast.whistled()
    db.session.rollback()
    with db.engine.begin() as connection:
        drop_guards(connection)
        for table in (Event, EventHead):
            connection.execute(delete(table.__table__).where(table.stream == stream))
    assert verify(cast) == (1, [f"broken stream={stream} seq=1 event=- reason=stream-missing"])


def test_the_database_itself_refuses_to_change_the_record(cast: Cast) -> None:
    for statement in ("UPDATE events SET seq = seq", "DELETE FROM events"):
        with pytest.raises(Exception, match="never changed"), db.engine.begin() as connection:
            connection.execute(text(statement))
