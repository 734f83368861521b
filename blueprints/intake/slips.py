"""The slip: what the resident takes home. Each print has a code of its own; a paper is always Chinese."""

from flask import Response, request
from flask_babel import force_locale

from blueprints.intake import bp
from blueprints.intake.queries import code_of, progress_of, status_address, visits
from models.clock import local_day
from models.codes import spaced_code
from models.natures import is_official
from models.rights_card import rights_card
from models.visit import Visit
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.language import CHINESE
from web.qr import qr_path
from web.responses import found_or_404, go, page


@bp.post("/visits/<int:visit_id>/prints")
@requires(Permission.DISPUTE_EDIT)
def create_print(visit_id: int) -> Response:
    visit = _visit(visit_id)
    with transaction(current().actor) as change:
        visit.print_slip(change)
    return go("intake.show_slip", visit_id=visit_id)


@bp.get("/visits/<int:visit_id>/slip")
@requires(Permission.DISPUTE_EDIT)
def show_slip(visit_id: int) -> Response:
    visit = _visit(visit_id)
    code = code_of(visit)
    if not code:
        return go("intake.show_visit", visit_id=visit_id)
    # Without an outside network nobody's phone can open the address: the slip then names the desk alone.
    online = not visit.centre.setting(db.session(), "no_internet")
    with force_locale(CHINESE):
        return page("intake/show_slip.html", visit=visit, progress=progress_of(visit), code=spaced_code(code),
                    card=rights_card(db.session(), visit.dispute, local_day(now())) if visit.dispute else [],
                    is_official=visit.dispute is not None and is_official(db.session(), visit.dispute),
                    large=request.args.get("print") == "large",
                    qr=qr_path(status_address(code)) if online else None, address=status_address())  # fmt: skip


def _visit(visit_id: int) -> Visit:
    return found_or_404(visits(Permission.DISPUTE_EDIT).where(Visit.id == visit_id))
