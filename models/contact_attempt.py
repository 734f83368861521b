"""Attempts to reach a party of a referral: three that failed are a ground to send it back."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.party import Party
from models.referral import CourtReferral
from models.referral_course import IN_HAND
from models.words import _

ENOUGH = 3  # failed attempts after which a party counts as not reachable


class AttemptResult(StrEnum):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


ATTEMPT_RESULTS: dict[AttemptResult, str] = {
    AttemptResult.REACHED: _("Reached"),
    AttemptResult.NO_ANSWER: _("No answer"),
    AttemptResult.WRONG_NUMBER: _("Wrong or dead number"),
}


class ContactAttempt(Base):
    __tablename__ = "contact_attempts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id", ondelete="CASCADE"))
    result: Mapped[AttemptResult] = mapped_column(one_of(AttemptResult))
    note: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    party: Mapped[Party] = relationship()


def note_attempt(change: Change, referral: CourtReferral, party: Party, result: AttemptResult, note: str = "") -> None:
    """Keep one attempt; only while the matter is in the house's hands."""
    referral.open(change)
    if referral.status not in IN_HAND or referral.signed_on is None:
        raise TransitionNotAllowed(_("This step is not possible in the present state of the referral"))
    if party not in referral.parties:
        raise RuleBroken(_("Choose a party of this matter"), field="party")
    change.session.add(ContactAttempt(referral_id=referral.id, party=party, result=result, note=note.strip(),
                                      at=change.at, by_id=change.by.id))  # fmt: skip
    referral.record(change, EventKind.REFERRAL_ATTEMPT, attempt=result.value)


def attempts_of(session: Session, referral: CourtReferral) -> list[ContactAttempt]:
    rows = select(ContactAttempt).where(ContactAttempt.referral_id == referral.id).order_by(ContactAttempt.id)
    return list(session.scalars(rows))


def is_unreachable(session: Session, referral: CourtReferral) -> bool:
    """A party was tried three times and never reached."""
    reached = select(ContactAttempt.party_id).where(
        ContactAttempt.referral_id == referral.id, ContactAttempt.result == AttemptResult.REACHED
    )
    failed = (
        select(ContactAttempt.party_id)
        .where(ContactAttempt.referral_id == referral.id, ContactAttempt.party_id.not_in(reached))
        .group_by(ContactAttempt.party_id).having(func.count() >= ENOUGH)
    )  # fmt: skip
    return session.scalar(failed.limit(1)) is not None
