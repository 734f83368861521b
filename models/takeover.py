"""交接班: the desk is taken over by name; what is open stays with somebody who is in the house."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.centre import Centre
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.person import Person, SignIn
from models.words import _


class Takeover(Base):
    """Who took the desk over from whom."""

    __tablename__ = "takeovers"
    __table_args__ = (Index("ix_takeovers_centre_id_at", "centre_id", "at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    given_by: Mapped[Person] = relationship(foreign_keys=from_id)
    taken_by: Mapped[Person] = relationship(foreign_keys=to_id)


def take_over(change: Change, centre: Centre, given_by: Person, taken_by: Person) -> Takeover:
    """`taken_by` answers for the desk from now on."""
    if given_by.id == taken_by.id:
        raise RuleBroken(_("Choose the colleague you take over from"), field="given_by")
    change.open_streams(f"centre:{centre.id}")
    row = Takeover(centre_id=centre.id, from_id=given_by.id, to_id=taken_by.id, at=change.at)
    change.session.add(row)
    change.session.flush()  # the event speaks of its id
    change.record(f"centre:{centre.id}", EventKind.SHIFT_TAKE_OVER, ("takeover", row.id), person=given_by.id)
    return row


def latest(session: Session, centre: Centre) -> Takeover | None:
    rows = select(Takeover).where(Takeover.centre_id == centre.id).order_by(Takeover.at.desc(), Takeover.id.desc())
    return session.scalars(rows.limit(1)).first()


def signed_in(session: Session, now: datetime) -> set[int]:
    """Whoever has a session that is neither over nor locked is at work."""
    at_work = select(SignIn.person_id).where(SignIn.ends_at > now, SignIn.locked_at.is_(None))
    return set(session.scalars(at_work))
