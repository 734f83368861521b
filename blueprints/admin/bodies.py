"""Presiding bodies: in whose name a session may be held here."""

from typing import Any

from flask import Response, url_for

from blueprints.admin import bp, queries
from blueprints.admin.forms import BodyForm, NewBodyForm
from models.presiding_body import PresidingBody
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import edited
from web.language import named
from web.responses import found_or_404, page


@bp.get("/administration/bodies")
@requires(Permission.CENTRE_MANAGE)
def list_bodies() -> Response:
    return page("admin/bodies.html", bodies=db.session.scalars(queries.bodies_of(queries.own_centre())).all())


@bp.get("/administration/bodies/new")
@requires(Permission.CENTRE_MANAGE)
def new_body() -> Response:
    queries.own_centre()
    return page("admin/body.html", form=NewBodyForm(), body=None, differences=None, names=queries.unit_names())


@bp.post("/administration/bodies")
@requires(Permission.CENTRE_MANAGE)
def create_body() -> Response:
    centre, form = queries.own_centre(), NewBodyForm()

    def save() -> None:
        with transaction(current().actor, form.submitted) as change:
            PresidingBody.create(change, centre, **_facts(form))
            change.location = url_for("admin.list_bodies")

    return edited(form, save, to=url_for("admin.list_bodies"), template="admin/body.html", stored=NewBodyForm,
                  body=None, names=queries.unit_names())  # fmt: skip


@bp.get("/administration/bodies/<int:body_id>")
@requires(Permission.CENTRE_MANAGE)
def edit_body(body_id: int) -> Response:
    body = _body(body_id)
    return page("admin/body.html", form=_stored(body), body=body, differences=None, names=queries.unit_names())


@bp.post("/administration/bodies/<int:body_id>")
@requires(Permission.CENTRE_MANAGE)
def update_body(body_id: int) -> Response:
    body, form = _body(body_id), BodyForm()

    def save() -> None:
        facts = _facts(form)
        with transaction(current().actor) as change:
            body.edit(change, form.version.data, **facts)

    return edited(form, save, to=url_for("admin.list_bodies"), template="admin/body.html",
                  stored=lambda: _stored(body), body=body, names=queries.unit_names())  # fmt: skip


def _body(body_id: int) -> PresidingBody:
    return found_or_404(queries.bodies_of(queries.own_centre()).where(PresidingBody.id == body_id))


def _stored(body: PresidingBody) -> BodyForm:
    return BodyForm(formdata=None, obj=body, unit_name=named(body.unit) if body.unit else "")


def _facts(form: Any) -> dict[str, Any]:
    unit = form.unit_name.unit
    return {
        "kind": form.kind.data,
        "name": form.name.data,
        "name_en": form.name_en.data or None,
        "unit_id": unit.id if unit else None,
        "register_prefix": form.register_prefix.data or "",
        "number_format": form.number_format.data or "",
        "is_active": form.is_active.data,
    }
