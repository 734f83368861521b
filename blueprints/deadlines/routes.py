"""Looking at deadlines: the list of the house, the table of all clocks, one deadline; and starting one."""

from datetime import datetime

from flask import Response, flash, request, url_for
from flask_babel import gettext

from blueprints.deadlines import bp, queries
from blueprints.deadlines.changes import deadline_page
from blueprints.deadlines.forms import FilterForm, StartForm
from models.clock import SHANGHAI, local_day
from models.deadline import Deadline, start
from models.deadline_clock import BASES, Basis
from models.deadlines import CLOCKS
from models.dispute import Dispute
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.choices import blank, unit_choices
from web.converters import id_in
from web.responses import found_or_404, page, see_other

P = Permission
TABS = {"mine": _("Mine"), "week": _("This week"), "late": _("Late"), "all": _("All running")}


@bp.get("/deadlines")
@requires(P.DISPUTE_READ)
def list_deadlines() -> Response:
    tab = request.args.get("tab", "week")
    tab = tab if tab in TABS else "week"
    form = FilterForm(request.args)
    form.unit.choices = [blank(gettext("All")), *unit_choices()]
    unit = id_in(form.unit.data)
    found = queries.listed(tab, unit)
    kept = {"unit": unit} if unit is not None else {}
    tabs = [(key, gettext(words), url_for("deadlines.list_deadlines", tab=key, **kept)) for key, words in TABS.items()]
    return page("deadlines/index.html", groups=groups(found[: queries.MOST]), tab=tab, tabs=tabs, form=form,
                is_narrowed=unit is not None, has_more=len(found) > queries.MOST, most=queries.MOST)  # fmt: skip


def groups(deadlines: list[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """What law and regulation set, and apart from it what the house has promised."""
    law = [one for one in deadlines if one.clock.basis is not Basis.PROMISE]
    promised = [one for one in deadlines if one.clock.basis is Basis.PROMISE]
    return [(gettext("Limits set by law and regulation"), law), (gettext("Promises of the centre"), promised)]


@bp.get("/deadlines/clocks")
@requires(P.DISPUTE_READ)
def list_clocks() -> Response:
    """Every clock with its length, its start and the article it rests on."""
    tables = [(basis, [clock for clock in CLOCKS.values() if clock.basis is basis]) for basis in BASES]
    return page("deadlines/clocks.html", tables=tables)


@bp.get("/disputes/<ref:reference>/deadlines/new")
@requires(P.DEADLINE_EDIT)
def new_deadline(reference: str) -> Response:
    dispute = _dispute(reference)
    return _ask(dispute, _form(dispute, StartForm(started_on=local_day(now()))))


@bp.post("/disputes/<ref:reference>/deadlines")
@requires(P.DEADLINE_EDIT)
def create_deadline(reference: str) -> Response:
    dispute = _dispute(reference)
    form = _form(dispute, StartForm())
    here = url_for("disputes.show_dispute", reference=reference) + "#deadlines"

    def save() -> None:
        on, time = form.started_on.data, form.time.data
        at = datetime.combine(on, time, SHANGHAI) if time is not None else None
        with transaction(current().actor, form.submitted) as change:
            change.location = here
            start(change, dispute, form.code.data, on, at=at, about=form.party.data,
                  person_id=current().somebody.id)  # fmt: skip

    if form.accepts(save):
        flash(gettext("Saved"), "ok")
        return see_other(here)
    return _ask(dispute, form)


@bp.get("/deadlines/<int:deadline_id>")
@requires(P.DISPUTE_READ)
def show_deadline(deadline_id: int) -> Response:
    deadline = found_or_404(queries.in_reach(P.DISPUTE_READ).where(Deadline.id == deadline_id))
    return deadline_page(deadline)


def _dispute(reference: str) -> Dispute:
    return found_or_404(current().disputes(P.DEADLINE_EDIT).where(Dispute.reference == reference))


def _form(dispute: Dispute, form: StartForm) -> StartForm:
    parties = [(f"party:{party.id}", party.name) for party in dispute.parties]
    form.party.choices = [("", gettext("Everybody in the matter")), *parties]
    return form


def _ask(dispute: Dispute, form: StartForm) -> Response:
    return page("deadlines/new.html", form.status, dispute=dispute, form=form)
