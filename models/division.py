"""Places: county, townships and villages. Villages are keyed by township, kind and name: 古城村 exists twice."""

from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, one_of


class DivisionLevel(StrEnum):
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Division(Base):
    """`code` is official down to the township; below it is the township's code and a list position."""

    __tablename__ = "divisions"
    __table_args__ = (UniqueConstraint("parent_code", "kind", "name"),)

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(String(16), index=True)
    level: Mapped[DivisionLevel] = mapped_column(one_of(DivisionLevel))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str | None] = mapped_column(String(80))
    sort_key: Mapped[str] = mapped_column(String(120), default="")


def below(session: Session, parent_code: str | None) -> list[Division]:
    """The places directly below this one, in the order of their codes."""
    return list(session.scalars(select(Division).where(Division.parent_code == parent_code).order_by(Division.code)))


def full_name(session: Session, code: str | None) -> str:
    """三闸镇高寨村: township and village, without the district everybody is in."""
    place = session.get(Division, code) if code else None
    if place is None:
        return ""
    above = session.get(Division, place.parent_code) if place.level is DivisionLevel.VILLAGE else None
    return (above.name if above else "") + place.name
