"""What the window looks up: the visit in scope, earlier matters of the same people, the newest hand-over, the code."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext
from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from models.centre import Centre
from models.codes import resident_code
from models.dispute import Dispute
from models.hand_over import HandOver
from models.identity import clean_phone, phone_problem
from models.party import Party
from models.progress import Progress, of_dispute, of_visit
from models.referral import unreleased_visits
from models.registration import names_in
from models.repeat import earlier
from models.sealed import Sealer
from models.search_keys import folded
from models.unit import Unit
from models.visit import Visit, VisitPrint
from models.words import _
from security.identity import current
from security.permissions import Permission
from transaction import db

WHY = {"phone": _("same telephone"), "both": _("same two parties"), "name": _("same name, please check")}


@dataclass(frozen=True)
class Matter:
    """Something a visitor was here for before: the matter, never a label on the person."""

    dispute: Dispute
    why: str
    progress: Progress
    may_join: bool


def sealer() -> Sealer:
    return current_app.extensions["sealer"]  # type: ignore[no-any-return]


def earlier_matters(name: str, phone: str, opposite: str) -> list[Matter]:
    """Disputes of the same people that the reader may see; those the reader's own house holds can be joined."""
    tidy = clean_phone(phone) if phone and phone_problem(phone) is None else ""
    sides = names_in(opposite)
    found = earlier(db.session(), current().paths(Permission.DISPUTE_READ), sealer(), name=name, phone=tidy,
                    opposite=sides[0] if sides else "")  # fmt: skip
    own = current().disputes(Permission.DISPUTE_REGISTER).where(Dispute.id.in_([row.id for row in found]))
    joinable = {dispute.id for dispute in db.session.scalars(own)}
    digest = sealer().index("phone", tidy) if tidy else ""
    others = {folded(side) for side in sides}
    return [
        Matter(row, gettext(WHY[_why(row.parties, digest, others)]), progress(row), row.is_open and row.id in joinable)
        for row in found
    ]


def _why(parties: list[Party], digest: str, others: set[str]) -> str:
    if digest and any(party.phone_index == digest for party in parties):
        return "phone"
    return "both" if any(party.name_key in others for party in parties) else "name"


def progress(dispute: Dispute) -> Progress:
    return of_dispute(dispute, newest_hand_over(dispute))


def progress_of(visit: Visit) -> Progress:
    return of_visit(visit, newest_hand_over(visit.dispute) if visit.dispute else None)


def newest_hand_over(dispute: Dispute) -> HandOver | None:
    return db.session.scalars(
        select(HandOver).where(HandOver.dispute_id == dispute.id).order_by(HandOver.id.desc()).limit(1)
    ).one_or_none()


def visits(permission: Permission) -> Select[tuple[Visit]]:
    """Visits of the disputes this permission reaches, and consultations of the houses it is held for."""
    below: list[ColumnElement[bool]] = [
        Unit.path.startswith(path, autoescape=True) for path in current().paths(permission)
    ]
    in_house = exists().where(Centre.id == Visit.centre_id, Unit.id == Centre.unit_id, or_(*below))
    undisputed = and_(Visit.dispute_id.is_(None), Visit.id.not_in(unreleased_visits()), in_house if below else False)
    return select(Visit).where(or_(current().reaches(Visit.dispute_id, permission), undisputed))


def code_of(visit: Visit) -> str:
    """The code of the newest print, computed again; empty while nothing was printed."""
    newest = db.session.scalar(select(func.max(VisitPrint.number)).where(VisitPrint.visit_id == visit.id))
    return resident_code(sealer().key("resident-code"), visit.id, newest) if newest else ""


def status_address(code: str = "") -> str:
    """Where the resident looks it up; with a code, what the QR on the slip opens."""
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    return f"{base}{url_for('status.open_code', code=code) if code else url_for('status.show_status')}"
