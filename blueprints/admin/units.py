"""Units: departments, townships, committees, companies, and where they stand in the tree."""

from typing import Any

from flask import Response, request, url_for
from sqlalchemy import or_

from blueprints.admin import bp, queries
from blueprints.admin.forms import NewUnitForm, UnitForm
from models.clock import local_day
from models.unit import FAR_KM, FIXED_KINDS, Unit, UnitKind
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.editing import edited
from web.language import named
from web.responses import found_or_404, page


@bp.get("/administration/units")
@requires(Permission.UNIT_MANAGE)
def list_units() -> Response:
    """The tree; of one kind as a plain list."""
    kind = request.args.get("kind", "")
    chosen = UnitKind(kind) if kind in list(UnitKind) else None
    units = queries.in_tree_order(db.session.scalars(queries.units_in_reach()))
    shown = [unit for unit in units if chosen in (None, unit.kind)]
    return page("admin/units.html", units=shown, kinds=sorted({unit.kind for unit in units}), chosen=chosen,
                limits=_limits(shown), duty=queries.on_duty(shown, local_day(now())), far=FAR_KM)  # fmt: skip


@bp.get("/administration/units/new")
@requires(Permission.UNIT_MANAGE)
def new_unit() -> Response:
    return page("admin/unit.html", form=_with_choices(NewUnitForm()), unit=None, limit=None, differences=None)


@bp.post("/administration/units")
@requires(Permission.UNIT_MANAGE)
def create_unit() -> Response:
    form = _with_choices(NewUnitForm())

    def save() -> None:
        with transaction(current().actor, form.submitted) as change:
            facts = _facts(form)
            parent = change.session.get(Unit, facts.pop("parent_id"))
            aliases = facts.pop("aliases")
            unit = Unit.create(change, parent, facts.pop("kind"), facts.pop("name"), **facts)
            unit.add_aliases(change, aliases)
            change.location = url_for("admin.list_units")

    return edited(form, save, to=url_for("admin.list_units"), template="admin/unit.html", stored=NewUnitForm,
                  unit=None, limit=None)  # fmt: skip


@bp.get("/administration/units/<int:unit_id>")
@requires(Permission.UNIT_MANAGE)
def edit_unit(unit_id: int) -> Response:
    unit = found_or_404(queries.units_in_reach().where(Unit.id == unit_id))
    return page("admin/unit.html", form=_stored(unit), unit=unit, limit=_limits([unit]).get(unit.id), differences=None)


@bp.post("/administration/units/<int:unit_id>")
@requires(Permission.UNIT_MANAGE)
def update_unit(unit_id: int) -> Response:
    unit = found_or_404(queries.units_in_reach().where(Unit.id == unit_id))
    form = _with_choices(UnitForm(), unit)

    def save() -> None:
        facts = _facts(form)
        with transaction(current().actor) as change:
            unit.edit(change, form.version.data, **facts)

    return edited(form, save, to=url_for("admin.list_units"), template="admin/unit.html", stored=lambda: _stored(unit),
                  unit=unit, limit=_limits([unit]).get(unit.id))  # fmt: skip


def _stored(unit: Unit) -> UnitForm:
    return _with_choices(UnitForm(formdata=None, obj=unit, former_names="\n".join(unit.alias_names)), unit)


def _with_choices(form: Any, unit: Unit | None = None) -> Any:
    """What may be chosen, and what is chosen. The house keeps its kind, the top of one's own tree its place."""
    offered = or_(Unit.is_active, Unit.id == (unit.parent_id if unit else None))
    units = queries.in_tree_order(db.session.scalars(queries.units_in_reach().where(offered)))
    ids = {other.id for other in units}
    form.division_code.choices = [("", "-"), *queries.division_choices()]
    form.parent_id.choices = [
        (other.id, "　" * other.depth + named(other))
        for other in units
        if unit is None or not other.path.startswith(unit.path)
    ]
    if unit is not None and unit.kind in FIXED_KINDS:
        del form.kind
    if unit is not None and unit.parent_id not in ids:
        del form.parent_id
    return form


def _facts(form: Any) -> dict[str, Any]:
    facts = {
        "name": form.name.data,
        "name_en": form.name_en.data or None,
        "stationing": form.stationing.data,
        "weekdays": "".join(sorted(form.weekdays.data or ())),
        "division_code": form.division_code.data,
        "distance_km": form.distance_km.data,
        "limit_minutes": form.limit_minutes.data,
        "telephone": form.telephone.data or "",
        "is_active": form.is_active.data,
        "aliases": (form.former_names.data or "").splitlines(),
    }
    return facts | {name: form[name].data for name in ("kind", "parent_id") if name in form}


def _limits(units: list[Unit]) -> dict[int, int]:
    """Minutes each unit has, as an ordinary whistle would count them."""
    centre = current().centre
    settings = centre.settings(db.session()) if centre else {}
    return {unit.id: unit.arrival_limit(settings) for unit in units if settings}
