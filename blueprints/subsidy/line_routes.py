"""One line: what the record says, the grade a person decides, the correction of what was approved."""

from flask import Response, flash, url_for
from flask_babel import gettext

from blueprints.subsidy import bp
from blueprints.subsidy.evidence import papers_of
from blueprints.subsidy.forms import CorrectionForm, GradeForm, StepForm
from blueprints.subsidy.queries import line_called, may_read
from models.subsidy_decision import correct, regrade, take_out
from models.subsidy_grade import GROUNDS
from models.subsidy_line import SubsidyLine
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.editing import edited
from web.responses import go, page

P = Permission
TEMPLATE = "subsidy/line.html"


@bp.get("/subsidy-lines/<int:subsidy_line_id>")
@requires(P.SUBSIDY_READ)
def show_line(subsidy_line_id: int) -> Response:
    line = line_called(subsidy_line_id, P.SUBSIDY_READ)
    return page(TEMPLATE, form=_stored(line), differences=None, **_around(line))


@bp.post("/subsidy-lines/<int:subsidy_line_id>")
@requires(P.SUBSIDY_PREPARE)
def update_line(subsidy_line_id: int) -> Response:
    line, form = line_called(subsidy_line_id, P.SUBSIDY_PREPARE), GradeForm()

    def save() -> None:
        with transaction(current().actor) as change:
            regrade(change, line, form.version.data or 0, form.grade.data, form.reason.data or "")

    return edited(form, save, to=url_for("subsidy.show_list", subsidy_list_id=line.list_id), template=TEMPLATE,
                  stored=lambda: _stored(line), **_around(line))  # fmt: skip


@bp.post("/subsidy-lines/<int:subsidy_line_id>/removals")
@requires(P.SUBSIDY_PREPARE)
def create_removal(subsidy_line_id: int) -> Response:
    line, form = line_called(subsidy_line_id, P.SUBSIDY_PREPARE), StepForm()
    list_id = line.list_id

    def remove() -> None:
        with transaction(current().actor) as change:
            take_out(change, line, form.version.data or 0)

    if form.accepts(remove):
        flash(gettext("Saved"), "ok")
        return go("subsidy.show_list", subsidy_list_id=list_id)
    return page(TEMPLATE, form.status, form=_stored(line), differences=None, **_around(line, refused=form))


@bp.post("/subsidy-lines/<int:subsidy_line_id>/corrections")
@requires(P.SUBSIDY_PREPARE)
def create_correction(subsidy_line_id: int) -> Response:
    line, form = line_called(subsidy_line_id, P.SUBSIDY_PREPARE), CorrectionForm()
    made: list[int] = []

    def do() -> None:
        with transaction(current().actor, form.submitted) as change:
            made.append(correct(change, line, form.grade.data, form.reason.data or "").list_id)
            change.location = url_for("subsidy.show_list", subsidy_list_id=made[0])

    if form.accepts(do):
        return go("subsidy.show_list", subsidy_list_id=made[0])
    return page(TEMPLATE, form.status, form=_stored(line), differences=None, **_around(line, correction=form))


def _stored(line: SubsidyLine) -> GradeForm:
    return GradeForm(formdata=None, obj=line, version=line.subsidy_list.version)


def _around(line: SubsidyLine, correction: CorrectionForm | None = None,
            refused: StepForm | None = None) -> dict[str, object]:  # fmt: skip
    readable = may_read(line.dispute)
    papers, others = papers_of(line.dispute) if readable else ([], [])
    return {
        "line": line, "drawn": line.subsidy_list, "grounds": GROUNDS, "refused": correction or refused,
        "readable": readable, "papers": papers, "others": others,
        "correction": correction or CorrectionForm(formdata=None, grade=line.grade),
        "step": StepForm(formdata=None, version=line.subsidy_list.version),
    }  # fmt: skip
