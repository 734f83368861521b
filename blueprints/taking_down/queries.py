"""What may be read and chosen here."""

from collections.abc import Iterable

from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from models.assignment import Duty, assigned
from models.dispute import Dispute
from models.investigation import Investigation
from models.mediation import MediationSession
from models.party import Party
from models.person import Person, Role, holders
from models.recusal import Recusal
from security.identity import current
from security.permissions import Permission
from transaction import db
from web.labels import with_side
from web.language import named

Choice = tuple[str, str]


def disputes(permission: Permission, reference: str) -> Select[tuple[Dispute]]:
    return current().disputes(permission).where(Dispute.reference == reference)


def investigations(permission: Permission, investigation_id: int) -> Select[tuple[Investigation]]:
    return select(Investigation).where(
        Investigation.id == investigation_id, current().reaches(Investigation.dispute_id, permission)
    )


def sessions(permission: Permission, session_id: int) -> Select[tuple[MediationSession]]:
    return select(MediationSession).where(
        MediationSession.id == session_id, current().reaches(MediationSession.dispute_id, permission)
    ).options(
        joinedload(MediationSession.dispute).selectinload(Dispute.parties).selectinload(Party.rights_notices),
        selectinload(MediationSession.participants), selectinload(MediationSession.statements),
        selectinload(MediationSession.readings), selectinload(MediationSession.record_supplements),
    )  # fmt: skip


def parties(permission: Permission, party_id: int) -> Select[tuple[Party]]:
    return select(Party).where(Party.id == party_id, current().reaches(Party.dispute_id, permission))


def recusals(permission: Permission, recusal_id: int) -> Select[tuple[Recusal]]:
    return select(Recusal).where(Recusal.id == recusal_id, current().reaches(Recusal.dispute_id, permission))


def party_choices(dispute: Dispute) -> list[Choice]:
    return [(str(party.id), with_side(party)) for party in dispute.parties]


def asked_choices(dispute: Dispute) -> list[Choice]:
    """A party, or somebody whose name is typed."""
    return [*party_choices(dispute), ("", gettext("another person"))]


def people_choices(dispute: Dispute, *roles: Role, also: Iterable[Person] = ()) -> list[Choice]:
    """Whoever is assigned, then whoever holds one of these roles in the house."""
    found = {person.id: person for duty in Duty if (person := assigned(dispute, duty)) is not None}
    found |= {person.id: person for person in also}
    for role in roles:
        found |= {person.id: person for person in holders(db.session(), role, dispute.centre.unit)}
    return [(str(person.id), named(person)) for person in found.values()]


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Person id → name."""
    rows = db.session.scalars(select(Person).where(Person.id.in_({id_ for id_ in ids if id_})))
    return {person.id: named(person) for person in rows}
