"""In whose name a session may be held, and which ways the law has closed for this dispute."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.consent import refusing
from models.dispute import Dispute
from models.invitation import PhoneResult
from models.party import Side
from models.presiding_body import BodyKind, PresidingBody
from models.referral_course import CourtMode
from models.search_keys import folded
from models.unit import Unit, UnitAlias, UnitKind
from models.visit import Channel
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
# Said to whoever chose another body for it.
PRESIDES: dict[Nature, str] = {
    Nature.PEOPLES: _("People's mediation is held by a people's-mediation committee: its register, its seal "
                      "(人民调解法 art. 7)"),
    Nature.INDUSTRY: _("A trade's mediation is held by the committee of that trade: its register, its seal "
                       "(人民调解法 art. 34)"),
    Nature.ADMINISTRATIVE: _("Administrative mediation is held by the organ whose duty the matter is"),
    Nature.COURT_ENTRUSTED: _("A matter of the court is mediated by the court or by the committee it was passed to "
                              "(特邀调解规定 art. 1)"),
    Nature.PETITION: _("A petition matter is coordinated by the centre or by the organ that must answer it"),
    Nature.WITNESSED: _("The parties settle by themselves and the centre is the witness: choose the centre"),
}  # fmt: skip
OWN_MATTER = _("This body is a party of the dispute: nobody mediates a matter of his own")
OF_COMMITTEES = (Nature.PEOPLES, Nature.INDUSTRY)
ORGANS = (UnitKind.DISTRICT, UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)
REFUSED = _("A party has clearly refused: no people's mediation (人民调解法 art. 17). "
            "Offer the department, arbitration or the court.")  # fmt: skip
OFFICIAL = _("Every respondent is an organ: no people's mediation. "
             "Point to administrative reconsideration or an administrative suit.")  # fmt: skip
AT_COURT = _("The court has filed this case and entrusted its mediation: it is held as a matter of the court "
             "(人民调解工作若干规定 art. 22)")  # fmt: skip
NOT_AT_COURT = _("No court has passed this matter on: enter the court's letter first")


def closed_natures(session: Session, dispute: Dispute) -> dict[Nature, str]:
    """The natures that are not open to this dispute, each with the sentence that says why."""
    if any(_has_refused(dispute)) or refusing(session, dispute):
        return dict.fromkeys(OF_COMMITTEES, REFUSED)
    if is_official(session, dispute):
        return dict.fromkeys(OF_COMMITTEES, OFFICIAL)
    if any(referral.mode is CourtMode.ENTRUSTED for referral in dispute.referrals):
        return dict.fromkeys(OF_COMMITTEES, AT_COURT)
    return {}


def is_of_court(dispute: Dispute) -> bool:
    """A court has passed it on, by a letter entered here or at the window."""
    by_letter = any(referral.mode is not CourtMode.OWN for referral in dispute.referrals)
    return by_letter or any(visit.channel is Channel.COURT for visit in dispute.visits)


def _has_refused(dispute: Dispute) -> list[bool]:
    # A third party or a body from outside may stay away; without one of the two sides there is nothing to mediate.
    return [
        invitation.phone_result is PhoneResult.REFUSED
        for invitation in dispute.invitations
        if invitation.party is not None and invitation.party.side is not Side.THIRD
    ]


def why_not_preside(session: Session, dispute: Dispute, nature: Nature, body: PresidingBody) -> str:
    """Why this body holds no session of this nature in this dispute, or nothing.

    The organ that must answer a petition coordinates it although the petition is against itself.
    """
    if body.kind not in BODIES[nature]:
        return PRESIDES[nature]
    if nature is not Nature.PETITION and body.unit is not None:
        aliases = session.scalars(select(UnitAlias.name).where(UnitAlias.unit_id == body.unit_id))
        names = {folded(name) for name in (body.name, body.unit.name, *aliases)}
        if any(party.name_key in names for party in dispute.parties):
            return OWN_MATTER
    return ""


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
