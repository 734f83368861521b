"""Who mediates and who records: assigned with the whistle, replaced without ceremony."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.errors import Stale
from models.event_kinds import EventKind
from models.person import Person
from models.reporting import ArrivalMethod
from models.words import _


class Duty(StrEnum):
    MEDIATOR = "mediator"
    RECORDER = "recorder"


ASSIGNED_NOW = text("until IS NULL")


class Assignment(Base):
    __tablename__ = "assignments"
    __table_args__ = (
        Index("uq_assignments_now", "dispute_id", "duty", unique=True,
              sqlite_where=ASSIGNED_NOW, postgresql_where=ASSIGNED_NOW),
        Index("ix_assignments_dispute_id", "dispute_id"),
        Index("ix_assignments_since", "since"),
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


def recorded_as(dispute: Dispute, person: Person | None) -> ArrivalMethod:
    """Who records an arrival says how it was recorded."""
    if person is not None and assigned(dispute, Duty.MEDIATOR) is person:
        return ArrivalMethod.MEDIATOR
    if person is not None and assigned(dispute, Duty.RECORDER) is person:
        return ArrivalMethod.RECORDER
    return ArrivalMethod.DESK


def assignment_version(dispute: Dispute) -> int:
    """Changes with everybody assigned or relieved: the form over both duties carries it as its version."""
    return 1 + sum(1 if row.until is None else 2 for row in dispute.assignments)


def reassign(change: Change, dispute: Dispute, version: int, mediator: Person | None, recorder: Person | None) -> None:
    """Set both duties at once. Raises Stale when somebody was assigned after the form had been opened."""
    dispute.lock_file(change)
    if assignment_version(dispute) != version:
        raise Stale(_("Somebody else has changed this record in the meantime"))
    for duty, person in ((Duty.MEDIATOR, mediator), (Duty.RECORDER, recorder)):
        if person is not None:
            assign(change, dispute, person, duty)
        else:
            relieve(change, dispute, duty)


def relieve(change: Change, dispute: Dispute, duty: Duty) -> None:
    """Nobody has this duty from now on."""
    dispute.lock_file(change)
    held = next((row for row in dispute.assignments if row.duty is duty and row.until is None), None)
    if held is not None:
        held.until = change.at
        change.session.flush()  # one holder at a time, says the unique index
        change.record(dispute.stream, EventKind.ASSIGNMENT_END, ("assignment", held.id),
                      person=held.person_id, part=duty.value)  # fmt: skip
        dispute.touch(change)


def assign(change: Change, dispute: Dispute, person: Person, duty: Duty) -> None:
    """Give the duty to this person; whoever had it before is relieved."""
    dispute.lock_file(change)
    held = next((row for row in dispute.assignments if row.duty is duty and row.until is None), None)
    if held is not None and held.person_id == person.id:
        return
    relieve(change, dispute, duty)
    row = Assignment(dispute=dispute, person=person, duty=duty, since=change.at)
    change.session.add(row)
    change.session.flush()  # the event speaks of its id
    change.record(dispute.stream, EventKind.ASSIGNMENT_MAKE, ("assignment", row.id), person=person.id, part=duty.value)
    dispute.touch(change)
