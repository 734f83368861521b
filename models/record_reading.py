"""宣读确认: each participant reads the record of the session, or it is read aloud, and confirms it."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.participant import Participant
from models.words import _

if TYPE_CHECKING:
    from models.mediation import MediationSession


class ReadingWay(StrEnum):
    """How somebody came to know what was written."""

    OWN = "own"
    ALOUD = "aloud"
    INTERPRETER = "interpreter"
    REFUSED = "refused"


class RecordReading(Base):
    """One participant's word on the record as far as it went: `statements` counts what had been taken down."""

    __tablename__ = "record_readings"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    way: Mapped[ReadingWay] = mapped_column(one_of(ReadingWay))
    interpreter: Mapped[str] = mapped_column(String(40), default="")
    statements: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    participant: Mapped[Participant] = relationship()


def confirm_reading(change: Change, mediation: "MediationSession", participant: Participant, way: ReadingWay,
                    interpreter: str = "") -> None:  # fmt: skip
    """Note how the record was read; the same tap twice is one reading. A refusal is a fact like the others."""
    if way is ReadingWay.INTERPRETER and not interpreter.strip():
        raise RuleBroken(_("Enter the interpreter's name"), field="interpreter")
    mediation.dispute.lock_file(change)
    change.lock(mediation.dispute.stream, mediation)
    if not mediation.statements:
        raise RuleBroken(_("Nothing has been taken down that could be read"))
    count, last = len(mediation.statements), newest_readings(mediation).get(participant.id)
    if last is not None and (last.way, last.interpreter, last.statements) == (way, interpreter.strip(), count):
        return
    mediation.readings.append(RecordReading(participant=participant, way=way, interpreter=interpreter.strip(),
                                            statements=count, at=change.at, by_id=change.by.id))  # fmt: skip
    change.session.flush()
    change.record(mediation.dispute.stream, EventKind.RECORD_READ, ("mediation", mediation.id), reading=way.value)
    mediation.dispute.touch(change)


def newest_readings(mediation: "MediationSession") -> dict[int, RecordReading]:
    """Participant id → the last reading."""
    return {reading.participant_id: reading for reading in mediation.readings}
