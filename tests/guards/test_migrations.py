"""Migrations: one line of numbered revisions that ends where the models are, and can be walked both ways with rows."""

import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, event, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from models.base import Base
from tests.support.databases import only_sqlite
from tests.support.morning import Morning
from transaction import db

ROOT = Path(__file__).resolve().parents[2]
FOLDER = str(ROOT / "migrations")
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def revisions() -> list[str]:
    """From the first to the newest."""
    with_config = current_app.extensions["migrate"].migrate.get_config(FOLDER)
    return [script.revision for script in ScriptDirectory.from_config(with_config).walk_revisions()][::-1]


def triggers(connection: Connection) -> list[str]:
    return sorted(connection.scalars(text(TRIGGERS[connection.dialect.name])))


def counts(connection: Connection) -> dict[str, int]:
    present = set(inspect(connection).get_table_names())
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name in present
    }


def test_the_revisions_are_numbered_and_have_one_end() -> None:
    files = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
    assert [name[:5] for name in files] == [f"{number:04d}_" for number in range(1, len(files) + 1)]
    texts = [(ROOT / "migrations" / "versions" / name).read_text("utf-8") for name in files]
    downs = [re.search(r"^down_revision\b.*= (?:\"(\d+)\"|None)", text, re.M) for text in texts]
    assert [found[1] if found else "?" for found in downs] == [None, *(name[:4] for name in files[:-1])]


def test_the_newest_revision_is_what_the_models_say(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, Base.metadata) == []


@only_sqlite
def test_tables_are_copied_without_foreign_keys_which_hold_afterwards(app: Flask) -> None:
    seen = set()

    def look(_c: Connection, cursor: Any, sql: str, *_more: object) -> None:
        if "TABLE" in sql:
            seen.add(cursor.connection.execute("PRAGMA foreign_keys").fetchone()[0])

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", look)
        downgrade(directory=FOLDER, revision="0022")  # 0023 copies a table
        upgrade(directory=FOLDER)
        assert seen == {0}
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_down_and_up_again_loses_no_row_and_no_trigger(app: Flask, morning: Morning) -> None:
    """Each revision is undone and done again with a full database; what existed before it is untouched."""
    db.session.close()
    line = revisions()
    with db.engine.connect() as connection:
        before = counts(connection)
    assert sum(before.values()) > 1000
    for number in range(len(line) - 1, 0, -1):
        with db.engine.connect() as connection:
            guards = triggers(connection)
        assert len(guards) >= 2
        downgrade(FOLDER, revision=line[number - 1])
        with db.engine.connect() as connection:
            older = counts(connection)
        assert older == {name: before[name] for name in older}
        upgrade(FOLDER, revision=line[number])
        with db.engine.connect() as connection:
            assert {name: count for name, count in counts(connection).items() if name in older} == older
            assert triggers(connection) == guards
        downgrade(FOLDER, revision=line[number - 1])


def test_from_the_newest_to_nothing_and_back(app: Flask) -> None:
    with app.app_context():
        with db.engine.connect() as connection:
            guards = triggers(connection)
        downgrade(FOLDER, revision="base")
        with db.engine.connect() as connection:
            assert set(inspect(connection).get_table_names()) == {"alembic_version"}
            assert triggers(connection) == []
        upgrade(FOLDER)
        with db.engine.connect() as connection:
            assert triggers(connection) == guards
            assert MigrationContext.configure(connection).get_current_revision() == revisions()[-1]


@pytest.mark.parametrize("change", ["UPDATE events SET kind = 'x'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_events(app: Flask, morning: Morning, change: str) -> None:
    db.session.close()
    with db.engine.connect() as connection, pytest.raises(DBAPIError, match="events are never changed"):
        connection.execute(text(change))


def test_the_database_refuses_a_word_outside_its_list(app: Flask, morning: Morning) -> None:
    db.session.close()
    with db.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("UPDATE disputes SET status = 'finished'"))
