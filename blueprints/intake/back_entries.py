"""补录: paper slips and telephone whistles entered afterwards, with their own times."""

from flask import Response, flash, request, url_for
from flask_babel import gettext

from blueprints.intake import bp
from blueprints.intake.forms import PASSED_ON
from blueprints.intake.late_forms import BackEntryForm, LateWhistleForm, moment
from blueprints.intake.routes import house
from models.back_entry import BackEntry, Late, LateCall, back_entries, enter_visit, enter_whistle
from models.callout import CalloutOrder
from models.dispute import Dispute
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.choices import division_choices, unit_choices
from web.responses import found_or_404, page, see_other

P = Permission


@bp.get("/back-entries/new")
@requires(P.BACK_ENTRY_MAKE)
def new_back_entry() -> Response:
    return _ask(_form())


@bp.post("/back-entries")
@requires(P.BACK_ENTRY_MAKE)
def create_back_entry() -> Response:
    """One slip; the next one, the whistle that belonged to it, or the visit itself come afterwards."""
    centre, form = house(), _form()
    result: list[str] = []

    def enter() -> None:
        entry = form.entry()
        with transaction(current().actor, form.submitted) as change:
            visit = enter_visit(change, centre, entry, _late(form), form.slip)
            change.location = _after(visit.id, visit.dispute.reference)
            result.append(change.location)

    if form.accepts(enter):
        flash(gettext("Slip entered"), "ok")
        return see_other(result[-1])
    return _ask(form)


@bp.get("/disputes/<ref:reference>/back-entries/new")
@requires(P.BACK_ENTRY_MAKE)
def new_late_whistle(reference: str) -> Response:
    return _ask_calls(_dispute(reference), LateWhistleForm())


@bp.post("/disputes/<ref:reference>/back-entries")
@requires(P.BACK_ENTRY_MAKE)
def create_late_whistle(reference: str) -> Response:
    dispute, form = _dispute(reference), LateWhistleForm()
    after = url_for("disputes.show_dispute", reference=reference)

    def enter() -> None:
        calls = [
            LateCall(CalloutOrder(int(call.unit_id.data)), call.told.data or "",
                     moment(form.on.data, call.arrived.data) if call.arrived.data else None)
            for call in form.called
        ]  # fmt: skip
        with transaction(current().actor, form.submitted) as change:
            enter_whistle(change, dispute, calls, _late(form))
            change.location = after

    if form.accepts(enter):
        return see_other(after)
    return _ask_calls(dispute, form)


@bp.app_template_global()
def back_entries_of(dispute: Dispute) -> list[BackEntry]:
    return back_entries(db.session(), dispute)


def _late(form: BackEntryForm | LateWhistleForm) -> Late:
    return Late(form.original_at, form.reason.data, by_leader=current().may(P.OBJECTION_DECIDE))


def _after(visit_id: int, reference: str) -> str:
    pressed = request.form.get("next", "")
    if pressed == "slip":
        return url_for("intake.new_back_entry")
    if pressed == "whistle":
        return url_for("intake.new_late_whistle", reference=reference)
    return url_for("intake.show_visit", visit_id=visit_id)


def _form() -> BackEntryForm:
    form = BackEntryForm()
    form.offer(house(), division_choices, unit_choices)
    return form


def _ask(form: BackEntryForm) -> Response:
    return page("intake/new_back_entry.html", form.status, form=form, passed_on=PASSED_ON)


def _ask_calls(dispute: Dispute, form: LateWhistleForm) -> Response:
    return page("intake/new_late_whistle.html", form.status, form=form, dispute=dispute)


def _dispute(reference: str) -> Dispute:
    return found_or_404(current().disputes(P.BACK_ENTRY_MAKE).where(Dispute.reference == reference))
