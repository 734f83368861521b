"""Recusal 回避: a party asks that somebody else mediates or records; the duty leader or the manager decides."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.assignment import Duty, assign, assigned
from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.party import Party
from models.person import Person
from models.words import _


class RecusalGround(StrEnum):
    INTEREST = "interest"
    KIN = "kin"
    OTHER = "other"


UNDECIDED = text("decided_at IS NULL")


class Recusal(Base):
    __tablename__ = "recusals"
    __table_args__ = (
        Index("uq_recusals_undecided", "dispute_id", "duty", unique=True,
              sqlite_where=UNDECIDED, postgresql_where=UNDECIDED),
        Index("ix_recusals_dispute_id", "dispute_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty: Mapped[Duty] = mapped_column(one_of(Duty))
    ground: Mapped[RecusalGround] = mapped_column(one_of(RecusalGround))
    words: Mapped[str] = mapped_column(String(200), default="")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(Key)
    granted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    dispute: Mapped[Dispute] = relationship(back_populates="recusals")
    party: Mapped[Party] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    successor: Mapped[Person | None] = relationship(foreign_keys=[successor_id])

    @classmethod
    def ask(cls, change: Change, party: Party, duty: Duty, ground: RecusalGround, words: str = "") -> "Recusal":
        """A party asks. While one waits for this duty, asking again is the same request."""
        dispute = party.dispute
        if dispute is None:
            raise LookupError("a party of a consultation has no mediator")
        if ground is RecusalGround.OTHER and not words.strip():
            raise RuleBroken(_("Enter the reason"), field="words")
        dispute.lock_file(change)
        person = assigned(dispute, duty)
        if person is None:
            raise RuleBroken(_("Nobody has this duty now"), field="duty")
        waiting = next((one for one in recusals(change.session, dispute) if one.is_waiting and one.duty is duty), None)
        if waiting is not None:
            return waiting
        recusal = cls(dispute=dispute, party=party, person=person, duty=duty, ground=ground, words=words.strip(),
                      asked_at=change.at)  # fmt: skip
        change.session.add(recusal)
        change.session.flush()  # the event speaks of its id
        recusal._record(change, EventKind.RECUSAL_ASK, ground=ground.value)
        return recusal

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None

    def grant(self, change: Change, successor: Person) -> None:
        """Somebody else takes the duty at once, also in a session that is open."""
        if not self._may_decide(change, granted=True):
            return
        gone = {one.person_id for one in recusals(change.session, self.dispute) if one.granted}
        if successor.id in gone | {self.person_id}:
            raise RuleBroken(_("Choose somebody who has not been asked to withdraw"), field="successor")
        self._decide(change, granted=True)
        self.successor = successor
        assign(change, self.dispute, successor, self.duty)
        for session in self.dispute.sessions:
            if session.ended_at is None:
                setattr(session, self.duty.value, successor)
                session.version += 1
        self._record(change, EventKind.RECUSAL_GRANT)

    def refuse(self, change: Change, reason: str) -> None:
        """It stays as it is; the party is told the reason."""
        if not self._may_decide(change, granted=False):
            return
        if not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        self._decide(change, granted=False)
        self.reason = reason.strip()
        self._record(change, EventKind.RECUSAL_REFUSE)

    def _may_decide(self, change: Change, *, granted: bool) -> bool:
        """Whether a decision is still due; the same one made twice changes nothing, another one is refused."""
        self.dispute.lock_file(change)
        change.lock(self.dispute.stream, self)
        if self.person_id == change.by.id:
            raise RuleBroken(_("Nobody decides about oneself"))
        if self.is_waiting:
            return True
        if self.granted is not granted:
            raise TransitionNotAllowed(_("This request has been decided already"))
        return False

    def _decide(self, change: Change, *, granted: bool) -> None:
        self.decided_at, self.granted, self.decided_by_id = max(change.at, self.asked_at), granted, change.by.id

    def _record(self, change: Change, kind: EventKind, **facts: object) -> None:
        change.record(self.dispute.stream, kind, ("recusal", self.id), person=self.person_id, part=self.duty.value,
                      **facts)  # fmt: skip
        self.dispute.touch(change)


def recusals(session: Session, dispute: Dispute) -> list[Recusal]:
    return list(session.scalars(select(Recusal).where(Recusal.dispute_id == dispute.id).order_by(Recusal.id)))
