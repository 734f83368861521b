"""One dispute on a subsidy list: its grade, its rate, the shares of its mediators, and what its file holds.

Everything stands here as it was when the list was drawn up; once the list is approved nothing changes any more. A
correction is a line of a later list that carries the difference.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Optional

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session, relationship

from models.base import Base, Key, one_of
from models.dispute import Dispute
from models.person import Person
from models.subsidy_grade import GRADE_OF, Grade, GradeGround, ground_in, shared
from models.subsidy_rate import SubsidyRateTable, table_on

if TYPE_CHECKING:
    from models.subsidy_list import SubsidyList
    from models.subsidy_matter import SettledMatter

LISTED = text("listed_at IS NOT NULL AND corrects_id IS NULL")


@dataclass(frozen=True)
class Evidence:
    """The file behind a line: how many papers it must hold, and how many of them are not complete."""

    papers: int
    lacking: int


class SubsidyLine(Base):
    __tablename__ = "subsidy_lines"
    __table_args__ = (
        UniqueConstraint("list_id", "dispute_id"),
        # Never listed twice: what comes later is a correction of the first.
        Index("uq_subsidy_lines_listed", "dispute_id", unique=True, sqlite_where=LISTED, postgresql_where=LISTED),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("subsidy_lists.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy_lines.id"))
    closed_on: Mapped[date] = mapped_column(Date)
    ground: Mapped[GradeGround] = mapped_column(one_of(GradeGround))
    grade: Mapped[Grade] = mapped_column(one_of(Grade))
    # Why a person changed the grade, or why the line corrects an earlier one.
    reason: Mapped[str] = mapped_column(String(200), default="")
    graded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # Empty where no table was valid on the closing day.
    rate_table_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy_rate_tables.id"))
    rate_fen: Mapped[int | None] = mapped_column(BigInteger)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    papers: Mapped[int]
    lacking: Mapped[int]
    archive_number: Mapped[str] = mapped_column(String(20), default="")
    listed_at: Mapped[datetime | None]

    subsidy_list: Mapped["SubsidyList"] = relationship(back_populates="lines")
    dispute: Mapped[Dispute] = relationship()
    corrects: Mapped[Optional["SubsidyLine"]] = relationship(remote_side=[id])
    graded_by: Mapped[Person | None] = relationship()
    shares: Mapped[list["SubsidyShare"]] = relationship(cascade="all, delete-orphan", order_by="SubsidyShare.position",
                                                        back_populates="line")  # fmt: skip

    @property
    def recorded_grade(self) -> Grade:
        """What the record alone makes of it."""
        return GRADE_OF[self.ground]

    @property
    def is_ready(self) -> bool:
        """Whether it may go into the list: the file is complete and the amount is known."""
        return self.lacking == 0 and self.amount_fen is not None

    @property
    def is_changed(self) -> bool:
        """Whether a person decided otherwise than the record."""
        return self.corrects_id is None and self.grade is not self.recorded_grade

    @property
    def is_late(self) -> bool:
        """Closed before the period of its list: an earlier list could not take it yet."""
        return self.corrects_id is None and self.closed_on < self.subsidy_list.first_day

    @property
    def is_reopened(self) -> bool:
        """Approved, and taken up again since: somebody looks whether it is to be corrected."""
        closed_at = self.dispute.closed_at
        return self.listed_at is not None and (closed_at is None or closed_at > self.listed_at)

    @property
    def mediators(self) -> list[Person]:
        return [share.person for share in self.shares]

    def take(self, matter: "SettledMatter", evidence: Evidence) -> None:
        """Write down what the record says now; a person's decision on the grade stays."""
        decided = self.graded_by_id is not None
        self.ground = ground_in(matter.effort)
        if not decided:
            self.grade = self.recorded_grade
        self.closed_on, self.archive_number = matter.closed_on, matter.archive_number
        self.papers, self.lacking = evidence.papers, evidence.lacking
        known = {share.person_id: share for share in self.shares}
        self.shares = [known.get(person.id) or SubsidyShare(person_id=person.id) for person in matter.mediators]
        for place, share in enumerate(self.shares, 1):
            share.position = place

    def price(self, session: Session, tables: Sequence[SubsidyRateTable]) -> None:
        """Reckon rate, amount and shares; of a correction only what differs from everything approved before."""
        table = table_on(tables, self.closed_on)
        self.rate_table_id = table.id if table else None
        self.rate_fen = table.fen(self.grade) if table else None
        self.amount_fen = None
        if self.rate_fen is None:
            return
        paid = paid_before(session, self.dispute_id) if self.corrects_id is not None else Counter[int]()
        parts = shared(self.rate_fen, len(self.shares))
        for share, part in zip(self.shares, parts, strict=True):
            share.amount_fen = part - paid[share.person_id]
        self.amount_fen = sum(share.amount_fen for share in self.shares)

    def agrees_with(self, matter: "SettledMatter | None", tables: Sequence[SubsidyRateTable]) -> bool:
        """Whether the record still says what the line says."""
        table = table_on(tables, self.closed_on)
        return (
            matter is not None
            and matter.closed_on == self.closed_on
            and GRADE_OF[ground_in(matter.effort)] is self.recorded_grade
            and [person.id for person in matter.mediators] == [share.person_id for share in self.shares]
            and (table.fen(self.grade) if table else None) == self.rate_fen
        )

    @property
    def successor(self) -> "SubsidyLine | None":
        """The newest approved correction of this line."""
        session = object_session(self)
        rows = select(SubsidyLine).where(SubsidyLine.corrects_id == self.id, SubsidyLine.listed_at.is_not(None))
        return session.scalars(rows.order_by(SubsidyLine.id.desc()).limit(1)).first() if session else None


class SubsidyShare(Base):
    """What one mediator is paid for a line."""

    __tablename__ = "subsidy_shares"
    __table_args__ = (UniqueConstraint("line_id", "person_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("subsidy_lines.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    position: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(BigInteger, default=0)

    line: Mapped[SubsidyLine] = relationship(back_populates="shares")
    person: Mapped[Person] = relationship()


def paid_before(session: Session, dispute_id: int) -> Counter[int]:
    """What approved lists pay for this dispute so far, in fen by person."""
    rows = session.execute(
        select(SubsidyShare.person_id, SubsidyShare.amount_fen).join(SubsidyLine)
        .where(SubsidyLine.dispute_id == dispute_id, SubsidyLine.listed_at.is_not(None))
    )  # fmt: skip
    paid = Counter[int]()
    for person_id, fen in rows:
        paid[person_id] += fen
    return paid
