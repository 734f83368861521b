"""Kinds of disputes, and the units proposed for each."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext

from blueprints.admin import bp, queries
from blueprints.admin.forms import CategoryForm, NewCategoryForm
from models.category import Category, Suggestion
from models.centre import Centre
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import edited
from web.language import named
from web.responses import found_or_404, page


@bp.get("/administration/categories")
@requires(Permission.CENTRE_MANAGE)
def list_categories() -> Response:
    return page("admin/categories.html", categories=queries.category_lines(queries.own_centre()))


@bp.get("/administration/categories/new")
@requires(Permission.CENTRE_MANAGE)
def new_category() -> Response:
    form = _with_choices(NewCategoryForm(), queries.own_centre())
    return page("admin/category.html", form=form, category=None, differences=None, names=queries.unit_names())


@bp.post("/administration/categories")
@requires(Permission.CENTRE_MANAGE)
def create_category() -> Response:
    centre = queries.own_centre()
    form = _with_choices(NewCategoryForm(), centre)

    def save() -> None:
        facts, suggestions = _facts(form), _suggestions(form)
        with transaction(current().actor, form.submitted) as change:
            Category.create(change, centre, suggestions, **facts)
            change.location = url_for("admin.list_categories")

    return edited(form, save, to=url_for("admin.list_categories"), template="admin/category.html",
                  stored=NewCategoryForm, category=None, names=queries.unit_names())  # fmt: skip


@bp.get("/administration/categories/<int:category_id>")
@requires(Permission.CENTRE_MANAGE)
def edit_category(category_id: int) -> Response:
    category = _category(category_id)
    return page("admin/category.html", form=_stored(category), category=category, differences=None,
                names=queries.unit_names())  # fmt: skip


@bp.post("/administration/categories/<int:category_id>")
@requires(Permission.CENTRE_MANAGE)
def update_category(category_id: int) -> Response:
    category = _category(category_id)
    form = _with_choices(CategoryForm(), queries.own_centre(), category)

    def save() -> None:
        facts, suggestions = _facts(form), _suggestions(form)
        with transaction(current().actor) as change:
            category.edit(change, form.version.data, suggestions, **facts)

    return edited(form, save, to=url_for("admin.list_categories"), template="admin/category.html",
                  stored=lambda: _stored(category), category=category, names=queries.unit_names())  # fmt: skip


def _category(category_id: int) -> Category:
    return found_or_404(queries.categories_of(queries.own_centre()).where(Category.id == category_id))


def _stored(category: Category) -> CategoryForm:
    rows = [
        {"order": place, "unit_name": named(one.unit), "question": one.question}
        for place, one in enumerate(category.suggestions, 1)
    ]
    return _with_choices(CategoryForm(formdata=None, obj=category, units=rows), queries.own_centre(), category)


def _with_choices(form: Any, centre: Centre, category: Category | None = None) -> Any:
    mains = db.session.scalars(queries.categories_of(centre).where(Category.parent_id.is_(None)))
    form.parent_id.choices = [("", gettext("(a main kind)"))] + [
        (main.id, named(main)) for main in mains if category is None or main.id != category.id
    ]
    form.add_blank_rows()
    return form


def _facts(form: Any) -> dict[str, Any]:
    return {
        "parent_id": form.parent_id.data,
        "name": form.name.data,
        "name_en": form.name_en.data or None,
        "non_public": form.non_public.data,
        "position": form.position.data,
        "is_active": form.is_active.data,
    }


def _suggestions(form: Any) -> list[Suggestion]:
    """The lines with a unit, in the order that was typed; a line without a number stands where it is."""
    rows = [(row.form.order.data, place, row.form) for place, row in enumerate(form.units, 1)]
    rows.sort(key=lambda row: (row[0] if row[0] is not None else row[1], row[1]))
    return [
        Suggestion(fields.unit_name.unit.id, fields.question.data or "")
        for _order, _place, fields in rows
        if fields.unit_name.unit
    ]
