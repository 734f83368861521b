"""Deadlines as tests start and read them."""

from datetime import date

from models.agreement import AgreementForm, TermDraft
from models.conclusion import Conclusion, Outcome
from models.deadline import Deadline, start
from models.dispute import Dispute
from models.event import Event
from models.mediation import MediationSession
from models.natures import BODIES, Nature
from models.presiding_body import PresidingBody
from tests.support.cast import MEDIATOR, Cast
from transaction import db

TODAY = date(2026, 11, 23)


def running(dispute: Dispute) -> dict[str, str]:
    found = db.session.query(Deadline).filter_by(dispute_id=dispute.id, met_on=None, void_at=None)
    return {one.code: one.due_on.isoformat() for one in found.order_by(Deadline.id)}


def one(dispute: Dispute, code: str) -> Deadline:
    return db.session.query(Deadline).filter_by(dispute_id=dispute.id, code=code).order_by(Deadline.id.desc()).first()


def kinds(dispute: Dispute) -> list[str]:
    found = db.session.query(Event.kind).filter(Event.stream == dispute.stream, Event.kind.startswith("deadline:"))
    return [kind.removeprefix("deadline:") for (kind,) in found.order_by(Event.seq)]


def accepted(cast: Cast, category: str = "消费") -> Dispute:
    dispute = cast.registered(category=category)
    with cast.acting() as change:
        dispute.accept(change)
    return dispute


def begun(cast: Cast, dispute: Dispute, code: str, on: date = TODAY) -> Deadline:
    with cast.acting() as change:
        return start(change, dispute, code, on)


def session(cast: Cast, dispute: Dispute, nature: Nature = Nature.PEOPLES) -> MediationSession:
    fitting = db.session.query(PresidingBody).filter(
        PresidingBody.kind.in_(BODIES[nature]), PresidingBody.centre_id == cast.centre.id
    )
    with cast.acting(MEDIATOR) as change:
        return MediationSession.open(change, dispute, nature, fitting.first(), cast.person(MEDIATOR), None, None, [])


def agree(cast: Cast, dispute: Dispute, *terms: TermDraft, form: AgreementForm = AgreementForm.WRITTEN) -> None:
    sitting = session(cast, dispute)
    with cast.acting(MEDIATOR) as change:
        sitting.conclude(change, sitting.version, Conclusion(Outcome.AGREED, form=form, terms=terms))
