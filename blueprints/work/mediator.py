"""What waits for a mediator or recorder, and what the parties promised."""

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.work.items import SHOWN, SOON, Item, called, me, page_of, some
from models.agreement import Term
from models.assignment import Assignment
from models.clock import local_day
from models.dispute import Dispute
from models.follow_up import FOLLOWED, FollowUp
from models.lateness import unperformed
from models.lifecycle import DisputeStatus
from models.mediation import MediationSession
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.filters import clock_time, day
from web.labels import label

P = Permission

BEFORE_SESSION = (DisputeStatus.REGISTERED, DisputeStatus.ACCEPTED, DisputeStatus.SUSPENDED)


def sitting() -> list[Item]:
    """Sessions this person has open, as mediator or recorder."""
    found = some(
        select(MediationSession)
        .where(current().reaches(MediationSession.dispute_id, P.DISPUTE_READ), MediationSession.ended_at.is_(None),
               (MediationSession.mediator_id == me()) | (MediationSession.recorder_id == me()))
        .options(joinedload(MediationSession.dispute).joinedload(Dispute.category)).order_by(MediationSession.id)
    )  # fmt: skip
    return [
        Item(called(one.dispute), url_for("mediation.show_session", session_id=one.id),
             gettext("since %(time)s", time=clock_time(one.opened_at)))
        for one in found
    ]  # fmt: skip


def assigned_to_me() -> list[Item]:
    """Disputes this person mediates or records and that have no session yet; whose people wait here comes first."""
    mine = select(Assignment.dispute_id).where(Assignment.person_id == me(), Assignment.until.is_(None))
    found = some(
        current().disputes(P.DISPUTE_READ)
        .where(Dispute.id.in_(mine), Dispute.status.in_(BEFORE_SESSION))
        .options(joinedload(Dispute.category), selectinload(Dispute.callouts))
        .order_by(Dispute.on_board_since.is_(None), Dispute.on_board_since, Dispute.id)
    )  # fmt: skip
    return [Item(called(dispute), page_of(dispute), _how_many_are_here(dispute)) for dispute in found]


def _how_many_are_here(dispute: Dispute) -> str:
    wanted = [callout for callout in dispute.callouts if callout.is_open]
    if not wanted:
        return label(dispute.status)
    here = sum(callout.arrived_at is not None for callout in wanted)
    return str(gettext("%(arrived)s of %(called)s units here", arrived=here, called=len(wanted)))


def terms_due() -> list[Item]:
    """What the parties promised and what falls due within a week or is overdue."""
    today = local_day(now())
    found = db.session().execute(
        select(Term, Dispute)
        .where(unperformed(), current().reaches(Dispute.id, P.DISPUTE_EDIT), Term.due_on <= today + SOON)
        .order_by(Term.due_on, Term.id).limit(SHOWN + 1)
    )  # fmt: skip
    return [
        Item(f"{dispute.short_number} {term.payer or term.act}",
             url_for("mediation.show_breach", term_id=term.id) if term.due_on < today else page_of(dispute),
             day(term.due_on), term.due_on < today)
        for term, dispute in found
    ]  # fmt: skip


def follow_ups() -> list[Item]:
    """Whom to ring this week, the late ones first."""
    today = local_day(now())
    found = some(
        select(FollowUp).join(Dispute, Dispute.id == FollowUp.dispute_id)
        .where(current().reaches(Dispute.id, P.FOLLOW_UP_RECORD), Dispute.status.in_(FOLLOWED),
               FollowUp.done_at.is_(None), FollowUp.voided_at.is_(None), FollowUp.due_on < today + SOON)
        .options(joinedload(FollowUp.dispute).joinedload(Dispute.category)).order_by(FollowUp.due_on, FollowUp.id)
    )  # fmt: skip
    return [
        Item(called(one.dispute), url_for("follow_ups.show_follow_up", follow_up_id=one.id), day(one.due_on),
             one.due_on < today)
        for one in found
    ]  # fmt: skip
