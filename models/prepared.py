"""SELECTs asked so often that building them would cost more than answering them: compiled once, run by the driver."""

from collections import namedtuple
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Dialect, Enum, Select
from sqlalchemy.orm import Session

from models.base import Instant

_LIST = "__[POSTCOMPILE_{}]"
_MARKS = {"qmark": "?", "format": "%s"}


class Reading:
    """A connection of the bare driver. Whoever needs one state of several statements begins the transaction itself."""

    def __init__(self, dialect: Dialect, connection: Any) -> None:
        self.dialect, self.connection = dialect, connection

    @classmethod
    def of(cls, session: Session) -> "Reading":
        """Within the transaction of this session."""
        connection = session.connection()
        return cls(connection.dialect, connection.connection)

    def rows(self, prepared: "Prepared", **values: Any) -> list[Any]:
        """All rows, as tuples with names. Words of closed lists come as text, which is equal to them."""
        plan = prepared.plan(self.dialect)
        sql, given = plan.filled(values)
        cursor = self.connection.cursor()
        try:
            cursor.execute(sql, given)
            return [plan.row(row) for row in cursor.fetchall()]
        finally:
            cursor.close()


class Prepared:
    """A SELECT with named values; a value bound with `expanding=True` is a list."""

    def __init__(self, statement: Select[Any], row: Any = None) -> None:
        """`row` is a NamedTuple with a place for each column; without one the columns give the names."""
        self.statement = statement
        self.row: Any = row or namedtuple("Row", statement.selected_columns.keys(), rename=True)
        self.plans: dict[str, _Plan] = {}

    def plan(self, dialect: Dialect) -> "_Plan":
        plan = self.plans.get(dialect.name)
        if plan is None:
            plan = self.plans[dialect.name] = _Plan(self.statement, self.row._make, dialect)
        return plan


class _Plan:
    """The SELECT in the words of one database."""

    def __init__(self, statement: Select[Any], make: Callable[[Any], Any], own: Dialect) -> None:
        self.make = make
        style = "qmark" if own.name == "sqlite" else "format"
        dialect: Dialect = type(own)(paramstyle=style)  # type: ignore[call-arg]
        compiled: Any = statement.compile(dialect=dialect)
        self.sql: str = compiled.string
        self.mark = _MARKS[style]
        self.fixed: dict[str, Any] = compiled.params
        self.names: list[str] = list(compiled.positiontup or ())
        self.lists = {name for name in self.names if _LIST.format(name) in self.sql}
        self.binds = {
            name: compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in self.names
        }
        readers = [(place, _reader(column.type, dialect)) for place, column in enumerate(statement.selected_columns)]
        self.readers = [(place, reader) for place, reader in readers if reader is not None]

    def filled(self, values: dict[str, Any]) -> tuple[str, list[Any]]:
        sql, given = self.sql, []
        for name in self.names:
            process = self.binds[name]
            value = values.get(name, self.fixed[name])
            if name in self.lists:
                sql = sql.replace(_LIST.format(name), ", ".join([self.mark] * len(value)) or "NULL")
                given += [process(one) for one in value] if process else list(value)
            else:
                given.append(process(value) if process else value)
        return sql, given

    def row(self, row: Any) -> Any:
        if not self.readers:
            return self.make(row)
        values = list(row)
        for place, reader in self.readers:
            if values[place] is not None:
                values[place] = reader(values[place])
        return self.make(values)


def _reader(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(kind, Enum | Boolean):
        return None  # true and false come as 1 and 0, which are equal to them
    if isinstance(kind, Instant) and dialect.name == "sqlite":
        return _in_utc
    reader: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return reader


def _in_utc(text: str) -> datetime:
    """SQLite keeps moments as text in UTC."""
    return datetime.fromisoformat(text + "+00:00")
