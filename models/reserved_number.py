"""应急包: numbers reserved for paper slips of a morning; each is used once, when its slip is entered afterwards."""

import re
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key
from models.centre import Centre
from models.change import Change
from models.clock import local_day
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.words import _

SLIPS = 20


class ReservedNumber(Base):
    """应急-20261123-01: stands on a blank form and on the sign-in sheet behind it."""

    __tablename__ = "reserved_numbers"
    __table_args__ = (UniqueConstraint("centre_id", "number"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    day: Mapped[date] = mapped_column(Date)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(24))
    used_at: Mapped[datetime | None]

    def use(self, change: Change) -> None:
        """Raises RuleBroken when another slip was entered under this number."""
        change.lock(f"centre:{self.centre_id}", self)
        if self.used_at is not None:
            raise RuleBroken(_("%(number)s has been entered already"), field="paper_number", number=self.number)
        self.used_at = change.at


def prepare_pack(change: Change, centre: Centre) -> list[ReservedNumber]:
    """The day's numbers, reserved when first asked for; printed again they stay the same."""
    change.open_streams(f"centre:{centre.id}")
    day = local_day(change.at)
    held = reserved(change.session, centre, day)
    if not held:
        held = [ReservedNumber(centre_id=centre.id, day=day, position=place, number=f"应急-{day:%Y%m%d}-{place:02d}")
                for place in range(1, SLIPS + 1)]  # fmt: skip
        change.session.add_all(held)
        change.session.flush()
    change.record(f"centre:{centre.id}", EventKind.PACK_PRINT, ("centre", centre.id), day=day.isoformat(),
                  count=len(held))  # fmt: skip
    return held


def reserved(session: Session, centre: Centre, day: date) -> list[ReservedNumber]:
    numbers = select(ReservedNumber).where(ReservedNumber.centre_id == centre.id, ReservedNumber.day == day)
    return list(session.scalars(numbers.order_by(ReservedNumber.position)))


def find_number(session: Session, centre: Centre, typed: str) -> ReservedNumber | None:
    """By the whole number, by month, day and place (1123-01), or by the place alone on the newest pack."""
    digits = re.findall(r"\d+", typed)
    numbers = select(ReservedNumber).where(ReservedNumber.centre_id == centre.id)
    if not digits or len(digits) > 2:
        return None
    if len(digits) == 2:
        tail = f"{digits[0]}-{int(digits[1]):02d}"
        return session.scalars(
            numbers.where(ReservedNumber.number.endswith(tail, autoescape=True))
            .order_by(ReservedNumber.day.desc()).limit(1)
        ).first()  # fmt: skip
    newest = select(func.max(ReservedNumber.day)).where(ReservedNumber.centre_id == centre.id).scalar_subquery()
    place = int(digits[0][:6])
    return session.scalars(numbers.where(ReservedNumber.day == newest, ReservedNumber.position == place)).first()
