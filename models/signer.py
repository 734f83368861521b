"""Who signs a final paper: each party or whoever speaks for it, mediator and recorder, and the body with its seal."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.mandate import groups, mandates_of
from models.paper_reading import HEARD, PaperReading
from models.party import Party, Side
from models.party_kind import PartyKind
from models.search_keys import folded
from models.signature import NOT_SIGNED, Signature, SigningWay

if TYPE_CHECKING:
    from models.dispute import Dispute
    from models.final_paper import FinalPaper
    from models.mediation import MediationSession


class SignerRole(StrEnum):
    PARTY = "party"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    BODY = "body"


class Signer(Base):
    """One line of the paper to sign on. What became of it, the newest entry says.

    `link_number` and `link_opened_at` belong to the link that opens the text on a phone; `agreed_at` is when the
    party agreed to sign on a screen (电子签名法 art. 13).
    """

    __tablename__ = "signers"
    __table_args__ = (UniqueConstraint("paper_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("final_papers.id"))
    position: Mapped[int]
    # Which of the parties' lines on the paper it is, the first is 0.
    line: Mapped[int | None]
    role: Mapped[SignerRole] = mapped_column(one_of(SignerRole))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(200))
    # Names of those who sign in the party's place: guardians, legal representatives, agents.
    speakers: Mapped[str] = mapped_column(String(400), default="")
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(Key)
    link_number: Mapped[int] = mapped_column(default=0)
    link_opened_at: Mapped[datetime | None]

    paper: Mapped["FinalPaper"] = relationship(back_populates="signers")
    party: Mapped[Party | None] = relationship()
    signatures: Mapped[list[Signature]] = relationship(back_populates="signer", order_by="Signature.id")
    readings: Mapped[list[PaperReading]] = relationship(back_populates="signer", order_by="PaperReading.id")

    @property
    def standing(self) -> Signature | None:
        """The entry that counts."""
        return self.signatures[-1] if self.signatures else None

    @property
    def is_signed(self) -> bool:
        return self.standing is not None and self.standing.way not in NOT_SIGNED

    @property
    def refuses(self) -> bool:
        return self.standing is not None and self.standing.way is SigningWay.REFUSED

    @property
    def own_name(self) -> str:
        """Who writes on the line himself; empty where somebody else signs for it."""
        is_person = self.party is None or self.party.kind is PartyKind.PERSON
        return self.name if is_person and not self.speakers else ""

    def may_be_signed_by(self, name: str) -> bool:
        """A person signs himself, or whoever is on record as speaking for him; a unit through whoever acts for it."""
        if self.party is not None and self.party.kind is PartyKind.ORGANISATION:
            return True
        return folded(name) in {folded(one) for one in (self.name, *self.speakers.split("、"))}

    @property
    def reading(self) -> PaperReading | None:
        return self.readings[-1] if self.readings else None

    @property
    def has_heard(self) -> bool:
        """Whether the text was read out to him because he cannot read it."""
        return self.reading is not None and self.reading.way in HEARD

    @property
    def is_party(self) -> bool:
        return self.role is SignerRole.PARTY

    def is_needed(self, *, by_parties: bool) -> bool:
        """The recorder's name proves who wrote; no law makes the effect wait for it."""
        return self.is_party or (not by_parties and self.role in (SignerRole.MEDIATOR, SignerRole.BODY))


def signers_for(session: Session, mediation: "MediationSession") -> list[Signer]:
    """The lines of the paper in order. Whoever gave a representative a mandate signs through him."""
    dispute = mediation.dispute
    represented = _represented(session, dispute)
    parties = [party for side in Side for party in dispute.parties if party.side is side]
    found = [
        Signer(role=SignerRole.PARTY, line=line, party_id=party.id, name=party.name,
               speakers="、".join(one.name for one in party.representatives)[:400])
        for line, party in enumerate(parties) if party.id not in represented
    ]  # fmt: skip
    found.append(Signer(role=SignerRole.MEDIATOR, person_id=mediation.mediator_id, name=mediation.mediator.name))
    if mediation.recorder is not None:
        found.append(Signer(role=SignerRole.RECORDER, person_id=mediation.recorder_id, name=mediation.recorder.name))
    found.append(Signer(role=SignerRole.BODY, name=mediation.body.name))
    for position, signer in enumerate(found, 1):
        signer.position = position
    return found


def _represented(session: Session, dispute: "Dispute") -> set[int]:
    given = mandates_of(session, dispute).keys()
    return {
        person.id
        for group in groups(dispute)
        for person in group.represented
        if any((person.id, agent.id) in given for agent in group.agents)
    }
