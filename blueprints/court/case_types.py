"""适宜调解案件类型: the table the house keeps and the court approves."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext

from blueprints.court import bp
from blueprints.court.letters import house
from blueprints.court.own_forms import NAMES, CaseTypeForm, NewCaseTypeForm
from models.case_type import CaseType, case_types_of
from models.person import Role, holders
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.choices import category_choices, unit_choices
from web.editing import edited
from web.language import named
from web.responses import found_or_404, page

P = Permission


@bp.get("/case-types")
@requires(P.CENTRE_MANAGE)
def list_case_types() -> Response:
    return page("court/case_types.html", rows=list(db.session().scalars(case_types_of(house()))))


@bp.get("/case-types/new")
@requires(P.CENTRE_MANAGE)
def new_case_type() -> Response:
    return page("court/case_type.html", form=_offered(NewCaseTypeForm(formdata=None)), row=None, differences=None)


@bp.post("/case-types")
@requires(P.CENTRE_MANAGE)
def create_case_type() -> Response:
    centre, form = house(), _offered(NewCaseTypeForm())

    def save() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("court.list_case_types")
            CaseType.create(change, centre, **_facts(form))

    return edited(form, save, to=url_for("court.list_case_types"), template="court/case_type.html",
                  stored=NewCaseTypeForm, row=None)  # fmt: skip


@bp.get("/case-types/<int:case_type_id>")
@requires(P.CENTRE_MANAGE)
def edit_case_type(case_type_id: int) -> Response:
    row = _row(case_type_id)
    return page("court/case_type.html", form=_stored(row), row=row, differences=None)


@bp.post("/case-types/<int:case_type_id>")
@requires(P.CENTRE_MANAGE)
def update_case_type(case_type_id: int) -> Response:
    row = _row(case_type_id)
    form = _offered(CaseTypeForm(), row)

    def save() -> None:
        with transaction(current().actor) as change:
            row.edit(change, form.version.data, **_facts(form))

    return edited(form, save, to=url_for("court.list_case_types"), template="court/case_type.html",
                  stored=lambda: _stored(row), row=row)  # fmt: skip


def _row(case_type_id: int) -> CaseType:
    return found_or_404(case_types_of(house()).where(CaseType.id == case_type_id))


def _stored(row: CaseType) -> CaseTypeForm:
    form: CaseTypeForm = _offered(CaseTypeForm(formdata=None, obj=row), row)
    return form


def _offered(form: Any, row: CaseType | None = None) -> Any:
    """What may be chosen, and what is chosen also when it is no longer in use."""
    people = holders(db.session(), Role.MEDIATOR, house().unit)
    if row is not None and row.mediator is not None and row.mediator not in people:
        people = [*people, row.mediator]
    none = ("", gettext("None"))
    form.category_id.choices = [none, *category_choices(house(), row.category if row else None)]
    form.unit_id.choices = [none, *unit_choices(row.unit if row else None)]
    form.mediator_id.choices = [none, *((person.id, named(person)) for person in people)]
    return form


def _facts(form: Any) -> dict[str, Any]:
    return {name: form[name].data for name in NAMES} | {"name_en": form.name_en.data or None}
