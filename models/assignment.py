"""Who mediates and who records: assigned with the whistle, replaced without ceremony."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.event_kinds import EventKind
from models.person import Person


class Duty(StrEnum):
    MEDIATOR = "mediator"
    RECORDER = "recorder"


ASSIGNED_NOW = text("until IS NULL")


class Assignment(Base):
    __tablename__ = "assignments"
    __table_args__ = (
        Index("uq_assignments_now", "dispute_id", "duty", unique=True,
              sqlite_where=ASSIGNED_NOW, postgresql_where=ASSIGNED_NOW),
        Index("ix_assignments_person_id", "person_id", sqlite_where=ASSIGNED_NOW, postgresql_where=ASSIGNED_NOW),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty: Mapped[Duty] = mapped_column(one_of(Duty))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    dispute: Mapped[Dispute] = relationship(back_populates="assignments")
    person: Mapped[Person] = relationship()


def assigned(dispute: Dispute, duty: Duty) -> Person | None:
    """Who has this duty now."""
    return next((row.person for row in dispute.assignments if row.duty is duty and row.until is None), None)


def assign(change: Change, dispute: Dispute, person: Person, duty: Duty) -> None:
    """Give the duty to this person; whoever had it before is relieved."""
    dispute.lock(change)
    held = next((row for row in dispute.assignments if row.duty is duty and row.until is None), None)
    if held is not None and held.person_id == person.id:
        return
    if held is not None:
        held.until = change.at
        change.session.flush()  # one holder at a time, says the unique index
        change.record(dispute.stream, EventKind.ASSIGNMENT_END, ("assignment", held.id),
                      person=held.person_id, part=duty.value)  # fmt: skip
    row = Assignment(dispute=dispute, person=person, duty=duty, since=change.at)
    change.session.add(row)
    change.session.flush()  # the event speaks of its id
    change.record(dispute.stream, EventKind.ASSIGNMENT_MAKE, ("assignment", row.id), person=person.id, part=duty.value)
    dispute.touch(change)
