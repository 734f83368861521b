"""Consultation only: a question that ends with an answer and needs no dispute."""

from flask import Response, request, url_for

from blueprints.intake import bp
from blueprints.intake.forms import AnswerForm, ConsultationForm
from blueprints.intake.queries import progress_of, visits
from blueprints.intake.routes import house
from models.identity import clean_phone
from models.registration import consult
from models.visit import Visit
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.responses import found_or_404, go, page, see_other


@bp.route("/consultations/new", methods=["GET", "POST"])
@requires(Permission.DISPUTE_REGISTER)
def new_consultation() -> Response:
    """A POST comes from 速登 when it turns out that only a question is asked: what was typed is carried over."""
    form = ConsultationForm()
    if request.method == "POST" and not form.question.data:
        form.question.data = request.form.get("demand", "")
    return page("intake/new_consultation.html", form=form)


@bp.post("/consultations")
@requires(Permission.DISPUTE_REGISTER)
def create_consultation() -> Response:
    centre, form = house(), ConsultationForm()
    result: list[str] = []

    def take_in() -> None:
        with transaction(current().actor, form.submitted) as change:
            visit = consult(change, centre, form.name.data, clean_phone(form.phone.data or ""), form.question.data,
                            form.head_count.data, form.answer.data or "")  # fmt: skip
            change.location = url_for("intake.show_visit", visit_id=visit.id)
            result.append(change.location)

    if form.accepts(take_in):
        return see_other(result[-1])
    return page("intake/new_consultation.html", form.status, form=form)


@bp.post("/visits/<int:visit_id>/answer")
@requires(Permission.DISPUTE_REGISTER)
def create_answer(visit_id: int) -> Response:
    visit = found_or_404(visits(Permission.DISPUTE_REGISTER).where(Visit.id == visit_id))
    form = AnswerForm()

    def answer() -> None:
        with transaction(current().actor) as change:
            visit.give_answer(change, form.answer.data)

    if form.accepts(answer):
        return go("intake.show_visit", visit_id=visit_id)
    return page("intake/show_visit.html", form.status, visit=visit, progress=progress_of(visit), form=form)
