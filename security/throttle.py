"""What may be done only so often within a minute, counted per kind and asker (operational): guesses, and uploads."""

from datetime import timedelta

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite

from models.actor import Actor
from models.event_kinds import EventKind
from models.person import Throttle
from transaction import db, now, transaction

WINDOW = timedelta(minutes=1)
MOST_WRONG = 5


def is_throttled(kind: str, address: str) -> bool:
    """Whether this address has guessed wrong too often within the last minute."""
    statement = select(Throttle.failures).where(Throttle.key == _key(kind, address), Throttle.since > now() - WINDOW)
    return (db.session.scalar(statement) or 0) >= MOST_WRONG


def count_wrong(actor: Actor, kind: str, address: str) -> None:
    """Count one wrong guess; the one that uses up the minute is written to the stream `security`."""
    _count(actor, kind, address, told_at=MOST_WRONG)


def takes_turn(actor: Actor, kind: str, asker: str, most: int) -> bool:
    """Count one piece of costly work, and say whether it is among the first `most` of its minute.

    The first one beyond is written to the stream `security`.
    """
    return _count(actor, kind, asker, told_at=most + 1) <= most


def _count(actor: Actor, kind: str, asker: str, told_at: int) -> int:
    with transaction(actor) as change:
        insert = postgresql.insert if change.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        fresh = Throttle.since <= change.at - WINDOW
        counted = change.session.execute(
            insert(Throttle)
            .values(key=_key(kind, asker), failures=1, since=change.at)
            .on_conflict_do_update(
                index_elements=[Throttle.key],
                set_={
                    "failures": case((fresh, 1), else_=Throttle.failures + 1),
                    "since": case((fresh, change.at), else_=Throttle.since),
                },
            )
            .returning(Throttle.failures)
        ).scalar_one()
        if counted == told_at:
            change.record("security", EventKind.SECURITY_REFUSE, ("route", None), reason="throttle", route=kind)
    return int(counted)


def _key(kind: str, asker: str) -> str:
    return f"{kind}|{asker}"
