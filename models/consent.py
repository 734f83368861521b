"""权利义务告知 and consent: each party is told its rights and duties, and says whether it agrees to mediation."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.event_kinds import EventKind
from models.party import Party, Side
from models.words import _

# Who clearly refuses ends the people's way (人民调解法 art. 17); these stay open.
OTHER_WAYS = (
    _("The department in charge, by a hand-over"),
    _("Arbitration, where the law provides it"),
    _("A suit at the people's court"),
)


class Telling(StrEnum):
    """How a party was told."""

    PAPER = "paper"
    ALOUD = "aloud"
    TELEPHONE = "telephone"


class Consent(StrEnum):
    """Whether a party agrees to be mediated (人民调解法 art. 17, 特邀调解规定 art. 11)."""

    AGREES = "agrees"
    REFUSES = "refuses"


class RightsNotice(Base):
    """One telling of 人民调解法 arts. 23 and 24 to one party, with its answer. The newest of a party counts."""

    __tablename__ = "rights_notices"
    __table_args__ = (Index("ix_rights_notices_dispute_id", "dispute_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    told: Mapped[Telling] = mapped_column(one_of(Telling))
    consent: Mapped[Consent] = mapped_column(one_of(Consent))
    language: Mapped[str] = mapped_column(String(40), default="")
    interpreter: Mapped[str] = mapped_column(String(40), default="")
    told_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    party: Mapped[Party] = relationship()


def tell_rights(change: Change, party: Party, told: Telling, consent: Consent, language: str = "",
                interpreter: str = "") -> RightsNotice:  # fmt: skip
    """Note the telling and the answer; the same noted again changes nothing."""
    dispute = party.dispute
    if dispute is None:
        raise LookupError("a party of a consultation is not mediated")
    dispute.lock_file(change)
    said = (told, consent, language.strip(), interpreter.strip())
    newest = newest_notices(change.session, dispute).get(party.id)
    if newest is not None and (newest.told, newest.consent, newest.language, newest.interpreter) == said:
        return newest
    notice = RightsNotice(dispute_id=dispute.id, party=party, told=told, consent=consent, language=said[2],
                          interpreter=said[3], told_at=change.at, by_id=change.by.id)  # fmt: skip
    change.session.add(notice)
    change.session.flush()  # the event speaks of its id
    change.record(dispute.stream, EventKind.RIGHTS_TELL, ("rights", notice.id), side=party.side.value,
                  told=told.value, consent=consent.value)  # fmt: skip
    dispute.touch(change)
    return notice


def newest_notices(session: Session, dispute: Dispute) -> dict[int, RightsNotice]:
    """Party id → the telling that counts."""
    rows = session.scalars(select(RightsNotice).where(RightsNotice.dispute_id == dispute.id).order_by(RightsNotice.id))
    return {notice.party_id: notice for notice in rows}


def refusing(session: Session, dispute: Dispute) -> list[Party]:
    """The parties of the two sides whose last word is no; a third party may stay away."""
    return [
        notice.party
        for notice in newest_notices(session, dispute).values()
        if notice.consent is Consent.REFUSES and notice.party.side is not Side.THIRD
    ]
