"""Taking a visit in: six fields, what was here before, one number; and further visits of a known matter."""

from flask import Response, request, url_for
from werkzeug.exceptions import NotFound

from blueprints.intake import bp
from blueprints.intake.forms import PASSED_ON, AnswerForm, FurtherVisitForm, VisitForm
from blueprints.intake.queries import Matter, earlier_matters, progress, progress_of, visits
from models.centre import Centre
from models.dispute import Dispute
from models.registration import join, register
from models.visit import Visit, VisitPurpose
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.choices import division_choices, unit_choices
from web.responses import found_or_404, is_htmx, page, see_other


@bp.get("/visits/new")
@requires(Permission.DISPUTE_REGISTER)
def new_visit() -> Response:
    return _ask(_visit_form(), [])


@bp.post("/visits/earlier")
@requires(Permission.DISPUTE_REGISTER)
def list_earlier() -> Response:
    """What these people were here for before. Only reads; it is a POST because names travel in it."""
    form = _visit_form()
    found = earlier_matters(form.name.data or "", form.phone.data or "", form.opposite.data or "")
    if is_htmx():
        return page("intake/_earlier.html", found=found, looked=True)
    return _ask(form, found, looked=True)


@bp.get("/visits/<int:visit_id>")
@requires(Permission.DISPUTE_READ)
def show_visit(visit_id: int) -> Response:
    visit = found_or_404(visits(Permission.DISPUTE_READ).where(Visit.id == visit_id))
    return page("intake/show_visit.html", visit=visit, progress=progress_of(visit), form=AnswerForm())


@bp.get("/disputes/<ref:reference>/visits/new")
@requires(Permission.DISPUTE_REGISTER)
def new_further_visit(reference: str) -> Response:
    return _ask_further(_own_dispute(reference), FurtherVisitForm())


@bp.post("/visits")
@requires(Permission.DISPUTE_REGISTER)
def create_visit() -> Response:
    centre, form = house(), _visit_form()
    result: list[str] = []

    def take_in() -> None:
        entry = form.entry()
        with transaction(current().actor, form.submitted) as change:
            visit = register(change, centre, entry)
            change.location = _after(visit, request.form.get("next", ""))
            result.append(change.location)

    if form.accepts(take_in):
        return see_other(result[-1])
    return _ask(form, [])


@bp.post("/disputes/<ref:reference>/visits")
@requires(Permission.DISPUTE_REGISTER)
def create_further_visit(reference: str) -> Response:
    """续访, 补充材料 or 催办; also sent by the buttons beside 速登, whose fields then say what was brought."""
    dispute, form = _own_dispute(reference), FurtherVisitForm()
    form.note.data = form.note.data or request.form.get("demand", "")
    result: list[str] = []

    def take_in() -> None:
        purpose = VisitPurpose(form.purpose.data)
        with transaction(current().actor, form.submitted) as change:
            visit = join(change, dispute, purpose, form.head_count.data, form.note.data)
            change.location = url_for("intake.show_visit", visit_id=visit.id)
            result.append(change.location)

    if form.accepts(take_in):
        return see_other(result[-1])
    return _ask_further(dispute, form)


def house() -> Centre:
    """The centre the visit comes to: the one the person works in."""
    centre = current().centre
    if centre is None:
        raise NotFound
    return centre


def _visit_form() -> VisitForm:
    return VisitForm().offer(house(), division_choices, unit_choices)


def _ask(form: VisitForm, found: list[Matter], *, looked: bool = False) -> Response:
    return page("intake/new_visit.html", form.status, form=form, found=found, looked=looked, passed_on=PASSED_ON)


def _own_dispute(reference: str) -> Dispute:
    return found_or_404(current().disputes(Permission.DISPUTE_REGISTER).where(Dispute.reference == reference))


def _ask_further(dispute: Dispute, form: FurtherVisitForm) -> Response:
    return page("intake/new_further_visit.html", form.status, form=form, dispute=dispute, progress=progress(dispute))


def _after(visit: Visit, pressed: str) -> str:
    if pressed == "whistle" and current().may(Permission.WHISTLE_SOUND):
        return url_for("dispatch.new_whistle", reference=visit.dispute.reference)
    return url_for("intake.show_visit", visit_id=visit.id)
