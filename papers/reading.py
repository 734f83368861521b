"""Reads everything papers ask about a dispute, in few statements."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.agreement import Agreement, Term
from models.archiving import archiving_of, proposed_retention
from models.assignment import Assignment
from models.attachment import Attachment, AttachmentKind, attachments
from models.callout import Callout
from models.category import Category
from models.clock import local_day
from models.consent import newest_notices
from models.court_application import review_ends
from models.dispute import Dispute
from models.division import full_name
from models.enforcement import CourtRuling
from models.final_paper import FinalPaper
from models.follow_up import FollowUp
from models.hand_over import HandOver
from models.investigation import Investigation
from models.mandate import mandates_of
from models.mediation import MediationSession
from models.natures import is_official
from models.party import Party
from models.person import Person
from models.presiding_body import BodyKind, PresidingBody
from models.recusal import Recusal
from models.referral import CourtReferral
from models.register_number import register_numbers
from models.rights_card import rights_card
from models.sealed import Sealer
from models.signer import Signer
from models.visit import Visit
from models.whistle import Whistle
from papers.court_reading import case_of
from papers.final import finals_of
from papers.matter import Matter

DRILL, DEMO = "演练", "演示数据"
EVIDENCE = (AttachmentKind.EVIDENCE, AttachmentKind.PHOTOGRAPH)


def matter_of(session: Session, dispute: Dispute, sealer: Sealer, at: datetime, *, is_demo: bool = False) -> Matter:
    """The dispute as its papers see it."""
    _load(session, dispute)
    mark = DRILL if dispute.is_drill else DEMO if is_demo else ""
    codes = {party.division_code for party in dispute.parties if party.division_code}
    places = {code: full_name(session, code) for code in codes}
    calls = tuple(
        session.scalars(
            select(FollowUp)
            .where(FollowUp.dispute_id == dispute.id)
            .order_by(FollowUp.due_on, FollowUp.id)
            .options(selectinload(FollowUp.calls))
        )
    )
    callers = {call.by_id for follow_up in calls for call in follow_up.calls if call.by_id is not None}
    told, archived = newest_notices(session, dispute), archiving_of(session, dispute)
    agreements = [found for one in dispute.sessions if (found := one.standing_agreement) is not None]
    callers |= {notice.by_id for notice in told.values() if notice.by_id is not None}
    return Matter(
        dispute, at, lambda party, field: party.clear(sealer, field), register_numbers(session, dispute), places,
        "" if dispute.sessions else _committee(session, dispute), mark, told=told,
        mandates=tuple(mandates_of(session, dispute).values()), follow_ups=calls, people=_names(session, callers),
        rulings=_rulings(session, agreements), is_official=lambda: is_official(session, dispute),
        review_until=review_ends(session, agreements[-1]) if agreements else None,
        retention=archived.retention if archived else proposed_retention(session, dispute),
        finals=finals_of(dispute.sessions, sealer), rights=lambda: rights_card(session, dispute, local_day(at)),
        has_identity=cache(lambda: bool(session.scalar(_identity(dispute)))),
        evidence=cache(lambda: _evidence(session, dispute)),
        court=case_of(session, dispute.referrals[-1], sealer) if dispute.referrals else None,
    )  # fmt: skip


def _identity(dispute: Dispute) -> Select[tuple[bool]]:
    return select(exists().where(Attachment.dispute_id == dispute.id, Attachment.kind == AttachmentKind.IDENTITY,
                                 Attachment.removed_at.is_(None)))  # fmt: skip


def _evidence(session: Session, dispute: Dispute) -> list[Attachment]:
    return [one for one in attachments(session, dispute) if one.kind in EVIDENCE and not one.is_removed]


def _rulings(session: Session, agreements: list[Agreement]) -> dict[int, CourtRuling]:
    ids = [agreement.id for agreement in agreements]
    if not ids:
        return {}
    return {row.agreement_id: row
            for row in session.scalars(select(CourtRuling).where(CourtRuling.agreement_id.in_(ids)))}  # fmt: skip


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    return {row.id: row.name for row in session.scalars(select(Person).where(Person.id.in_(ids)))} if ids else {}


def _load(session: Session, dispute: Dispute) -> None:
    """Fill what is not read yet; what is stays as it is."""
    session.scalars(
        select(Dispute).where(Dispute.id == dispute.id).options(
            joinedload(Dispute.centre),
            joinedload(Dispute.category).joinedload(Category.parent),
            selectinload(Dispute.parties).selectinload(Party.representatives),
            selectinload(Dispute.claims),
            selectinload(Dispute.referrals).options(
                joinedload(CourtReferral.court), joinedload(CourtReferral.case_type),
                selectinload(CourtReferral.numbers)),
            selectinload(Dispute.visits).joinedload(Visit.taken_by),
            selectinload(Dispute.remarks),
            selectinload(Dispute.whistles).joinedload(Whistle.room),
            selectinload(Dispute.callouts).options(joinedload(Callout.unit), joinedload(Callout.whistle)),
            selectinload(Dispute.assignments).joinedload(Assignment.person),
            selectinload(Dispute.recusals).options(joinedload(Recusal.person), joinedload(Recusal.successor),
                                                   joinedload(Recusal.party)),
            selectinload(Dispute.investigations).options(selectinload(Investigation.investigators),
                                                         joinedload(Investigation.recorder)),
            selectinload(Dispute.hand_overs).joinedload(HandOver.unit),
            selectinload(Dispute.sessions).options(
                joinedload(MediationSession.body), joinedload(MediationSession.room),
                joinedload(MediationSession.mediator), joinedload(MediationSession.recorder),
                joinedload(MediationSession.hand_over), joinedload(MediationSession.agreement)
                .selectinload(Agreement.terms).selectinload(Term.performances),
                selectinload(MediationSession.participants), selectinload(MediationSession.statements),
                selectinload(MediationSession.readings), selectinload(MediationSession.record_supplements),
                selectinload(MediationSession.final_papers).options(
                    selectinload(FinalPaper.signers).selectinload(Signer.signatures),
                    selectinload(FinalPaper.scans),
                ),
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
