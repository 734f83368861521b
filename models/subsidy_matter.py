"""Which settled disputes a presiding body may list for 以案定补, and what the record says of each."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.agreement import Agreement, AgreementForm
from models.archiving import Archiving
from models.clock import day_bounds, local_day
from models.dispute import Dispute
from models.lifecycle import ClosingType, DisputeStatus
from models.mediation import MediationSession
from models.person import Person
from models.presiding_body import PresidingBody
from models.subsidy_grade import Effort
from models.subsidy_line import SubsidyLine

ENDED = (DisputeStatus.CLOSED, DisputeStatus.ARCHIVED)
SETTLED = (ClosingType.SETTLED_WRITTEN, ClosingType.SETTLED_ORAL, ClosingType.PERFORMED)


@dataclass(frozen=True)
class SettledMatter:
    """A closed dispute that was agreed in the body's name, with the mediators of its sessions in their order."""

    dispute: Dispute
    closed_on: date
    mediators: tuple[Person, ...]
    effort: Effort
    archive_number: str


def settled(session: Session, body: PresidingBody, last_day: date) -> list[SettledMatter]:
    """Settled until this day and in no approved list yet, in the order of their numbers; drills are none.

    What an earlier list could not take, because a paper was missing, comes with a later one.
    """
    listed = exists().where(SubsidyLine.dispute_id == Dispute.id, SubsidyLine.listed_at.is_not(None))
    rows = session.scalars(
        _of(body).where(Dispute.closing_type.in_(SETTLED), Dispute.closed_at < day_bounds(last_day)[1], ~listed)
        .options(
            selectinload(Dispute.sessions).options(joinedload(MediationSession.agreement),
                                                   joinedload(MediationSession.mediator)),
            selectinload(Dispute.callouts), selectinload(Dispute.visits), selectinload(Dispute.whistles),
        )
    ).all()  # fmt: skip
    archived = session.scalars(select(Archiving).where(Archiving.dispute_id.in_([row.id for row in rows])))
    numbers = {row.dispute_id: row.number for row in archived}
    found = (_matter(row, body, numbers.get(row.id, "")) for row in rows if not row.is_drill)
    return [matter for matter in found if matter is not None]


def unsettled(session: Session, body: PresidingBody, first_day: date, last_day: date) -> list[Dispute]:
    """Closed in these days after a session in the body's name, and not by an agreement: they are not paid for."""
    begin, end = day_bounds(first_day)[0], day_bounds(last_day)[1]
    rows = _of(body).where(Dispute.closed_at >= begin, Dispute.closed_at < end, Dispute.closing_type.not_in(SETTLED))
    return list(session.scalars(rows))


def _of(body: PresidingBody) -> Select[tuple[Dispute]]:
    presided = exists().where(MediationSession.dispute_id == Dispute.id, MediationSession.body_id == body.id)
    return (
        select(Dispute)
        .where(Dispute.centre_id == body.centre_id, Dispute.status.in_(ENDED), presided)
        .order_by(Dispute.id)
    )


def _matter(dispute: Dispute, body: PresidingBody, archive_number: str) -> SettledMatter | None:
    """Nothing where another body brought the agreement about: the dispute is that body's."""
    agreed = [session for session in dispute.sessions if session.agreement is not None]
    if not agreed or agreed[-1].body_id != body.id or dispute.closed_at is None:
        return None
    own = [session for session in dispute.sessions if session.body_id == body.id]
    agreements = [session.agreement for session in agreed if session.agreement is not None]
    return SettledMatter(
        dispute, local_day(dispute.closed_at), tuple(dict.fromkeys(session.mediator for session in own)),
        Effort(people=max((visit.head_count for visit in dispute.visits), default=1),
               units=len({row.unit_id for row in dispute.callouts if row.arrived_at is not None}),
               sessions=len(own), is_written=_is_written(agreements),
               is_at_once=all(agreement.performed_at_once for agreement in agreements)),
        archive_number,
    )  # fmt: skip


def _is_written(agreements: list[Agreement]) -> bool:
    return any(agreement.form is AgreementForm.WRITTEN for agreement in agreements)
