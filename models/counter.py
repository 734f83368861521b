"""Gapless running numbers: given out inside the transaction that uses them, so none is ever lost or doubled."""

from sqlalchemy import Integer, String, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.change import Change


class Counter(Base):
    """The last number given out of one register, for example `dispute:1:20261123`."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


_NEXT = text(
    "INSERT INTO counters (name, last) VALUES (:name, :count) "
    "ON CONFLICT (name) DO UPDATE SET last = counters.last + excluded.last RETURNING last"
)


def next_number(change: Change, register: str) -> int:
    """The next number of the register; the row stays locked until the change is committed."""
    return next_numbers(change.session, register, 1)[0]


def next_numbers(session: Session, register: str, count: int) -> range:
    """Several numbers in a row."""
    last = int(session.connection().execute(_NEXT, {"name": register, "count": count}).scalar_one())
    return range(last - count + 1, last + 1)
