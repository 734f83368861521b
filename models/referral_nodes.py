"""流程节点: where a referral stands, step by step, with the day of each and the day by which it was due."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clock import local_day
from models.confirmation_application import RULING, application_of
from models.deadline import Deadline
from models.due_course import ORDINARY
from models.event import Event
from models.event_kinds import EventKind
from models.filing_handover import DONE_BY_COURT, NOT_AGREED, handover_of
from models.referral import CourtReferral
from models.referral_course import CourtMode, ReferralStatus, SuccessWay
from models.referral_end import agreement_of
from models.words import _

ANSWERED = _("Taken on or declined")


@dataclass(frozen=True)
class Node:
    """One step: when it was done, or by when it is to be done."""

    name: str
    on: date | None
    due_on: date | None = None
    stands: bool = False

    @property
    def was_late(self) -> bool:
        return self.on is not None and self.due_on is not None and self.on > self.due_on

    def is_over(self, today: date) -> bool:
        """Its last day has passed and it is not done; while the period stands still it is not over."""
        return self.on is None and self.due_on is not None and not self.stands and self.due_on < today


def nodes(session: Session, referral: CourtReferral) -> list[Node]:
    """Every step in the order of the work; those that are still to come have no day."""
    happened, due = _happened(session, referral), _due(session, referral)
    sessions = referral.dispute.sessions if referral.dispute is not None else []
    answered = happened.get(EventKind.REFERRAL_ACCEPT) or happened.get(EventKind.REFERRAL_DECLINE)
    by_court = [
        Node(_("Sent by the court"), local_day(referral.sent_at)),
        Node(_("Signed for"), referral.signed_on),
        Node(ANSWERED, answered, referral.answer_due_on),
        _until(_("The other party agrees"), happened.get(EventKind.REFERRAL_CONSENT), due.get("asking_consent")),
        Node(_("Mediator named"), happened.get(EventKind.REFERRAL_APPOINT)),
    ]  # fmt: skip
    # The parties' own matter, and one that is mediated anew, has the time of people's mediation.
    by_house = referral.mode is CourtMode.OWN or EventKind.REFERRAL_RESUME in happened
    of_court = min((one for code, one in due.items() if code.startswith("court_")), key=lambda one: one.due_on,
                   default=None)  # fmt: skip
    brought = local_day(referral.dispute.registered_at) if referral.dispute is not None else None
    # What confirmation is asked with leaves first; the suit after a dismissal goes last.
    packed, confirmed = _packed(session, referral), _confirmed(session, referral, due)
    return [
        *(by_court if referral.mode is not CourtMode.OWN else [Node(_("Brought by the parties"), brought)]),
        Node(_("First session"), local_day(sessions[0].opened_at) if sessions else None),
        _until(_("Mediation over"), referral.ended_on, due.get(ORDINARY) if by_house else of_court),
        *(packed + confirmed if referral.status is ReferralStatus.SUCCEEDED else confirmed + packed),
    ]  # fmt: skip


def _packed(session: Session, referral: CourtReferral) -> list[Node]:
    pack = handover_of(session, referral)
    if pack is None:
        return []
    left = Node(_("Pack handed to the court"), local_day(pack.released_at) if pack.released_at else None)
    done = _("Filed by the court") if pack.pack in NOT_AGREED else _("Concluded by the court")
    return [left, Node(done, pack.filed_on)] if pack.pack in DONE_BY_COURT else [left]


def _confirmed(session: Session, referral: CourtReferral, due: dict[str, Deadline]) -> list[Node]:
    """Both ask, the court accepts and decides; as soon as it is what follows the agreement."""
    asked = application_of(session, agreement_of(referral))
    if asked is None and referral.way is not SuccessWay.CONFIRM:
        return []
    applied, accepted, ruled = (asked.applied_on, asked.accepted_on, asked.ruled_on) if asked else (None, None, None)
    return [_until(_("Applied for confirmation"), applied, due.get("judicial_confirmation")),
            _until(_("Accepted by the court"), accepted, due.get("confirmation_acceptance")),
            _until(_("Ruling of the court"), ruled, due.get(RULING))]  # fmt: skip


def _until(name: str, on: date | None, clock: Deadline | None) -> Node:
    """A step with a period of its own; of one that never came and cannot come any more, none is told."""
    if clock is None or (on is None and not clock.is_running):
        return Node(name, on)
    return Node(name, on, clock.due_on, stands=clock.open_pause is not None)


def _happened(session: Session, referral: CourtReferral) -> dict[str, date]:
    """The first day of each kind of step."""
    rows = session.scalars(
        select(Event).where(Event.subject_kind == "referral", Event.subject_id == referral.id).order_by(Event.id.desc())
    )
    return {event.kind: local_day(datetime.fromisoformat(event.at)) for event in rows}


def _due(session: Session, referral: CourtReferral) -> dict[str, Deadline]:
    if referral.dispute_id is None:
        return {}
    rows = select(Deadline).where(Deadline.dispute_id == referral.dispute_id, Deadline.void_at.is_(None))
    return {row.code: row for row in session.scalars(rows.order_by(Deadline.id))}
