"""A unit's part in a dispute 单位的角色: who holds it, leads, helps, is called; whoever has a part may read it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, Index, SQLColumnExpression, exists, or_, text
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.unit import Unit

if TYPE_CHECKING:
    from models.dispute import Dispute


class Part(StrEnum):
    """What a unit has to do with the dispute; whoever has a part may read it."""

    HOLDER = "holder"
    LEAD = "lead"
    HELPER = "helper"
    CALLED = "called"
    GIVER = "giver"
    COURT = "court"
    AID = "aid"


class DisputeUnit(Base):
    """A unit's part in a dispute; scope reads this table and nothing else."""

    __tablename__ = "dispute_units"
    __table_args__ = (
        Index("ix_dispute_units_dispute_id", "dispute_id", "unit_id"),
        Index("ix_dispute_units_unit_id", "unit_id", "dispute_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    part: Mapped[Part] = mapped_column(one_of(Part))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    dispute: Mapped["Dispute"] = relationship(back_populates="units")
    unit: Mapped[Unit] = relationship()


def has_part(
    dispute_id: SQLColumnExpression[Any], paths: Sequence[str], parts: Collection[Part]
) -> ColumnElement[bool]:
    """A unit at or below one of these paths has one of the parts in the dispute of this column. No path, no dispute."""
    held, unit = aliased(DisputeUnit), aliased(Unit)  # the statement around may join units of its own
    below = or_(*(unit.path.startswith(path, autoescape=True) for path in paths)) if paths else text("1 = 0")
    return exists().where(
        held.dispute_id == dispute_id, held.part.in_(parts), held.until.is_(None), held.unit_id == unit.id, below
    )


def give_part(change: Change, dispute: "Dispute", unit_id: int, part: Part) -> None:
    """The unit has this part from now on; having it twice changes nothing."""
    if not any(held.unit_id == unit_id and held.part is part and held.until is None for held in dispute.units):
        dispute.units.append(DisputeUnit(unit_id=unit_id, part=part, since=change.at))


def end_part(change: Change, dispute: "Dispute", part: Part) -> None:
    """Whoever has this part has it no longer."""
    for held in dispute.units:
        if held.part is part and held.until is None:
            held.until = change.at


def units_with(dispute: "Dispute", part: Part) -> list[Unit]:
    return [held.unit for held in dispute.units if held.part is part and held.until is None]
