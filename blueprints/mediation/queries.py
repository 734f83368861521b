"""What the pages of a session read."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from models.agreement import Agreement, Term
from models.callout import Callout
from models.clock import local_day
from models.dispute import Dispute
from models.duty_turn import DutyTurn
from models.errors import TransitionNotAllowed
from models.final_paper import FinalPaper, PaperKind
from models.hand_over import HandOver
from models.mediation import MediationSession
from models.participant import Participant
from models.party import Party
from models.performance import Performance
from models.register_number import further, register_numbers
from models.words import _
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.labels import label
from web.language import named


def disputes(permission: Permission, reference: str) -> Select[tuple[Dispute]]:
    return current().disputes(permission).where(Dispute.reference == reference)


def sessions(permission: Permission, session_id: Any) -> Select[tuple[MediationSession]]:
    return select(MediationSession).where(
        MediationSession.id == session_id, current().reaches(MediationSession.dispute_id, permission)
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
    return select(Callout).where(Callout.id == callout_id, current().reaches(Callout.dispute_id, permission))


def hand_overs(permission: Permission, hand_over_id: int) -> Select[tuple[HandOver]]:
    return select(HandOver).where(HandOver.id == hand_over_id, current().reaches(HandOver.dispute_id, permission))


def terms(permission: Permission, term_id: int) -> Select[tuple[Term]]:
    return select(Term).join(Agreement).join(MediationSession, MediationSession.id == Agreement.session_id).where(
        Term.id == term_id, current().reaches(MediationSession.dispute_id, permission)
    )  # fmt: skip


def agreements(permission: Permission, agreement_id: int) -> Select[tuple[Agreement]]:
    return select(Agreement).join(MediationSession, MediationSession.id == Agreement.session_id).where(
        Agreement.id == agreement_id, current().reaches(MediationSession.dispute_id, permission)
    )  # fmt: skip


def final_agreements(permission: Permission, paper_id: int) -> Select[tuple[FinalPaper]]:
    return select(FinalPaper).join(FinalPaper.mediation).where(
        FinalPaper.id == paper_id, FinalPaper.kind == PaperKind.AGREEMENT,
        current().reaches(MediationSession.dispute_id, permission),
    )  # fmt: skip


def performances(permission: Permission, performance_id: int) -> Select[tuple[Performance]]:
    return (
        select(Performance).join(Term, Term.id == Performance.term_id).join(Agreement)
        .join(MediationSession, MediationSession.id == Agreement.session_id)
        .where(Performance.id == performance_id, current().reaches(MediationSession.dispute_id, permission))
    )  # fmt: skip


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
