"""A visit 来访: people at the window, or a transfer. It opens a dispute, joins one, or is answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.centre import Centre
from models.change import Change
from models.clock import local_day
from models.codes import resident_code
from models.counter import next_number
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.person import Person
from models.room import Room
from models.words import _

if TYPE_CHECKING:
    from models.dispute import Dispute
    from models.party import Party


class Channel(StrEnum):
    """How the matter came to the centre."""

    WINDOW = "window"
    TELEPHONE = "telephone"
    PETITION = "petition"
    HOTLINE = "hotline"
    TOWNSHIP = "township"
    VILLAGE = "village"
    VILLAGE_OWN = "village_own"
    POLICE = "police"
    COURT = "court"
    PATROL = "patrol"


class VisitPurpose(StrEnum):
    NEW = "new"
    FOLLOW_UP = "follow_up"
    SUPPLEMENT = "supplement"
    URGE = "urge"
    CONSULTATION = "consultation"


class Visit(Base):
    __tablename__ = "visits"
    __table_args__ = (
        UniqueConstraint("centre_id", "day", "queue_number"),
        Index("ix_visits_centre_id_day", "centre_id", "day"),
        Index("ix_visits_dispute_id", "dispute_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"))
    purpose: Mapped[VisitPurpose] = mapped_column(one_of(VisitPurpose))
    channel: Mapped[Channel] = mapped_column(one_of(Channel), default=Channel.WINDOW)
    from_division: Mapped[str | None] = mapped_column(String(16))
    day: Mapped[date] = mapped_column(Date)
    queue_number: Mapped[str] = mapped_column(String(8))
    arrived_at: Mapped[datetime]
    head_count: Mapped[int]
    representatives: Mapped[int | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]

    centre: Mapped[Centre] = relationship()
    dispute: Mapped["Dispute | None"] = relationship(back_populates="visits")
    taken_by: Mapped[Person | None] = relationship()
    parties: Mapped[list["Party"]] = relationship(back_populates="visit")

    @classmethod
    def open(cls, change: Change, centre: Centre, purpose: VisitPurpose, head_count: int, *,
             at: datetime | None = None, **facts: object) -> "Visit":  # fmt: skip
        """Take the visit in: daily queue number, who took it, when. The stream is told by the caller.

        `at` is when the people came, if that is entered later.
        """
        if head_count < 1:
            raise RuleBroken(_("Enter how many people came, at least 1"), field="head_count")
        at = at or change.at
        day = local_day(at)
        # Nobody waits in the hall for what the court passes on: it has a series of its own.
        queue, letter = ("court-queue", "C") if facts.get("channel") is Channel.COURT else ("queue", "A")
        number = next_number(change, f"{queue}:{centre.id}:{day:%Y%m%d}")
        visit = cls(centre_id=centre.id, purpose=purpose, head_count=head_count, day=day,
                    queue_number=f"{letter}{number:03d}", arrived_at=at,
                    taken_by_id=change.by.id if change.by.kind == "user" else None, **facts)  # fmt: skip
        change.session.add(visit)
        if visit.dispute is None:
            change.session.flush()  # its id names the stream
        return visit

    @property
    def stream(self) -> str:
        return f"dispute:{self.dispute_id}" if self.dispute_id else f"visit:{self.id}"

    def brought_people(self, day: date) -> bool:
        """Somebody came on this day; with what a court passes on nobody comes."""
        return self.day == day and self.channel is not Channel.COURT

    def give_answer(self, change: Change, text: str) -> None:
        """Answer a consultation; it needs no dispute."""
        if self.purpose is not VisitPurpose.CONSULTATION:
            raise RuleBroken(_("Only a consultation ends with an answer"))
        if not text.strip():
            raise RuleBroken(_("Enter the answer that was given"), field="answer")
        change.lock(self.stream, self)
        if self.answered_at is not None:
            raise TransitionNotAllowed(_("This question has been answered already"))
        self.answer, self.answered_at = text.strip(), change.at
        change.record(self.stream, EventKind.VISIT_ANSWER, ("visit", self.id))

    def call(self, change: Change, room: Room) -> None:
        """叫号: the hall is told which room this queue number goes to. May be called again."""
        change.lock(self.stream, self)
        self.called_at = change.at
        change.record(self.stream, EventKind.VISIT_CALL, ("visit", self.id), queue=self.queue_number, room=room.id)
        if self.dispute is not None:
            self.dispute.touch(change)

    def print_slip(self, change: Change) -> str:
        """Give out the resident's code for a new print of the slip; earlier codes stay valid."""
        change.lock(self.stream, self)
        last = change.session.scalar(select(func.max(VisitPrint.number)).where(VisitPrint.visit_id == self.id)) or 0
        code = resident_code(change.sealer.key("resident-code"), self.id, last + 1)
        digest = change.sealer.index("resident-code", code)
        change.session.add(VisitPrint(visit_id=self.id, number=last + 1, code_index=digest, at=change.at))
        change.record(self.stream, EventKind.VISIT_PRINT, ("visit", self.id), print=last + 1)
        return code


class VisitPrint(Base):
    """One print of the slip. Of its code only a blind index is kept; the code itself can be computed again."""

    __tablename__ = "visit_prints"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[int]
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime]

    visit: Mapped[Visit] = relationship()
