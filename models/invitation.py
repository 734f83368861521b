"""An invitation 约请: the other side, a third party or an outside body. Voluntary: an expected time, never late."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.party import Party
from models.words import _


class PhoneResult(StrEnum):
    """What the call ended with, one tap. `refused` closes the people's-mediation path (人民调解法 art. 17)."""

    COMING = "coming"
    AGENT = "agent"
    ANOTHER_DAY = "another_day"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"


class Invitation(Base):
    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("dispute_id", "party_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    # An outside body that is not a party, by name.
    who: Mapped[str] = mapped_column(String(80), default="")
    made_at: Mapped[datetime]
    phone_result: Mapped[PhoneResult | None] = mapped_column(one_of(PhoneResult))
    noted_at: Mapped[datetime | None]
    expected_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]

    dispute: Mapped[Dispute] = relationship(back_populates="invitations")
    party: Mapped[Party | None] = relationship()

    @classmethod
    def make(cls, change: Change, dispute: Dispute, party: Party | None, who: str = "") -> "Invitation":
        """Invite a party (once) or a body by name."""
        if party is None and not who.strip():
            raise RuleBroken(_("Enter who is invited"), field="who")
        dispute.lock_file(change)
        for invitation in dispute.invitations:
            if invitation.party_id == party.id if party is not None else invitation.who == who.strip():
                return invitation
        invitation = cls(dispute=dispute, party=party, who=who.strip(), made_at=change.at)
        change.session.add(invitation)
        change.session.flush()  # the event speaks of its id
        change.record(dispute.stream, EventKind.INVITATION_MAKE, ("invitation", invitation.id))
        dispute.touch(change)
        return invitation

    @property
    def name(self) -> str:
        return self.party.name if self.party else self.who

    def note(self, change: Change, result: PhoneResult, in_minutes: int | None = None) -> None:
        """Note what the telephone call ended with; somebody who comes has an expected time."""
        change.lock(self.dispute.stream, self)
        self.phone_result, self.noted_at = result, change.at
        coming = result in (PhoneResult.COMING, PhoneResult.AGENT)
        self.expected_at = change.at + timedelta(minutes=in_minutes) if coming and in_minutes else None
        change.record(self.dispute.stream, EventKind.INVITATION_NOTE, ("invitation", self.id), result=result.value)
        self.dispute.touch(change)

    def arrive(self, change: Change) -> None:
        change.lock(self.dispute.stream, self)
        if self.arrived_at is None:
            self.arrived_at = change.at
            change.record(self.dispute.stream, EventKind.INVITATION_ARRIVE, ("invitation", self.id))
            self.dispute.touch(change)
