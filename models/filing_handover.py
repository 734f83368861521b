"""The way out of a referral that failed 移送: the pack goes to the court, which files it and tells its number.

委派 and 自行: to be filed, marked 优先立案, a local promise. 委托: back to trial, and the fee is due.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.clock import local_day
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.referral import CourtReferral
from models.referral_course import CourtMode, ReferralStatus, ReferralStep
from models.words import _


class Pack(StrEnum):
    """What the court is asked for."""

    FILING = "filing"
    TRIAL = "trial"


PACKS: dict[Pack, str] = {
    Pack.FILING: _("To be filed, with priority"),
    Pack.TRIAL: _("Back to trial, the fee is due"),
}


class FilingHandover(Base):
    __tablename__ = "filing_handovers"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), unique=True)
    pack: Mapped[Pack] = mapped_column(one_of(Pack))
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(Key)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(Key)
    filed_on: Mapped[date | None] = mapped_column(Date)

    referral: Mapped[CourtReferral] = relationship()


def handover_of(session: Session, referral: CourtReferral) -> FilingHandover | None:
    return session.scalars(select(FilingHandover).where(FilingHandover.referral_id == referral.id)).one_or_none()


def prepare_handover(change: Change, referral: CourtReferral) -> FilingHandover:
    """Put the pack together; a second press is the same pack. Without a second person's release it goes out at once."""
    referral.open(change)
    row = handover_of(change.session, referral)
    if row is not None:
        return row
    if referral.status is not ReferralStatus.FAILED:
        raise RuleBroken(_("This step is not possible in the present state of the referral"))
    pack = Pack.TRIAL if referral.mode is CourtMode.ENTRUSTED else Pack.FILING
    row = FilingHandover(referral=referral, pack=pack, prepared_at=change.at, prepared_by_id=change.by.id)
    change.session.add(row)
    change.session.flush()  # what follows reads it
    referral.record(change, EventKind.FILING_PREPARE, pack=pack.value)
    if not referral.centre.setting(change.session, "pack_by_two"):
        _release(change, row)
    return row


def release_handover(change: Change, referral: CourtReferral) -> None:
    """A second person lets the pack out. Released twice is once."""
    referral.open(change)
    row = handover_of(change.session, referral)
    if row is None:
        raise RuleBroken(_("The pack has not been put together yet"))
    if row.released_at is not None:
        return
    if row.prepared_by_id == change.by.id:
        raise RuleBroken(_("Somebody else releases the pack"))
    _release(change, row)


def file_referral(change: Change, referral: CourtReferral, number: str, filed_on: date) -> None:
    """The court has filed the matter, or takes the trial up again, under this number. Noted twice is once."""
    referral.open(change)
    row = handover_of(change.session, referral)
    if row is None or row.released_at is None:
        raise RuleBroken(_("The pack has not left the house yet"))
    if row.filed_on is not None:
        return
    if not local_day(row.released_at) <= filed_on <= local_day(change.at):
        raise RuleBroken(_("It was filed between the hand-over and today"), field="filed_on")
    if number.strip() or not referral.numbers:
        referral.renumber(change, number)
    row.filed_on = filed_on
    referral.advance(change, ReferralStep.FILE)
    referral.record(change, EventKind.FILING_FILE)


def _release(change: Change, row: FilingHandover) -> None:
    row.released_at, row.released_by_id = change.at, change.by.id
    row.referral.advance(change, ReferralStep.RETURN)
    row.referral.record(change, EventKind.FILING_RELEASE)
