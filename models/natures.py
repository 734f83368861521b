"""In whose name a session may be held, and which ways the law has closed for this dispute."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.consent import refusing
from models.dispute import Dispute
from models.invitation import PhoneResult
from models.party import Side
from models.presiding_body import BodyKind
from models.search_keys import folded
from models.unit import Unit, UnitAlias, UnitKind
from models.words import _


class Nature(StrEnum):
    """The legal nature decides papers, register, seal and what may follow."""

    PEOPLES = "peoples"
    INDUSTRY = "industry"
    ADMINISTRATIVE = "administrative"
    COURT_ENTRUSTED = "court_entrusted"
    PETITION = "petition"
    WITNESSED = "witnessed"


# Which kind of body may hold a session of this nature.
BODIES: dict[Nature, frozenset[BodyKind]] = {
    Nature.PEOPLES: frozenset({BodyKind.PEOPLE_COMMITTEE, BodyKind.INDUSTRY_COMMITTEE}),
    Nature.INDUSTRY: frozenset({BodyKind.INDUSTRY_COMMITTEE}),
    Nature.ADMINISTRATIVE: frozenset({BodyKind.ADMINISTRATIVE}),
    Nature.COURT_ENTRUSTED: frozenset({BodyKind.PEOPLE_COMMITTEE, BodyKind.INDUSTRY_COMMITTEE, BodyKind.COURT}),
    Nature.PETITION: frozenset({BodyKind.CENTRE_WITNESS, BodyKind.ADMINISTRATIVE}),
    Nature.WITNESSED: frozenset({BodyKind.CENTRE_WITNESS}),
}
OF_COMMITTEES = (Nature.PEOPLES, Nature.INDUSTRY)
ORGANS = (UnitKind.DISTRICT, UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)
REFUSED = _("A party has clearly refused: no people's mediation (人民调解法 art. 17). "
            "Offer the department, arbitration or the court.")  # fmt: skip
OFFICIAL = _("Every respondent is an organ: no people's mediation. "
             "Point to administrative reconsideration or an administrative suit.")  # fmt: skip


def closed_natures(session: Session, dispute: Dispute) -> dict[Nature, str]:
    """The natures that are not open to this dispute, each with the sentence that says why."""
    if any(_has_refused(dispute)) or refusing(session, dispute):
        return dict.fromkeys(OF_COMMITTEES, REFUSED)
    if is_official(session, dispute):
        return dict.fromkeys(OF_COMMITTEES, OFFICIAL)
    return {}


def _has_refused(dispute: Dispute) -> list[bool]:
    # A third party or a body from outside may stay away; without one of the two sides there is nothing to mediate.
    return [
        invitation.phone_result is PhoneResult.REFUSED
        for invitation in dispute.invitations
        if invitation.party is not None and invitation.party.side is not Side.THIRD
    ]


def is_official(session: Session, dispute: Dispute) -> bool:
    """Every respondent is an organ; what it does in office is not for civil mediation."""
    names = {party.name_key for party in dispute.parties if party.side is Side.RESPONDENT}
    if not names:
        return False
    known = session.scalars(select(Unit.name).where(Unit.kind.in_(ORGANS))).all()
    aliases = session.scalars(
        select(UnitAlias.name).join(Unit, Unit.id == UnitAlias.unit_id).where(Unit.kind.in_(ORGANS))
    )
    return names <= {folded(name) for name in (*known, *aliases)}
