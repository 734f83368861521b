"""The house's rates: one table after the other, each from its day on."""

from typing import Any

from flask import Response, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from blueprints.subsidy import bp
from blueprints.subsidy.forms import NewRatesForm, RatesForm
from models.centre import Centre
from models.clock import local_day
from models.subsidy_grade import PAID
from models.subsidy_rate import SubsidyRateTable, is_used, rate_tables, table_on
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.editing import edited
from web.labels import label
from web.responses import found_or_404, page

P = Permission
TEMPLATE = "subsidy/rates.html"


@bp.get("/administration/subsidy-rates")
@requires(P.CENTRE_MANAGE)
def list_rates() -> Response:
    tables = rate_tables(db.session(), _house().id)
    return page("subsidy/rate_tables.html", tables=tables, grades=PAID, valid=table_on(tables, local_day(now())),
                amounts=[(label(grade), "num") for grade in PAID])  # fmt: skip


@bp.get("/administration/subsidy-rates/new")
@requires(P.CENTRE_MANAGE)
def new_rates() -> Response:
    _house()
    return page(TEMPLATE, form=NewRatesForm(formdata=None), rates=None, used=False, differences=None)


@bp.post("/administration/subsidy-rates")
@requires(P.CENTRE_MANAGE)
def create_rates() -> Response:
    centre, form = _house(), NewRatesForm()

    def save() -> None:
        with transaction(current().actor, form.submitted) as change:
            SubsidyRateTable.enter(change, centre, *form.facts)
            change.location = url_for("subsidy.list_rates")

    return edited(form, save, to=url_for("subsidy.list_rates"), template=TEMPLATE, stored=NewRatesForm, rates=None,
                  used=False)  # fmt: skip


@bp.get("/administration/subsidy-rates/<int:subsidy_rate_table_id>")
@requires(P.CENTRE_MANAGE)
def edit_rates(subsidy_rate_table_id: int) -> Response:
    table = _table(subsidy_rate_table_id)
    return page(TEMPLATE, form=_stored(table), rates=table, used=is_used(db.session(), table), differences=None)


@bp.post("/administration/subsidy-rates/<int:subsidy_rate_table_id>")
@requires(P.CENTRE_MANAGE)
def update_rates(subsidy_rate_table_id: int) -> Response:
    table, form = _table(subsidy_rate_table_id), RatesForm()

    def save() -> None:
        with transaction(current().actor) as change:
            table.edit(change, form.version.data or 0, *form.facts)

    return edited(form, save, to=url_for("subsidy.list_rates"), template=TEMPLATE, stored=lambda: _stored(table),
                  rates=table, used=is_used(db.session(), table))  # fmt: skip


def _stored(table: SubsidyRateTable) -> Any:
    return RatesForm(formdata=None, obj=table, **{grade.value: table.fen(grade) for grade in PAID})


def _table(table_id: int) -> SubsidyRateTable:
    return found_or_404(select(SubsidyRateTable).where(SubsidyRateTable.id == table_id,
                                                       SubsidyRateTable.centre_id == _house().id))  # fmt: skip


def _house() -> Centre:
    """The centre the person manages."""
    centre, paths = current().centre, current().served_paths(P.CENTRE_MANAGE)
    if centre is None or not any(centre.unit.path.startswith(path) for path in paths):
        raise NotFound
    return centre
