"""The yearly register of a presiding body: gapless numbers 文号, one for each dispute it has concluded in its name.

The number is given when a session ends with an agreement or without one, never by printing. An agreement bears it;
further agreements of the same dispute are told apart by 之二, 之三.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key
from models.change import Change
from models.clock import local_day
from models.counter import next_number
from models.dispute import Dispute
from models.event_kinds import EventKind
from models.number_format import written
from models.presiding_body import PresidingBody

_NUMERALS = "零一二三四五六七八九十"


class RegisterNumber(Base):
    __tablename__ = "register_numbers"
    __table_args__ = (UniqueConstraint("body_id", "year", "running"), UniqueConstraint("dispute_id", "body_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("presiding_bodies.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    year: Mapped[int]
    running: Mapped[int]
    # As it was written on that day: a later change of the format does not touch papers that are out.
    text: Mapped[str] = mapped_column(String(120))
    given_at: Mapped[datetime]


def enter_in_register(change: Change, dispute: Dispute, body: PresidingBody) -> RegisterNumber | None:
    """The dispute's number in the body's register of the year; asked for again it is the same one.

    Nothing for a body that keeps no register.
    """
    if not body.register_prefix and not body.number_format:
        return None
    dispute.lock(change)
    known = change.session.scalars(
        select(RegisterNumber).where(RegisterNumber.dispute_id == dispute.id, RegisterNumber.body_id == body.id)
    ).one_or_none()
    if known is not None:
        return known
    dispute.lock_file(change)
    year = local_day(change.at).year
    running = next_number(change, f"register:{body.id}:{year}")
    row = RegisterNumber(body_id=body.id, dispute_id=dispute.id, year=year, running=running, given_at=change.at,
                         text=written(body.number_format, body.register_prefix, year, running))  # fmt: skip
    change.session.add(row)
    change.session.flush()  # the event speaks of its id
    change.record(dispute.stream, EventKind.REGISTER_ENTER, ("register", row.id), body=body.id, year=year,
                  running=running)  # fmt: skip
    return row


def register_numbers(session: Session, dispute: Dispute) -> dict[int, str]:
    """The numbers of the dispute, by the body whose register they stand in."""
    rows = session.execute(
        select(RegisterNumber.body_id, RegisterNumber.text).where(RegisterNumber.dispute_id == dispute.id)
    )
    return dict(rows.tuples().all())


def further(text: str, place: int) -> str:
    """The number of the first agreement as it is, of the second with 之二, and so on."""
    return text if place < 2 else f"{text}之{_NUMERALS[place] if place <= 10 else place}"
