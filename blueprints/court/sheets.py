"""What is printed for the court: the hand-over list of a day, the node sheet of a matter, the pack that goes back."""

from dataclasses import replace
from datetime import date

from flask import Response, current_app, request, url_for
from werkzeug.exceptions import NotFound

from blueprints.court import bp, queries
from models.assignment import Duty, assigned
from models.clock import local_day
from models.contact_attempt import attempts_of
from models.event_kinds import EventKind
from models.filing_handover import handover_of
from models.referral_nodes import nodes
from papers.blocks import Paper
from papers.court_list import hand_over_list, node_sheet
from papers.court_pack import pack
from papers.reading import DEMO
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, page

P = Permission


@bp.get("/referrals/receipts")
@requires(P.REFERRAL_READ)
def list_receipts() -> Response:
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = local_day(now())
    paper = hand_over_list(queries.signed_on(day), day)
    return _sheet(paper, url_for("court.list_referrals"))


@bp.get("/referrals/<int:referral_id>/node-sheet")
@requires(P.REFERRAL_READ)
def show_node_sheet(referral_id: int) -> Response:
    referral = found_or_404(queries.referral(P.REFERRAL_READ, referral_id))
    paper = node_sheet(referral, nodes(db.session(), referral))
    return _sheet(paper, url_for("court.show_referral", referral_id=referral_id))


@bp.get("/referrals/<int:referral_id>/pack")
@requires(P.REFERRAL_READ)
@audited
def show_pack(referral_id: int) -> Response:
    """Everything the court gets, on one page to print; the court itself reads it once it has left the house."""
    referral = found_or_404(queries.referral(P.REFERRAL_READ, referral_id))
    session, row = db.session(), handover_of(db.session(), referral)
    if row is None or (row.released_at is None and not current().may(P.REFERRAL_HANDLE)):
        raise NotFound
    dispute, stream = referral.dispute, referral.stream
    mediator = assigned(dispute, Duty.MEDIATOR) if dispute is not None else None
    paper = pack(referral, row, mediator.name if mediator else "", attempts_of(session, referral))
    with transaction(current().actor) as change:
        change.record(stream, EventKind.PAPER_SHOW, ("referral", referral_id), paper="court-pack", file="page")
    return _sheet(paper, url_for("court.show_referral", referral_id=referral_id))


def _sheet(paper: Paper, back: str) -> Response:
    mark = DEMO if current_app.config["DEMO"] else ""
    return page("court/sheet.html", paper=replace(paper, mark=mark), back=back)
