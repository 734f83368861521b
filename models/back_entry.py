"""补录: what happened on paper or by telephone and is entered later, with its own time, the reason and a mark.

Both times stay: when it happened (`original_at`, and on the row itself), and when it was entered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import ArrivalMethod, Callout, CalloutOrder, Officer
from models.centre import Centre
from models.change import Change
from models.clock import day_bounds, local_day
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.invitation import Invitation
from models.lifecycle import DisputeStatus
from models.person import Person
from models.registration import Entry, register
from models.reserved_number import ReservedNumber
from models.visit import Visit
from models.whistle import CAN_WHISTLE, Level, Whistle, call
from models.words import _

DAYS_BACK = 2  # the day before yesterday; further back only the duty leader


class Happened(StrEnum):
    """What is entered later."""

    VISIT = "visit"
    WHISTLE = "whistle"
    ARRIVAL = "arrival"
    ABSENCE = "absence"


@dataclass(frozen=True)
class Late:
    """When it happened, why it comes late, and whether the duty leader enters it."""

    at: datetime
    reason: str
    by_leader: bool = False


@dataclass(frozen=True)
class LateCall:
    """One unit called by telephone: who was told, and when somebody came, if somebody did."""

    order: CalloutOrder
    told: str = ""
    arrived_at: datetime | None = None


class BackEntry(Base):
    __tablename__ = "back_entries"
    __table_args__ = (Index("ix_back_entries_dispute_id", "dispute_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    kind: Mapped[Happened] = mapped_column(one_of(Happened))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int] = mapped_column(Key)
    reserved_number_id: Mapped[int | None] = mapped_column(ForeignKey("reserved_numbers.id"), unique=True)
    original_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    dispute: Mapped[Dispute] = relationship()
    reserved_number: Mapped[ReservedNumber | None] = relationship()
    entered_by: Mapped[Person | None] = relationship()


def enter_visit(change: Change, centre: Centre, entry: Entry, late: Late, slip: ReservedNumber | None) -> Visit:
    """A visit registered on paper: its number is today's, its day and time are its own."""
    _check(change, late)
    if slip is not None:
        slip.use(change)
    visit = register(change, centre, entry, at=late.at)
    dispute = change.session.get_one(Dispute, visit.dispute_id)
    dispute.registered_at = dispute.on_board_since = late.at
    _mark(change, dispute, Happened.VISIT, ("visit", visit.id), late, slip)
    return visit


def enter_whistle(change: Change, dispute: Dispute, calls: Sequence[LateCall], late: Late) -> Whistle:
    """Units called by telephone while nothing else went: their clocks ran from then on, and nobody is called again."""
    _check(change, late)
    dispute.lock(change)
    if dispute.status not in CAN_WHISTLE:
        raise TransitionNotAllowed(_("A whistle is not possible in the present state of the dispute"))
    if not calls:
        raise RuleBroken(_("Choose at least one unit to call"), field="units")
    if late.at < dispute.registered_at:
        raise RuleBroken(_("This was before the matter was registered"), field="at")
    if dispute.status is DisputeStatus.REGISTERED:
        dispute.accept(change)
    whistle = Whistle(dispute=dispute, round=len(dispute.whistles) + 1, level=Level.ORDINARY, sounded_at=late.at,
                      sounded_by_id=change.by.id, callouts=[])  # fmt: skip
    change.session.add(whistle)
    made = call(change, whistle, *(one.order for one in calls))
    for callout in made:
        callout.sounded_at, callout.due_at = late.at, callout.due_at - (change.at - late.at)
    change.session.flush()  # the events speak of their ids
    change.record(dispute.stream, EventKind.WHISTLE_SOUND, ("whistle", whistle.id), round=whistle.round,
                  level=whistle.level.value, units=[callout.unit_id for callout in made], room=None)  # fmt: skip
    for callout, one in zip(made, calls, strict=True):
        if one.told.strip():
            callout.tell_by_telephone(change, one.told)
            callout.delivered_at = callout.acknowledged_at = late.at
        if one.arrived_at is not None:
            enter_arrival(change, callout, Late(one.arrived_at, late.reason, late.by_leader))
    _mark(change, dispute, Happened.WHISTLE, ("whistle", whistle.id), late)
    dispute.touch(change)
    return whistle


def enter_arrival(change: Change, awaited: Callout | Invitation, late: Late, officer: Officer | None = None) -> None:
    """Somebody came while nobody could record it. Entered twice it changes nothing."""
    _check(change, late)
    change.lock(awaited.dispute.stream, awaited)
    began = awaited.sounded_at if isinstance(awaited, Callout) else awaited.made_at
    if late.at < began:
        raise RuleBroken(_("This was before anybody was called"), field="at")
    if awaited.arrived_at is not None or (isinstance(awaited, Callout) and not awaited.is_open):
        return
    if isinstance(awaited, Callout):
        awaited.arrive(change, ArrivalMethod.DESK, officer, at=late.at)
    else:
        awaited.arrive(change)
        awaited.arrived_at = late.at
    _mark(change, awaited.dispute, Happened.ARRIVAL, subject_of(awaited), late)


def enter_absence(change: Change, awaited: Callout | Invitation, late: Late) -> None:
    """Nobody had come by then; the clock runs on."""
    _check(change, late)
    change.lock(awaited.dispute.stream, awaited)
    if awaited.arrived_at is None and not noted_absent(change.session, [awaited]):
        _mark(change, awaited.dispute, Happened.ABSENCE, subject_of(awaited), late)


def subject_of(awaited: Callout | Invitation) -> tuple[str, int]:
    return ("callout" if isinstance(awaited, Callout) else "invitation", awaited.id)


def back_entries(session: Session, dispute: Dispute) -> list[BackEntry]:
    rows = select(BackEntry).where(BackEntry.dispute_id == dispute.id)
    return list(session.scalars(rows.order_by(BackEntry.original_at, BackEntry.id)))


def noted_absent(session: Session, awaited: Sequence[Callout | Invitation]) -> list[Callout | Invitation]:
    """Those of whom it was entered that they had not come."""
    rows = select(BackEntry.subject_kind, BackEntry.subject_id).where(
        BackEntry.kind == Happened.ABSENCE, BackEntry.dispute_id.in_({one.dispute_id for one in awaited})
    )
    known = {(kind, key) for kind, key in session.execute(rows)}
    return [one for one in awaited if subject_of(one) in known]


def earliest(now: datetime) -> datetime:
    """From here on anybody at the desk may enter what happened."""
    return day_bounds(local_day(now) - timedelta(days=DAYS_BACK))[0]


def _check(change: Change, late: Late) -> None:
    if not late.reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    if late.at > change.at:
        raise RuleBroken(_("This time is still to come"), field="at")
    if late.at < earliest(change.at) and not late.by_leader:
        raise RuleBroken(_("What lies before the day before yesterday is entered by the duty leader"), field="at")


def _mark(change: Change, dispute: Dispute, kind: Happened, subject: tuple[str, int], late: Late,
          slip: ReservedNumber | None = None) -> None:  # fmt: skip
    change.session.add(
        BackEntry(centre_id=dispute.centre_id, dispute_id=dispute.id, kind=kind, subject_kind=subject[0],
                  subject_id=subject[1], reserved_number=slip, original_at=late.at, reason=late.reason.strip(),
                  entered_at=change.at, entered_by_id=change.by.id if change.by.kind == "user" else None)
    )  # fmt: skip
    change.record(dispute.stream, EventKind.BACK_ENTRY_MAKE, subject, happened=kind.value,
                  original=late.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"))  # fmt: skip
