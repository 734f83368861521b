"""The whole record of a database as one comparable value: what a request that only reads must leave as it was."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, Table, select

from models.base import Base
from transaction import db

# Written without events, also while somebody only looks.
OPERATIONAL = frozenset(
    {
        "sessions",
        "throttles",
        "submissions",
        "heartbeat",
        "outbox",
        "board_revisions",
        "board_changes",
        "presences",
        "screen_signs",
    }
)
# Refusals are noted here, whatever kind of request was refused.
SECURITY = "security"


def records() -> dict[str, str]:
    """A digest of every table of the record, read on a connection of its own."""
    with db.engine.connect() as connection:
        return {table.name: _digest(connection, table) for table in _tables()}


def events() -> int:
    """How many events there are, refusals not counted."""
    table = Base.metadata.tables["events"]
    with db.engine.connect() as connection:
        return len(connection.execute(select(table.c.id).where(table.c.stream != SECURITY)).all())


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that differ."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _tables() -> Iterable[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in OPERATIONAL]


def _digest(connection: Connection, table: Table) -> str:
    rows = select(table).order_by(*table.primary_key.columns)
    if "stream" in table.c:
        rows = rows.where(table.c.stream != SECURITY)
    digest = hashlib.sha256()
    for row in connection.execute(rows):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
