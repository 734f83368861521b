"""The house's answer to a referral: taken or not, the other party's consent, and who mediates."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.assignment import Assignment, Duty, assign
from models.category import Category
from models.change import Change
from models.clock import local_day
from models.deadline import start
from models.dispute import Dispute
from models.dispute_unit import Part, give_part
from models.due_course import MEDIATION, ORDINARY, running
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.lifecycle import OPEN, DisputeStatus
from models.party import Party
from models.person import Person, Role, holders
from models.referral import CourtReferral
from models.referral_course import MEDIATION_CLOCKS, MediatorChoice, ReferralStep, Suitability
from models.words import _

# What the file says; it is kept in Chinese like every other paper.
COURTS_OWN = "法院委派（委托）案件，适用法院调解期限"
AGREED = "对方当事人同意调解"


@dataclass(frozen=True)
class Acceptance:
    """The test the matter has passed, and the dispute it becomes: a new one of this kind, or one that is there."""

    suitability: Collection[Suitability]
    category: Category
    dispute: Dispute | None = None


def accept(change: Change, referral: CourtReferral, version: int, answer: Acceptance) -> Dispute:
    """Take it on: claim and parties go into the file as they are, the court's clock runs from the receipt."""
    if set(answer.suitability) != set(Suitability):
        raise RuleBroken(_("A matter that is not suitable is declined with the reason"), field="suitability")
    if answer.dispute is not None:
        change.open_streams(referral.stream, answer.dispute.stream)
    referral.open(change, version)
    referral.advance(change, ReferralStep.ACCEPT)
    dispute = _joined(change, referral, answer.dispute) if answer.dispute else _made(change, referral, answer.category)
    give_part(change, dispute, referral.court_id, Part.COURT)
    if dispute.status is DisputeStatus.REGISTERED:
        dispute.accept(change)
    for one in running(change, dispute, ORDINARY, *MEDIATION.values()):
        one.drop(change, COURTS_OWN)
    start(change, dispute, MEDIATION_CLOCKS[referral.mode, referral.procedure], _signed(referral))
    referral.record(change, EventKind.REFERRAL_ACCEPT, mode=referral.mode.value)
    if referral.both_agreed:
        _agree(change, referral)
    else:
        start(change, dispute, "asking_consent", local_day(change.at))
    return dispute


def decline(change: Change, referral: CourtReferral, version: int, reason: str) -> None:
    """Not suitable, or not the house's: back to the court with the reason."""
    referral.open(change, version)
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    referral.advance(change, ReferralStep.DECLINE, reason=reason.strip(), ended_on=local_day(change.at))
    referral.record(change, EventKind.REFERRAL_DECLINE)


def consent(change: Change, referral: CourtReferral, version: int) -> None:
    """The other party agrees to mediation."""
    referral.open(change, version)
    _agree(change, referral)


def appoint(change: Change, referral: CourtReferral, version: int, mediator: Person, choice: MediatorChoice) -> None:
    """Who mediates: chosen by both from the roster, else appointed. The same step replaces a mediator later."""
    referral.open(change, version)
    dispute = _dispute(referral)
    if mediator not in holders(change.session, Role.MEDIATOR, dispute.centre.unit):
        raise RuleBroken(_("Choose a mediator of the roster"), field="mediator")
    referral.advance(change, ReferralStep.APPOINT, choice=choice)
    assign(change, dispute, mediator, Duty.MEDIATOR)
    referral.record(change, EventKind.REFERRAL_APPOINT, person=mediator.id, choice=choice.value)


def roster(session: Session, referral: CourtReferral) -> list[tuple[Person, int]]:
    """Mediators with the open matters each has, as they are proposed: that of the case type first, then by load."""
    counted = (
        select(Assignment.person_id, func.count()).join(Dispute, Dispute.id == Assignment.dispute_id)
        .where(Assignment.until.is_(None), Assignment.duty == Duty.MEDIATOR, Dispute.status.in_(OPEN))
        .group_by(Assignment.person_id)
    )  # fmt: skip
    load = dict(session.execute(counted).tuples().all())
    people = [(person, load.get(person.id, 0)) for person in holders(session, Role.MEDIATOR, referral.centre.unit)]
    return sorted(people, key=lambda one: (one[0].id != referral.case_type.mediator_id, one[1]))


def same_parties(session: Session, referral: CourtReferral) -> list[Dispute]:
    """Open disputes of the house in which somebody of this name is a party: perhaps the same matter."""
    names = [party.name_key for party in referral.parties]
    named = select(Party.dispute_id).where(Party.name_key.in_(names))
    found = select(Dispute).where(Dispute.centre_id == referral.centre_id, Dispute.id.in_(named),
                                  Dispute.status.in_((DisputeStatus.REGISTERED, DisputeStatus.ACCEPTED,
                                                      DisputeStatus.IN_MEDIATION)))  # fmt: skip
    return list(session.scalars(found.order_by(Dispute.id.desc()).limit(5)))


def _agree(change: Change, referral: CourtReferral) -> None:
    referral.advance(change, ReferralStep.CONSENT)
    for one in running(change, _dispute(referral), "asking_consent"):
        one.end(change, local_day(change.at), AGREED)
    referral.record(change, EventKind.REFERRAL_CONSENT)


def _made(change: Change, referral: CourtReferral, category: Category) -> Dispute:
    """A dispute of the house from what the court has said; nobody waits for it in the hall."""
    dispute = Dispute.register(change, referral.centre, category, referral.claim, amount_fen=referral.amount_fen)
    dispute.on_board_since = None
    _move(referral, dispute)
    return dispute


def _joined(change: Change, referral: CourtReferral, dispute: Dispute) -> Dispute:
    dispute.lock(change)
    if dispute.status not in OPEN or dispute.centre_id != referral.centre_id:
        raise RuleBroken(_("This dispute is closed: reopen it or register a new matter"), field="dispute")
    _move(referral, dispute)
    return dispute


def _move(referral: CourtReferral, dispute: Dispute) -> None:
    """The parties the court has named go from the visit into the file; who is there already stays as entered there."""
    there = {party.name_key for party in dispute.parties}
    visit = referral.visit
    for party in list(visit.parties) if visit is not None else ():
        if party.name_key not in there:
            party.visit = None
            party.dispute = dispute
    if visit is not None:
        visit.dispute = dispute
    referral.dispute = dispute


def _dispute(referral: CourtReferral) -> Dispute:
    if referral.dispute is None:
        raise LookupError("a referral that was not taken has no dispute")
    return referral.dispute


def _signed(referral: CourtReferral) -> date:
    if referral.signed_on is None:
        raise LookupError("nobody has signed for this referral")
    return referral.signed_on
