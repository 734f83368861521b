"""In whose name a session is held: the body's nature, register and seal decide which papers it may issue."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.unit import Unit


class BodyKind(StrEnum):
    PEOPLE_COMMITTEE = "people_committee"
    INDUSTRY_COMMITTEE = "industry_committee"
    ADMINISTRATIVE = "administrative"
    COURT = "court"
    CENTRE_WITNESS = "centre_witness"


class PresidingBody(Base):
    __tablename__ = "presiding_bodies"
    __table_args__ = (UniqueConstraint("centre_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[BodyKind] = mapped_column(one_of(BodyKind))
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str | None] = mapped_column(String(160))
    register_prefix: Mapped[str] = mapped_column(String(20), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship()
