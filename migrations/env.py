"""Runs the revisions, one transaction each; SQLite copies tables without foreign keys, which are checked afterwards."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import models  # noqa: F401 - knows every table
from models.base import Base
from transaction import db


def include(_object: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    """Shadow tables of a full-text index belong to SQLite itself."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


def run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    # Of the driver itself: within a transaction, which SQLAlchemy would begin first, SQLite ignores it.
    driver: Any = connection.connection.dbapi_connection
    if sqlite:
        driver.execute("PRAGMA foreign_keys=OFF")
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True,
                      transaction_per_migration=True, include_object=include)  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        connection.commit()
        driver.execute("PRAGMA foreign_keys=ON")
        if broken:
            raise RuntimeError(f"a migration left rows without their parents: {broken[:5]}")


if current_app:
    with db.engine.connect() as connection:
        run(connection)
