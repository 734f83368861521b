"""Wrong guesses counted per kind and address (operational): after a few in a minute the next ones are not looked at."""

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
    with transaction(actor) as change:
        insert = postgresql.insert if change.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        fresh = Throttle.since <= change.at - WINDOW
        failures = change.session.execute(
            insert(Throttle)
            .values(key=_key(kind, address), failures=1, since=change.at)
            .on_conflict_do_update(
                index_elements=[Throttle.key],
                set_={
                    "failures": case((fresh, 1), else_=Throttle.failures + 1),
                    "since": case((fresh, change.at), else_=Throttle.since),
                },
            )
            .returning(Throttle.failures)
        ).scalar_one()
        if failures == MOST_WRONG:
            change.record("security", EventKind.SECURITY_REFUSE, ("route", None), reason="throttle", route=kind)


def _key(kind: str, address: str) -> str:
    return f"{kind}|{address}"
