"""Public: a code from a slip opens the smallest page there is. A wrong code and an unknown one get the same answer."""

from flask import Response, current_app, request
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.exceptions import TooManyRequests

from blueprints.status import bp
from blueprints.status.forms import StatusForm
from models.actor import Actor, ActorKind
from models.codes import tidy_code
from models.hand_over import HandOver
from models.progress import of_visit
from models.visit import Visit, VisitPrint
from security.access import public
from security.sessions import address_of
from security.throttle import count_wrong, is_throttled
from transaction import db
from web.responses import page


@bp.get("/status")
@public
def show_status() -> Response:
    return page("status/show_form.html", form=StatusForm())


@bp.post("/status")
@public
def look_up() -> Response:
    """Only reads; a POST because the code must not stand in an address."""
    form = StatusForm()
    if not form.validate_on_submit():
        return page("status/show_form.html", form.status, form=form)
    return _answer(form.code.data)


@bp.get("/s/<string:code>")
@public
def open_code(code: str) -> Response:
    """What the QR on the slip opens."""
    return _answer(code)


def _answer(typed: str) -> Response:
    address = address_of(request)
    if is_throttled("resident-code", address):
        raise TooManyRequests
    visit = _visit_of(typed)
    if visit is None:
        count_wrong(Actor(ActorKind.RESIDENT), "resident-code", address)
        form = StatusForm(formdata=None)
        form.code.errors = [gettext("No slip has this code. Compare it with your slip, or ask at the desk.")]
        return page("status/show_form.html", 404, form=form)
    hand_over = db.session.scalars(
        select(HandOver).where(HandOver.dispute_id == visit.dispute_id).order_by(HandOver.id.desc()).limit(1)
    ).one_or_none()
    return page("status/show_progress.html", visit=visit, progress=of_visit(visit, hand_over))


def _visit_of(typed: str) -> Visit | None:
    digest = current_app.extensions["sealer"].index("resident-code", tidy_code(typed[:40]))
    found = db.session.scalars(select(VisitPrint).where(VisitPrint.code_index == digest)).one_or_none()
    return found.visit if found else None
