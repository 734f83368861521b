"""The common ground of all tables: naming, instants, words stored by value."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, inspect
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

# One explicit convention, so that SQLite's batch migrations and PostgreSQL agree on every name.
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite only numbers rows by itself when the key is a plain INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. A naive datetime is refused: nobody can say when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(words: type[StrEnum]) -> Enum:
    """Column type for a closed list of words: stored by value, other words refused by a CHECK of the database."""
    return Enum(
        words,
        name=snake(words.__name__),
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda enum: [word.value for word in enum],
        validate_strings=True,
    )


def snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


class Base(DeclarativeBase):
    """Every table of the centre."""

    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: Instant, int: Key})

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.__dict__.get('id', '')}>"


def key_of(row: Base) -> int:
    """The row's id. It never changes, so a row that a commit has left unread is not read again for it."""
    known = inspect(row).identity
    return int(known[0] if known else row.id)  # type: ignore[attr-defined]


Facts = dict[str, Any]
