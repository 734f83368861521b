"""What the pages of a session read."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from models.agreement import Agreement, Term
from models.assignment import Duty, assigned
from models.callout import Callout
from models.centre import Centre
from models.clock import local_day
from models.dispute import Dispute
from models.errors import TransitionNotAllowed
from models.final_paper import FinalPaper, PaperKind
from models.hand_over import HandOver
from models.mediation import MediationSession, Nature, Participant
from models.natures import BODIES
from models.party import Party
from models.performance import Performance
from models.person import Person, Role, holders
from models.presiding_body import BodyKind, PresidingBody
from models.register_number import further, register_numbers
from models.room import Room, RoomPurpose, free_rooms
from models.unit import DutyTurn
from models.words import _
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.labels import label
from web.language import named

Choice = tuple[str, str]


def disputes(permission: Permission, reference: str) -> Select[tuple[Dispute]]:
    return current().disputes(permission).where(Dispute.reference == reference)


def _reach(permission: Permission) -> Select[tuple[int]]:
    return current().disputes(permission).with_only_columns(Dispute.id)


def sessions(permission: Permission, session_id: Any) -> Select[tuple[MediationSession]]:
    return select(MediationSession).where(
        MediationSession.id == session_id, MediationSession.dispute_id.in_(_reach(permission))
    ).options(
        joinedload(MediationSession.dispute).selectinload(Dispute.callouts).joinedload(Callout.unit),
        joinedload(MediationSession.dispute).selectinload(Dispute.parties).selectinload(Party.rights_notices),
        joinedload(MediationSession.agreement).selectinload(Agreement.terms),
        selectinload(MediationSession.participants),
        selectinload(MediationSession.statements),
    )  # fmt: skip


def open_session(session: MediationSession) -> MediationSession:
    """The session, if it can still be ended."""
    if session.ended_at is not None:
        raise TransitionNotAllowed(_("This session has ended"))
    return session


def callouts(permission: Permission, callout_id: int) -> Select[tuple[Callout]]:
    return select(Callout).where(Callout.id == callout_id, Callout.dispute_id.in_(_reach(permission)))


def hand_overs(permission: Permission, hand_over_id: int) -> Select[tuple[HandOver]]:
    return select(HandOver).where(HandOver.id == hand_over_id, HandOver.dispute_id.in_(_reach(permission)))


def terms(permission: Permission, term_id: int) -> Select[tuple[Term]]:
    return select(Term).join(Agreement).join(MediationSession, MediationSession.id == Agreement.session_id).where(
        Term.id == term_id, MediationSession.dispute_id.in_(_reach(permission))
    )  # fmt: skip


def agreements(permission: Permission, agreement_id: int) -> Select[tuple[Agreement]]:
    return select(Agreement).join(MediationSession, MediationSession.id == Agreement.session_id).where(
        Agreement.id == agreement_id, MediationSession.dispute_id.in_(_reach(permission))
    )  # fmt: skip


def final_agreements(permission: Permission, paper_id: int) -> Select[tuple[FinalPaper]]:
    return select(FinalPaper).join(FinalPaper.mediation).where(
        FinalPaper.id == paper_id, FinalPaper.kind == PaperKind.AGREEMENT,
        MediationSession.dispute_id.in_(_reach(permission)),
    )  # fmt: skip


def performances(permission: Permission, performance_id: int) -> Select[tuple[Performance]]:
    within = select(Term.id).join(Agreement).join(MediationSession, MediationSession.id == Agreement.session_id).where(
        MediationSession.dispute_id.in_(_reach(permission))
    )  # fmt: skip
    return select(Performance).where(Performance.id == performance_id, Performance.term_id.in_(within))


# -- what a new session may be made of ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """In whose name a session would usually be held for this kind of dispute."""

    nature: Nature
    body: PresidingBody | None


def bodies_of(centre: Centre) -> list[PresidingBody]:
    return list(db.session().scalars(
        select(PresidingBody)
        .where(PresidingBody.centre_id == centre.id, PresidingBody.is_active)
        .order_by(PresidingBody.id)
    ))  # fmt: skip


def propose(dispute: Dispute, bodies: list[PresidingBody], closed: dict[Nature, str]) -> Proposal:
    """The committee of the trade that the category names, else the people's committee, else the house as witness."""
    usual = {suggestion.unit_id for suggestion in dispute.category.suggested_units()}
    for nature in (Nature.INDUSTRY, Nature.PEOPLES, Nature.WITNESSED):
        fitting = [body for body in bodies if body.kind in BODIES[nature]]
        if nature is Nature.INDUSTRY:
            fitting = [body for body in fitting if body.unit_id in usual]
        if nature is Nature.PEOPLES:
            fitting = [body for body in fitting if body.kind is BodyKind.PEOPLE_COMMITTEE]
        if fitting and nature not in closed:
            return Proposal(nature, fitting[0])
    return Proposal(next(nature for nature in Nature if nature not in closed), None)


def body_choices(bodies: list[PresidingBody]) -> dict[str, list[Choice]]:
    """The bodies under the names of their kinds."""
    return {"": [("", "")]} | {
        label(kind): [(str(body.id), named(body)) for body in bodies if body.kind is kind]
        for kind in BodyKind
        if any(body.kind is kind for body in bodies)
    }


def people_choices(dispute: Dispute, *roles: Role) -> list[Choice]:
    """Who holds one of these roles in the house, and whoever is assigned already."""
    found: dict[int, Person] = {}
    for duty in Duty:
        person = assigned(dispute, duty)
        if person is not None:
            found[person.id] = person
    for role in roles:
        found |= {person.id: person for person in holders(db.session(), role, dispute.centre.unit)}
    return [("", ""), *((str(person.id), named(person)) for person in found.values())]


def room_choices(dispute: Dispute, room: Room | None) -> list[Choice]:
    """The room the dispute sits in, then the free ones that serve for talking."""
    free = [
        other
        for other in free_rooms(db.session(), dispute.centre_id)
        if other.purpose in (RoomPurpose.MEDIATION, RoomPurpose.VIDEO)
    ]
    return [("", gettext("no room")), *((str(one.id), named(one)) for one in ([room] if room else []) + free)]


def may_be_present(dispute: Dispute) -> dict[str, tuple[Participant, str, bool]]:
    """Who may sit there: key → (participant, words, whether ticked at first)."""
    found: dict[str, tuple[Participant, str, bool]] = {}
    here = {invitation.party_id for invitation in dispute.invitations if invitation.arrived_at}
    invited = {invitation.party_id for invitation in dispute.invitations}
    for party in dispute.parties:
        is_here = party.id in here or party.id not in invited
        who = Participant(party_id=party.id, name=party.name)
        found[f"party-{party.id}"] = (who, f"{party.name} ({label(party.side)})", is_here)
    for invitation in dispute.invitations:
        if invitation.party_id is None:
            who = Participant(name=invitation.name)
            found[f"invitation-{invitation.id}"] = (who, invitation.name, invitation.arrived_at is not None)
    for callout in dispute.callouts:
        if callout.is_open and callout.arrived_at is not None:
            name, unit = callout.officer_name or callout.unit.name, named(callout.unit)
            who = Participant(callout_id=callout.id, name=name, capacity=callout.unit.name[:60])
            words = f"{callout.officer_name} ({unit})" if callout.officer_name else unit
            found[f"callout-{callout.id}"] = (who, words, True)
    return found


def capacities(session: MediationSession) -> list[tuple[Participant, str]]:
    """Who sits there and what each of them is in the session."""
    sides = {party.id: label(party.side) for party in session.dispute.parties}
    known = ((one, sides.get(one.party_id or 0) or label(one.invitee) or one.capacity) for one in session.participants)
    return [(one, capacity if capacity != one.name else "") for one, capacity in known]


def register_number(session: MediationSession) -> str:
    """Under which the register of its body knows what came of it; the second agreement is told apart from the first."""
    text = register_numbers(db.session(), session.dispute).get(session.body_id, "")
    if session.agreement is None or not text:
        return text
    earlier = [one for one in session.dispute.sessions if one.id <= session.id and one.body_id == session.body_id]
    return further(text, sum(one.agreement is not None for one in earlier))


def duty_today() -> list[tuple[str, str]]:
    """Today's duty officers and their units: whom a hand-over usually names."""
    turns: Any = select(DutyTurn).options(joinedload(DutyTurn.unit)).where(DutyTurn.day == local_day(now()))
    return [(turn.told_name, named(turn.unit)) for turn in db.session().scalars(turns)]
