"""申请司法确认: both parties ask the court; it accepts in three days and decides in fifteen, or ten more."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.agreement import Agreement
from models.base import Base, Key, one_of
from models.change import Change
from models.clock import local_day
from models.confirmation import confirmation_ends, why_not
from models.court_number import court_number_problem
from models.deadline import RUNNING, Deadline, start
from models.dispute import Dispute
from models.due_course import running
from models.enforcement import DECIDED, CourtRuling
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

APPLIED, ACCEPTED = "已共同申请司法确认", "法院已受理"
PRESIDENT = "人民法院院长"
RULING = "confirmation_ruling"


class RulingResult(StrEnum):
    VALID = "valid"
    DISMISSED = "dismissed"


RULING_RESULTS: dict[RulingResult, str] = {
    RulingResult.VALID: _("The agreement is valid and can be enforced"),
    RulingResult.DISMISSED: _("Dismissed: change the agreement, mediate anew, or sue"),
}


class ConfirmationApplication(Base):
    """One for each agreement: after a dismissal a new agreement may be asked about."""

    __tablename__ = "confirmation_applications"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), unique=True)
    applied_on: Mapped[date] = mapped_column(Date)
    accepted_on: Mapped[date | None] = mapped_column(Date)
    ruled_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[RulingResult | None] = mapped_column(one_of(RulingResult))
    number: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(Key)

    agreement: Mapped[Agreement] = relationship()

    def accept(self, change: Change, on: date) -> None:
        """The court has accepted it: its fifteen days run. Noted twice is once."""
        dispute = self._open(change)
        if self.accepted_on is not None:
            return
        self._within(change, on, self.applied_on, "accepted_on")
        self.accepted_on = on
        for one in running(change, dispute, "confirmation_acceptance"):
            one.end(change, on, ACCEPTED)
        start(change, dispute, RULING, on)
        change.record(dispute.stream, EventKind.CONFIRMATION_ACCEPT, ("confirmation", self.id), on=on.isoformat())

    def prolong(self, change: Change, on: date, reason: str) -> None:
        """特殊情况: the president of the court has given ten more days to decide. Noted twice is once."""
        dispute = self._open(change)
        clock = next(iter(running(change, dispute, RULING)), None)
        if clock is None:
            raise TransitionNotAllowed(_("The court has no application to decide on"))
        if more := more_days(clock):
            clock.extend(change, clock.version, more, reason, PRESIDENT, on)

    def rule(self, change: Change, on: date, result: RulingResult, number: str = "", reason: str = "") -> None:
        """The ruling: valid, or dismissed with its reason. Noted twice is once."""
        dispute = self._open(change)
        if self.result is not None:
            return
        if self.accepted_on is None:
            raise TransitionNotAllowed(_("The court has not accepted the application yet"))
        self._within(change, on, self.accepted_on, "ruled_on")
        if number and (problem := court_number_problem(number)):
            raise RuleBroken(problem, field="number")
        if result is RulingResult.DISMISSED and not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        self.ruled_on, self.result, self.number, self.reason = on, result, number.strip(), reason.strip()
        for one in running(change, dispute, RULING):
            one.end(change, on, DECIDED)
        change.record(dispute.stream, EventKind.CONFIRMATION_RULE, ("confirmation", self.id), ruling=result.value)
        if result is RulingResult.VALID:
            CourtRuling.note(change, self.agreement, on, number)

    def _open(self, change: Change) -> Dispute:
        dispute = self.agreement.mediation.dispute
        change.lock(dispute.stream, self)
        return dispute

    def _within(self, change: Change, day: date, earliest: date, field: str) -> None:
        if not earliest <= day <= local_day(change.at):
            raise RuleBroken(_("Enter a day between %(first)s and today"), field=field, first=earliest.isoformat())


def ruling_clock(session: Session, asked: ConfirmationApplication) -> Deadline | None:
    """The court's own time for its decision, while it runs."""
    dispute_id = asked.agreement.mediation.dispute_id
    found = select(Deadline).where(Deadline.dispute_id == dispute_id, Deadline.code == RULING, RUNNING)
    return session.scalars(found).one_or_none()


def more_days(clock: Deadline) -> int:
    """How many days of an extension the law still leaves."""
    most = clock.clock.more.most if clock.clock.more is not None else None
    return most.n - sum(one.n for one in clock.extensions) if most is not None else 0


def application_of(session: Session, agreement: Agreement | None) -> ConfirmationApplication | None:
    if agreement is None:
        return None
    found = select(ConfirmationApplication).where(ConfirmationApplication.agreement_id == agreement.id)
    return session.scalars(found).one_or_none()


def apply_for_confirmation(change: Change, agreement: Agreement, on: date) -> ConfirmationApplication:
    """Both have applied together within the thirty days. Noted twice is once."""
    dispute = agreement.mediation.dispute
    change.lock(dispute.stream, agreement)
    known = application_of(change.session, agreement)
    if known is not None:
        return known
    if reason := why_not(agreement):
        raise RuleBroken(reason)
    first, last = local_day(agreement.concluded_at), confirmation_ends(change.session, agreement)
    if not first <= on <= min(last or on, local_day(change.at)):
        raise RuleBroken(_("Both apply within thirty days from the agreement"), field="applied_on")
    row = ConfirmationApplication(agreement=agreement, applied_on=on, noted_at=change.at, noted_by_id=change.by.id)
    change.session.add(row)
    change.session.flush()  # the event speaks of its id
    for one in running(change, dispute, "judicial_confirmation"):
        one.end(change, on, APPLIED)
    start(change, dispute, "confirmation_acceptance", on)
    change.record(dispute.stream, EventKind.CONFIRMATION_APPLY, ("confirmation", row.id), on=on.isoformat())
    return row
