"""The steps of a list: drawn anew, submitted, sent back, approved, discarded."""

from collections.abc import Callable

from flask import Response, flash
from flask_babel import gettext

from blueprints.subsidy import bp
from blueprints.subsidy.evidence import evidence
from blueprints.subsidy.forms import ReturnForm, StepForm
from blueprints.subsidy.queries import list_called
from blueprints.subsidy.shown import shown
from models.change import Change
from models.subsidy_list import SubsidyList
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.responses import go

P = Permission
Verb = Callable[[Change, int], None]


@bp.post("/subsidy-lists/<int:subsidy_list_id>/drawings")
@requires(P.SUBSIDY_PREPARE)
def create_drawing(subsidy_list_id: int) -> Response:
    drawn = list_called(subsidy_list_id, P.SUBSIDY_PREPARE)
    files = evidence(drawn.body, drawn.last_day) if drawn.is_draft else {}
    return _step(drawn, StepForm(), lambda change, version: drawn.draw_anew(change, version, files))


@bp.post("/subsidy-lists/<int:subsidy_list_id>/submissions")
@requires(P.SUBSIDY_PREPARE)
def create_submission(subsidy_list_id: int) -> Response:
    drawn = list_called(subsidy_list_id, P.SUBSIDY_PREPARE)
    return _step(drawn, StepForm(), drawn.submit)


@bp.post("/subsidy-lists/<int:subsidy_list_id>/discards")
@requires(P.SUBSIDY_PREPARE)
def create_discard(subsidy_list_id: int) -> Response:
    drawn = list_called(subsidy_list_id, P.SUBSIDY_PREPARE)
    return _step(drawn, StepForm(), drawn.discard)


@bp.post("/subsidy-lists/<int:subsidy_list_id>/returns")
@requires(P.SUBSIDY_APPROVE)
def create_return(subsidy_list_id: int) -> Response:
    drawn, form = list_called(subsidy_list_id, P.SUBSIDY_APPROVE), ReturnForm()
    return _step(drawn, form, lambda change, version: drawn.send_back(change, version, form.reason.data or ""))


@bp.post("/subsidy-lists/<int:subsidy_list_id>/approvals")
@requires(P.SUBSIDY_APPROVE)
def create_approval(subsidy_list_id: int) -> Response:
    drawn = list_called(subsidy_list_id, P.SUBSIDY_APPROVE)
    return _step(drawn, StepForm(), drawn.approve)


def _step(drawn: SubsidyList, form: StepForm, verb: Verb) -> Response:
    list_id = drawn.id

    def do() -> None:
        with transaction(current().actor) as change:
            verb(change, form.version.data or 0)

    if form.accepts(do):
        flash(gettext("Saved"), "ok")
        return go("subsidy.show_list", subsidy_list_id=list_id)
    return shown(drawn, form)
