"""What is printed for the court: the hand-over list of a day, the node sheet of a matter. Both hold names."""

from datetime import date

from flask import Response, request, url_for

from blueprints.court import bp, queries
from models.clock import local_day
from models.referral_nodes import nodes
from papers.court_list import hand_over_list, node_sheet
from security.access import requires
from security.permissions import Permission
from transaction import db, now
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
    return page("court/sheet.html", paper=paper, back=url_for("court.list_referrals"))


@bp.get("/referrals/<int:referral_id>/node-sheet")
@requires(P.REFERRAL_READ)
def show_node_sheet(referral_id: int) -> Response:
    referral = found_or_404(queries.referral(P.REFERRAL_READ, referral_id))
    paper = node_sheet(referral, nodes(db.session(), referral))
    return page("court/sheet.html", paper=paper, back=url_for("court.show_referral", referral_id=referral_id))
