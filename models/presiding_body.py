"""In whose name a session is held: the body's nature, register and seal decide which papers it may issue."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.centre import Centre
from models.change import Change
from models.event_kinds import EventKind
from models.kept import assign, open_row
from models.number_format import check_format
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
    # "({year}){register}第{n:04}号" where it is empty; see models/number_format.py.
    number_format: Mapped[str] = mapped_column(String(60), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship()

    @classmethod
    def create(cls, change: Change, centre: Centre, **facts: Any) -> "PresidingBody":
        body = cls(centre_id=centre.id)
        body._write(change, None, facts)
        return body

    def edit(self, change: Change, version: int, **facts: Any) -> None:
        """Change the body's name, unit or register. Papers it has issued keep what they say."""
        self._write(change, version, facts)

    def _write(self, change: Change, version: int | None, facts: dict[str, Any]) -> None:
        open_row(change, self, version)
        check_format(facts.get("number_format", ""))
        changed = assign(change, self, facts)
        if not changed:
            return
        self.version = (version or 0) + 1
        change.session.add(self)
        change.session.flush()  # the event speaks of its id
        change.record(f"centre:{self.centre_id}", EventKind.BODY_EDIT, ("body", self.id), body=self.id, fields=changed)
