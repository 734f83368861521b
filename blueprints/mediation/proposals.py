"""What a new session may be made of: in whose name, who mediates and records, where, and who sits there."""

from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select

from models.assignment import Duty, assigned
from models.callout import Callout, Officer
from models.centre import Centre
from models.dispute import Dispute
from models.mediation import MediationSession
from models.natures import BODIES, Nature, is_of_court
from models.participant import Participant
from models.person import Person, Role, holders
from models.presiding_body import BodyKind, PresidingBody
from models.room import Room, RoomPurpose, free_rooms
from transaction import db
from web.known_officer import known_officer
from web.labels import label, with_side
from web.language import named

Choice = tuple[str, str]
USUAL = (Nature.INDUSTRY, Nature.PEOPLES, Nature.WITNESSED)


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


def open_natures(dispute: Dispute, closed: dict[Nature, str]) -> list[Nature]:
    wanted = [nature for nature in Nature if nature not in closed]
    return wanted if is_of_court(dispute) else [nature for nature in wanted if nature is not Nature.COURT_ENTRUSTED]


def propose(dispute: Dispute, bodies: list[PresidingBody], closed: dict[Nature, str]) -> Proposal:
    """As the last session was held; a court's matter as such; else the committee of the trade that the category names,
    the people's committee, or the house as witness.
    """
    if dispute.sessions and dispute.sessions[-1].nature not in closed:
        return Proposal(dispute.sessions[-1].nature, dispute.sessions[-1].body)
    kinds = {dispute.category, dispute.category.main}
    usual = {suggestion.unit_id for kind in kinds for suggestion in kind.suggestions}
    for nature in (Nature.COURT_ENTRUSTED,) if is_of_court(dispute) else USUAL:
        fitting = [body for body in bodies if body.kind in BODIES[nature]]
        if nature is Nature.INDUSTRY:
            fitting = [body for body in fitting if body.unit_id in usual]
        if nature is Nature.PEOPLES:
            fitting = [body for body in fitting if body.kind is BodyKind.PEOPLE_COMMITTEE]
        if fitting and nature not in closed:
            return Proposal(nature, min(fitting, key=lambda body: body.unit_id not in usual))
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
        found[f"party-{party.id}"] = (who, with_side(party), is_here)
    for invitation in dispute.invitations:
        if invitation.party_id is None:
            who = Participant(name=invitation.name)
            found[f"invitation-{invitation.id}"] = (who, invitation.name, invitation.arrived_at is not None)
    for callout in dispute.callouts:
        if callout.is_open and callout.arrived_at is not None:
            who, unit = seated(callout), named(callout.unit)
            words = gettext("%(name)s (%(side)s)", name=who.name, side=unit) if callout.officer_name else unit
            found[f"callout-{callout.id}"] = (who, words, True)
    return found


def expected(session: MediationSession) -> dict[int, Officer]:
    """The units an open session still waits for, and whom each is likely to send."""
    if session.ended_at is not None:
        return {}
    awaited = [one for one in session.dispute.callouts if one.is_open and one.arrived_at is None]
    return {callout.id: known_officer(callout) for callout in awaited}


def seated(callout: Callout) -> Participant:
    """Who came for the unit, else the unit itself, as somebody who sits in the session."""
    name = callout.officer_name or callout.unit.name
    return Participant(callout_id=callout.id, name=name, capacity=callout.unit.name[:60])
