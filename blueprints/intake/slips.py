"""The slip: what the resident takes home. Each print has a code of its own; a paper is always Chinese."""

from flask import Response, current_app, make_response, request
from flask_babel import force_locale, gettext

from blueprints.intake import bp
from blueprints.intake.queries import code_of, progress_of, status_address, visits
from models.clock import local_day
from models.codes import spaced_code
from models.natures import is_official
from models.rights_card import rights_card
from models.visit import Visit
from papers.blocks import Code
from papers.docx import MIME, docx
from papers.slip import Slip, write
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.filters import clock_time, day
from web.labels import label
from web.language import CHINESE, named
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
    with force_locale(CHINESE):
        return page("intake/show_slip.html", visit=visit, slip=_slip(visit, code), code=spaced_code(code),
                    large=request.args.get("print") == "large")  # fmt: skip


@bp.get("/visits/<int:visit_id>/slip/docx")
@requires(Permission.DISPUTE_EDIT)
def show_slip_docx(visit_id: int) -> Response:
    visit = _visit(visit_id)
    code = code_of(visit)
    if not code:
        return go("intake.show_visit", visit_id=visit_id)
    with force_locale(CHINESE):
        response = make_response(docx(write(_slip(visit, code))))
    response.mimetype = MIME
    response.headers["Content-Disposition"] = f'attachment; filename="slip-{visit.queue_number}.docx"'
    return response


def _slip(visit: Visit, code: str) -> Slip:
    """What both faces say. Call it in the language of the paper."""
    dispute, house, progress = visit.dispute, visit.centre, progress_of(visit)
    telephones = [progress.telephone]
    if house.telephone not in ("", progress.telephone):
        telephones.append(gettext("centre") + f" {house.telephone}")
    rows = [
        (gettext("Number"), dispute.number if dispute else ""),
        (gettext("Visited"), f"{day(visit.arrived_at)} {clock_time(visit.arrived_at)} · {label(visit.purpose)}"),
        (gettext("Led by"), " ".join(filter(None, (named(progress.lead), progress.person, progress.post)))),
        (gettext("Next step"), gettext(progress.step)),
        (gettext("Next date"), day(progress.next_on) if progress.next_on else ""),
        (gettext("Telephone"), " · ".join(telephones)),
        (gettext("Query code"), spaced_code(code)),
    ]
    rights, notes = [], []
    if dispute is not None:
        rights = [(gettext(line.name), gettext("by %(day)s at the latest, at %(where)s", day=day(line.until),
                                               where=gettext(line.where)))
                  for line in rights_card(db.session(), dispute, local_day(now()))]  # fmt: skip
        if not is_official(db.session(), dispute):
            notes.append(gettext("Whoever asks for mediation interrupts the limitation of actions on that day: your"
                                 " request was made on %(day)s.", day=day(visit.arrived_at)))  # fmt: skip
    notes.append(gettext("Mediation is voluntary and free of charge. You may ask that it is not held in public. Keep"
                         " this slip; do not lend the code to others."))  # fmt: skip
    mark = " · " + gettext("Demo data") if current_app.config["DEMO"] else ""
    title = gettext("Your rights and their last days") if dispute else ""
    said = tuple(row for row in rows if row[1])
    return Slip(f"{named(house)}{mark}", visit.queue_number, said, title, rights, notes, _code(visit, code))


def _code(visit: Visit, code: str) -> Code | None:
    """Without an outside network nobody's phone can open the address: the slip then names the desk alone."""
    if visit.centre.setting(db.session(), "no_internet"):
        return None
    size, path = qr_path(status_address(code))
    words = gettext("Scan to see how it stands, or enter the query code at %(address)s", address=status_address())
    return Code(path, size, words)


def _visit(visit_id: int) -> Visit:
    return found_or_404(visits(Permission.DISPUTE_EDIT).where(Visit.id == visit_id))
