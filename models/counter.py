"""Gapless running numbers: given out inside the transaction that uses them, so none is ever lost or doubled."""

from sqlalchemy import Integer, String, update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.change import Change


class Counter(Base):
    """The last number given out of one register, for example `dispute:1:20261123`."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


def next_number(change: Change, register: str) -> int:
    """The next number of the register; the row stays locked until the change is committed."""
    given = change.session.execute(
        update(Counter)
        .where(Counter.name == register)
        .values(last=Counter.last + 1)
        .returning(Counter.last)
        .execution_options(synchronize_session=False)
    ).scalar()
    if given is not None:
        return int(given)
    change.begin_row(Counter, name=register, last=0)
    return next_number(change, register)
