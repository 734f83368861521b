"""Places: county, townships and villages. Villages are keyed by township, kind and name: 古城村 exists twice."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, one_of
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.search_keys import pinyin_key
from models.words import _

COLUMNS = ("code", "parent_code", "name", "name_en", "level", "kind")


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


def bring(change: Change, rows: Iterable[Mapping[str, str]]) -> int:
    """Take in a list of places by their codes: new ones are added, known ones take these names. How many there were.

    Raises RuleBroken with the number of the row; the first row of a list holds its headings. A list without any place
    is the wrong file.
    """
    known = set(change.session.scalars(select(Division.code)))
    count = 0
    for number, row in enumerate(rows, 2):
        code, above, name, english, level, kind = ((row.get(column) or "").strip() for column in COLUMNS)
        too_long = max(len(code), len(kind)) > 16 or len(name) > 40 or len(english) > 80
        if too_long or not (code and name and kind and level in list(DivisionLevel)):
            raise RuleBroken(_("Row %(row)s is no place: it needs code, name, level and kind"), row=number)
        if above not in known and (above or level != DivisionLevel.COUNTY):
            raise RuleBroken(_("Row %(row)s lies in %(code)s, which is not known"), row=number, code=above or "-")
        change.session.merge(Division(code=code, parent_code=above or None, level=DivisionLevel(level), kind=kind,
                                      name=name, name_en=english or None, sort_key=pinyin_key(name)))  # fmt: skip
        known.add(code)
        count += 1
    if not count:
        raise RuleBroken(_("There is no place in this list"))
    change.record("places", EventKind.DIVISION_BRING, ("division", None), n=count)
    return count


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
