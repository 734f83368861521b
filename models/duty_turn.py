"""Who of the unit answers the whistle on one day (值班人员), and who stands in for him (替班)."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.sealed import Sealer
from models.unit import Unit

if TYPE_CHECKING:
    from models.person import Person


class DutyTurn(Base):
    __tablename__ = "duty_turns"
    __table_args__ = (UniqueConstraint("unit_id", "day"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(60), default="")
    telephone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    deputy_name: Mapped[str] = mapped_column(String(60), default="")
    deputy_post: Mapped[str] = mapped_column(String(60), default="")
    deputy_telephone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The officer is away on this day: the deputy is told instead of him.
    is_deputised: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship()
    person: Mapped["Person | None"] = relationship()

    @property
    def tells_deputy(self) -> bool:
        """The deputy stands in, or is the only one."""
        return self.is_deputised or not self.name

    @property
    def told_name(self) -> str:
        """Who is told on this day."""
        return self.deputy_name if self.tells_deputy else self.name

    def clear_telephone(self, sealer: Sealer) -> str:
        """The officer's telephone in clear, empty when there is none."""
        sealed = self.telephone_sealed
        return sealer.open("duty_turns", "telephone", self.uid, sealed) if sealed else ""

    def clear_deputy_telephone(self, sealer: Sealer) -> str:
        sealed = self.deputy_telephone_sealed
        return sealer.open("duty_turns", "deputy_telephone", self.uid, sealed) if sealed else ""


def turn_of(session: Session, unit: Unit, day: date) -> DutyTurn | None:
    """The unit's turn on this day; nothing where nobody was entered."""
    return session.scalars(select(DutyTurn).where(DutyTurn.unit_id == unit.id, DutyTurn.day == day)).one_or_none()
