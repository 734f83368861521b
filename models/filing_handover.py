"""The pack that leaves the house when a matter of the court has ended 移送: what the court is asked for, and by whom.

Without agreement: 委派 and 自行 are to be filed, marked 优先立案, a local promise; 委托 goes back to trial, and the
fee is due. An agreement goes there as its report says. After a dismissal a matter has a second pack.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, select, text
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
    """What the court is asked for; of an agreement the same words as what follows it."""

    FILING = "filing"
    TRIAL = "trial"
    REPORT = "report"
    CONFIRM = "confirm"
    COURT_PAPER = "court_paper"
    SUIT_WITHDRAWN = "suit_withdrawn"


PACKS: dict[Pack, str] = {
    Pack.FILING: _("To be filed, with priority"),
    Pack.TRIAL: _("Back to trial, the fee is due"),
    Pack.REPORT: _("An agreement for the court's files"),
    Pack.CONFIRM: _("An agreement to be confirmed"),
    Pack.COURT_PAPER: _("An agreement for the court's mediation paper"),
    Pack.SUIT_WITHDRAWN: _("An agreement, the suit is withdrawn"),
}
NOT_AGREED = (Pack.FILING, Pack.TRIAL)
# What the court does then is noted with its day; on an application for confirmation it rules, a report it only keeps.
DONE_BY_COURT = (*NOT_AGREED, Pack.COURT_PAPER, Pack.SUIT_WITHDRAWN)
ENDS = {
    ReferralStatus.SUCCEEDED: tuple(pack for pack in Pack if pack not in NOT_AGREED),
    ReferralStatus.FAILED: NOT_AGREED, ReferralStatus.RETURNED: NOT_AGREED, ReferralStatus.FILED: NOT_AGREED,
}  # fmt: skip
_FAILED = text("pack IN ('filing', 'trial')")


class FilingHandover(Base):
    __tablename__ = "filing_handovers"
    __table_args__ = (
        Index("ix_filing_handovers_referral_id", "referral_id"),
        Index("uq_filing_handovers_not_agreed", "referral_id", unique=True, sqlite_where=_FAILED,
              postgresql_where=_FAILED),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))
    pack: Mapped[Pack] = mapped_column(one_of(Pack))
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(Key)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(Key)
    filed_on: Mapped[date | None] = mapped_column(Date)

    referral: Mapped[CourtReferral] = relationship()

    @property
    def awaits_court(self) -> bool:
        """It has left, and what the court does with it is not noted yet."""
        return self.pack in DONE_BY_COURT and self.released_at is not None and self.filed_on is None


def handover_of(session: Session, referral: CourtReferral) -> FilingHandover | None:
    """The pack of the end that stands; one of an agreement that lapsed is only history."""
    kinds = ENDS.get(referral.status, ())
    found = select(FilingHandover).where(FilingHandover.referral_id == referral.id, FilingHandover.pack.in_(kinds))
    return session.scalars(found.order_by(FilingHandover.id.desc()).limit(1)).first()


def prepare_handover(change: Change, referral: CourtReferral) -> FilingHandover:
    """Put the pack together; a second press is the same pack. Without a second person's release it goes out at once."""
    referral.open(change)
    row = handover_of(change.session, referral)
    if row is not None:
        return row
    if referral.status not in (ReferralStatus.FAILED, ReferralStatus.SUCCEEDED):
        raise RuleBroken(_("This step is not possible in the present state of the referral"))
    return pack_up(change, referral)


def pack_up(change: Change, referral: CourtReferral) -> FilingHandover:
    """The pack of an end that has just come."""
    row = FilingHandover(referral=referral, pack=_asked_for(referral), prepared_at=change.at,
                         prepared_by_id=change.by.id)  # fmt: skip
    change.session.add(row)
    change.session.flush()  # what follows reads it
    referral.record(change, EventKind.FILING_PREPARE, pack=row.pack.value)
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
    if not may_release(change.session, row, change.by.id):
        raise RuleBroken(_("Somebody else releases the pack"))
    _release(change, row)


def may_release(session: Session, row: FilingHandover, person: int | None) -> bool:
    """A second person, or anybody once the house has given up the rule."""
    return row.prepared_by_id != person or not row.referral.centre.setting(session, "pack_by_two")


def require_left(session: Session, referral: CourtReferral) -> FilingHandover:
    """Raises RuleBroken while the pack still lies in the house."""
    row = handover_of(session, referral)
    if row is None or row.released_at is None:
        raise RuleBroken(_("The pack has not left the house yet"))
    return row


def file_referral(change: Change, referral: CourtReferral, number: str, filed_on: date) -> None:
    """What the court did with the pack: filed, tried again, its own paper made or the suit let go. Noted twice is once.

    Where there is no agreement the matter has its number from here on.
    """
    referral.open(change)
    row = require_left(change.session, referral)
    if row.filed_on is not None:
        return
    if row.pack not in DONE_BY_COURT:
        raise RuleBroken(_("This step is not possible in the present state of the referral"))
    if not local_day(row.released_at or change.at) <= filed_on <= local_day(change.at):
        raise RuleBroken(_("It was filed between the hand-over and today"), field="filed_on")
    if number.strip() or not referral.numbers:
        referral.renumber(change, number)
    row.filed_on = filed_on
    if row.pack in NOT_AGREED:
        referral.advance(change, ReferralStep.FILE)
        referral.record(change, EventKind.FILING_FILE)
    else:
        referral.record(change, EventKind.FILING_CONCLUDE, pack=row.pack.value)


def _asked_for(referral: CourtReferral) -> Pack:
    if referral.status is ReferralStatus.SUCCEEDED and referral.way is not None:
        return Pack(referral.way.value)
    return Pack.TRIAL if referral.mode is CourtMode.ENTRUSTED else Pack.FILING


def _release(change: Change, row: FilingHandover) -> None:
    row.released_at, row.released_by_id = change.at, change.by.id
    if row.pack in NOT_AGREED:
        row.referral.advance(change, ReferralStep.RETURN)
    row.referral.record(change, EventKind.FILING_RELEASE)
