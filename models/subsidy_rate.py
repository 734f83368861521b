"""补助标准: what the house pays for each grade, from a day on. A dispute is paid by the table of its closing day.

No official rates are known to this system: each table names the paper it rests on.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.centre import Centre
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.kept import open_row
from models.subsidy_grade import PAID, Grade
from models.words import _


class SubsidyRateTable(Base):
    """The rates of one house from a day on, until the next table begins."""

    __tablename__ = "subsidy_rate_tables"
    __table_args__ = (UniqueConstraint("centre_id", "valid_from"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    valid_from: Mapped[date] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    rates: Mapped[list["SubsidyRate"]] = relationship(cascade="all, delete-orphan", order_by="SubsidyRate.id")

    @classmethod
    def enter(cls, change: Change, centre: Centre, valid_from: date, basis: str,
              rates: Mapping[Grade, int]) -> "SubsidyRateTable":  # fmt: skip
        """A new table. Raises RuleBroken when one begins on this day already."""
        table = cls(centre_id=centre.id)
        table._write(change, None, valid_from, basis, rates)
        return table

    def edit(self, change: Change, version: int, valid_from: date, basis: str, rates: Mapping[Grade, int]) -> None:
        """Put a table right by which nothing was approved yet."""
        self._write(change, version, valid_from, basis, rates)

    def fen(self, grade: Grade) -> int:
        return next((rate.amount_fen for rate in self.rates if rate.grade is grade), 0)

    def _write(self, change: Change, version: int | None, valid_from: date, basis: str,
               rates: Mapping[Grade, int]) -> None:  # fmt: skip
        open_row(change, self, version)
        if version is not None and is_used(change.session, self):
            raise RuleBroken(_("A list was approved by these rates: enter a new table from a later day"))
        others = select(SubsidyRateTable.id).where(
            SubsidyRateTable.centre_id == self.centre_id, SubsidyRateTable.valid_from == valid_from,
            SubsidyRateTable.id != (self.id or 0),
        )  # fmt: skip
        if change.session.scalar(others.limit(1)):
            raise RuleBroken(_("Other rates begin on this day already"), field="valid_from")
        if not basis.strip():
            raise RuleBroken(_("Enter the paper these rates rest on"), field="basis")
        if (self.valid_from, self.basis) == (valid_from, basis.strip()) and all(
            self.fen(grade) == rates[grade] for grade in PAID
        ):
            return
        self.valid_from, self.basis, self.version = valid_from, basis.strip(), (version or 0) + 1
        known = {rate.grade: rate for rate in self.rates}
        for grade in PAID:
            if grade in known:
                known[grade].amount_fen = rates[grade]
            else:
                self.rates.append(SubsidyRate(grade=grade, amount_fen=rates[grade]))
        change.session.add(self)
        change.session.flush()  # the event speaks of its id
        change.record(f"centre:{self.centre_id}", EventKind.SUBSIDY_RATE, ("subsidy-rates", self.id),
                      since=valid_from.isoformat(), fen=[rates[grade] for grade in PAID])  # fmt: skip


class SubsidyRate(Base):
    """What is paid for one dispute of a grade."""

    __tablename__ = "subsidy_rates"
    __table_args__ = (UniqueConstraint("table_id", "grade"), CheckConstraint("amount_fen >= 0", name="not_negative"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("subsidy_rate_tables.id"))
    grade: Mapped[Grade] = mapped_column(one_of(Grade))
    amount_fen: Mapped[int] = mapped_column(BigInteger)


def rate_tables(session: Session, centre_id: int) -> list[SubsidyRateTable]:
    """The newest first."""
    rows = select(SubsidyRateTable).where(SubsidyRateTable.centre_id == centre_id)
    return list(session.scalars(rows.order_by(SubsidyRateTable.valid_from.desc())))


def table_on(tables: Sequence[SubsidyRateTable], day: date) -> SubsidyRateTable | None:
    """The table that is valid on this day: the last one that has begun."""
    begun = (table for table in tables if table.valid_from <= day)
    return max(begun, key=lambda table: table.valid_from, default=None)


def is_used(session: Session, table: SubsidyRateTable) -> bool:
    """Whether an approved list was reckoned by it."""
    from models.subsidy_line import SubsidyLine  # late: lines stand above their rates

    used = exists().where(SubsidyLine.rate_table_id == table.id, SubsidyLine.listed_at.is_not(None))
    return bool(session.scalar(select(used)))
