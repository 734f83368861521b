"""A unit's part in a dispute 单位的角色: who holds it, leads, helps, is called; whoever has a part may read it."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
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
