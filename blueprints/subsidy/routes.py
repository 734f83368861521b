"""The lists, drawing one up, and its page."""

from datetime import timedelta

from flask import Response, url_for
from sqlalchemy import select

from blueprints.subsidy import bp
from blueprints.subsidy.evidence import evidence
from blueprints.subsidy.forms import PeriodForm
from blueprints.subsidy.queries import bodies, list_called, newest_lists, sums
from blueprints.subsidy.shown import shown
from models.month import Month
from models.presiding_body import PresidingBody
from models.subsidy_list import SubsidyList
from models.subsidy_rate import rate_tables
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.language import named
from web.responses import found_or_404, go, page

P = Permission


@bp.get("/subsidy-lists")
@requires(P.SUBSIDY_READ)
def list_lists() -> Response:
    rows = newest_lists()
    return page("subsidy/list.html", lists=rows, sums=sums(rows))


@bp.get("/subsidy-lists/new")
@requires(P.SUBSIDY_PREPARE)
def new_list() -> Response:
    """For last month, unless other days are chosen."""
    month = Month.of(now()).preceding
    return _ask(PeriodForm(formdata=None, first_day=month.first, last_day=month.following.first - timedelta(days=1)))


@bp.post("/subsidy-lists")
@requires(P.SUBSIDY_PREPARE)
def create_list() -> Response:
    form = PeriodForm()
    form.body_id.choices = _choices()
    made: list[int] = []

    def draw_up() -> None:
        body = found_or_404(select(PresidingBody).where(PresidingBody.id == form.body_id.data))
        files = evidence(body, form.last_day.data)
        with transaction(current().actor, form.submitted) as change:
            drawn = SubsidyList.draw_up(change, body, form.first_day.data, form.last_day.data, files)
            change.location = url_for("subsidy.show_list", subsidy_list_id=drawn.id)
            made.append(drawn.id)

    if form.accepts(draw_up):
        return go("subsidy.show_list", subsidy_list_id=made[0])
    return _ask(form)


@bp.get("/subsidy-lists/<int:subsidy_list_id>")
@requires(P.SUBSIDY_READ)
def show_list(subsidy_list_id: int) -> Response:
    return shown(list_called(subsidy_list_id, P.SUBSIDY_READ))


def _ask(form: PeriodForm) -> Response:
    form.body_id.choices = _choices()
    centre = current().centre
    has_rates = bool(centre and rate_tables(db.session(), centre.id))
    return page("subsidy/new.html", form.status, form=form, has_rates=has_rates)


def _choices() -> list[tuple[int, str]]:
    return [(body.id, named(body)) for body in bodies()]
