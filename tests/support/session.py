"""A session the mediator has just opened through its page."""

from models.callout import ArrivalMethod
from models.dispute import Dispute
from models.mediation import MediationSession
from tests.support.cast import MEDIATOR, Cast
from tests.support.pages import Page, visit
from transaction import db


def called(cast: Cast, category: str = "消费") -> Dispute:
    """A dispute whose unit has come."""
    whistle = cast.whistled("市场监管局", "总工会", dispute=cast.registered(category=category))
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK)
    return whistle.dispute


def opened(cast: Cast, dispute: Dispute | None = None, **typed: object) -> Page:
    """The page of a session the mediator has just opened."""
    dispute = dispute or called(cast)
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new")
    return page.form("/sessions").submit(**typed)


def the_session() -> MediationSession:
    db.session.expire_all()
    return db.session.query(MediationSession).order_by(MediationSession.id.desc()).first()
