"""Reads everything papers ask about a dispute, in few statements."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.agreement import Agreement
from models.assignment import Assignment
from models.callout import Callout
from models.category import Category
from models.dispute import Dispute
from models.division import full_name
from models.hand_over import HandOver
from models.mediation import MediationSession
from models.party import Party
from models.presiding_body import BodyKind, PresidingBody
from models.register_number import register_numbers
from models.sealed import Sealer
from models.visit import Visit
from models.whistle import Whistle
from papers.matter import Matter

DRILL, DEMO = "演练", "演示数据"


def matter_of(session: Session, dispute: Dispute, sealer: Sealer, at: datetime, *, is_demo: bool = False) -> Matter:
    """The dispute as its papers see it."""
    _load(session, dispute)
    mark = DRILL if dispute.is_drill else DEMO if is_demo else ""
    codes = {party.division_code for party in dispute.parties if party.division_code}
    places = {code: full_name(session, code) for code in codes}
    return Matter(dispute, at, lambda party, field: party.clear(sealer, field), register_numbers(session, dispute),
                  places, "" if dispute.sessions else _committee(session, dispute), mark)  # fmt: skip


def _load(session: Session, dispute: Dispute) -> None:
    """Fill what is not read yet; what is stays as it is."""
    session.scalars(
        select(Dispute).where(Dispute.id == dispute.id).options(
            joinedload(Dispute.centre),
            joinedload(Dispute.category).joinedload(Category.parent),
            selectinload(Dispute.parties).selectinload(Party.representatives),
            selectinload(Dispute.claims),
            selectinload(Dispute.visits).joinedload(Visit.taken_by),
            selectinload(Dispute.remarks),
            selectinload(Dispute.whistles).joinedload(Whistle.room),
            selectinload(Dispute.callouts).options(joinedload(Callout.unit), joinedload(Callout.whistle)),
            selectinload(Dispute.assignments).joinedload(Assignment.person),
            selectinload(Dispute.hand_overs).joinedload(HandOver.unit),
            selectinload(Dispute.sessions).options(
                joinedload(MediationSession.body), joinedload(MediationSession.room),
                joinedload(MediationSession.mediator), joinedload(MediationSession.recorder),
                joinedload(MediationSession.hand_over), joinedload(MediationSession.agreement)
                .selectinload(Agreement.terms),
                selectinload(MediationSession.participants), selectinload(MediationSession.statements),
            ),
        )
    ).unique().one()  # fmt: skip


def _committee(session: Session, dispute: Dispute) -> str:
    """Before the first session: the house's committee of people's mediation, if it has exactly one."""
    found = session.scalars(
        select(PresidingBody.name).where(PresidingBody.centre_id == dispute.centre_id, PresidingBody.is_active,
                                         PresidingBody.kind == BodyKind.PEOPLE_COMMITTEE).limit(2)
    ).all()  # fmt: skip
    return found[0] if len(found) == 1 else ""
