"""Reading the sheet of a dispute, and editing that of its kind."""

from typing import Any

from flask import Response, url_for
from flask_babel import force_locale
from sqlalchemy import exists, func, select
from werkzeug.exceptions import NotFound

from blueprints.preparation import bp
from blueprints.preparation.forms import LABELS, SheetForm
from models.category import Category
from models.dispute import Dispute
from models.preparation import PARTS, edit_sheet, lines, own_sheet, sheet_of
from models.whistle import Whistle
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import edited
from web.labels import label
from web.language import CHINESE
from web.responses import found_or_404, page

P = Permission
ENDED = 10


@bp.get("/disputes/<ref:reference>/preparation")
@requires(P.DISPUTE_READ)
def show_sheet(reference: str) -> Response:
    dispute = found_or_404(current().disputes(P.DISPUTE_READ).where(Dispute.reference == reference))
    sheet = sheet_of(db.session(), dispute.category)
    with force_locale(CHINESE):
        parts = [(LABELS[name], lines(getattr(sheet, name))) for name in PARTS] if sheet else []
        return page("preparation/sheet.html", dispute=dispute, parts=[part for part in parts if part[1]],
                    endings=_endings(dispute))  # fmt: skip


@bp.get("/administration/categories/<int:category_id>/preparation")
@requires(P.CENTRE_MANAGE)
def edit_preparation(category_id: int) -> Response:
    category = _category(category_id)
    return page("preparation/edit.html", form=_stored(category), category=category, differences=None)


@bp.post("/administration/categories/<int:category_id>/preparation")
@requires(P.CENTRE_MANAGE)
def update_preparation(category_id: int) -> Response:
    category, form = _category(category_id), SheetForm()

    def save() -> None:
        with transaction(current().actor) as change:
            edit_sheet(change, category, form.version.data or 0, **form.parts)

    return edited(form, save, to=url_for("preparation.edit_preparation", category_id=category_id),
                  template="preparation/edit.html", stored=lambda: _stored(category), category=category)  # fmt: skip


def _stored(category: Category) -> Any:
    return SheetForm(formdata=None, obj=own_sheet(db.session(), category.id))


def _category(category_id: int) -> Category:
    centre = current().centre
    paths = current().served_paths(P.CENTRE_MANAGE)
    if centre is None or not any(centre.unit.path.startswith(path) for path in paths):
        raise NotFound
    return found_or_404(select(Category).where(Category.id == category_id, Category.centre_id == centre.id))


def _endings(dispute: Dispute) -> list[tuple[str, int]]:
    """How the last ten of this kind in this house ended: counts, no names."""
    last = (
        select(Dispute.closing_type)
        .where(Dispute.centre_id == dispute.centre_id, Dispute.category_id == dispute.category_id,
               Dispute.closing_type.is_not(None), Dispute.id != dispute.id,
               ~exists().where(Whistle.dispute_id == Dispute.id, Whistle.is_drill))
        .order_by(Dispute.closed_at.desc()).limit(ENDED).subquery()
    )  # fmt: skip
    counted = db.session.execute(
        select(last.c.closing_type, func.count()).group_by(last.c.closing_type).order_by(func.count().desc())
    )
    return [(label(kind), count) for kind, count in counted]
