"""What is done about a deadline that runs: pause, go on, extend, meet, begin anew, end without effect."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext

from blueprints.deadlines import bp, queries
from blueprints.deadlines.forms import ExtendForm, MeetForm, PauseForm, RenewForm, ResumeForm, VoidForm
from models.change import Change
from models.clock import local_day
from models.deadline import Deadline
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.forms import VersionedForm
from web.responses import found_or_404, page, see_other

P = Permission
# Name on the page, form, and the field that holds today when the page is opened.
FORMS: dict[str, tuple[type[VersionedForm], str]] = {
    "meet": (MeetForm, "met_on"),
    "pause": (PauseForm, "since"),
    "resume": (ResumeForm, "until"),
    "extend": (ExtendForm, "agreed_on"),
    "renew": (RenewForm, "renewed_on"),
    "void": (VoidForm, ""),
}


def deadline_page(deadline: Deadline, tried: str = "", form: VersionedForm | None = None) -> Response:
    """The deadline with a form for each thing that is possible now; the one that was tried keeps what was typed."""
    forms = {name: _fresh(deadline, name) for name in possible(deadline)}
    if form is not None:
        forms[tried] = form
    return page("deadlines/show.html", form.status if form else 200, deadline=deadline, clock=deadline.clock,
                forms=forms, tried=forms.get(tried), party=queries.party_of(deadline),
                is_provisional=queries.is_provisional(deadline))  # fmt: skip


def possible(deadline: Deadline) -> list[str]:
    """What this person may do about it now."""
    if not deadline.is_running or not current().may(P.DEADLINE_EDIT):
        return []
    clock, stands = deadline.clock, deadline.open_pause is not None
    offered = {"meet": True, "resume": stands, "pause": clock.may_pause and not stands,
               "extend": clock.more is not None, "renew": clock.is_limitation, "void": True}  # fmt: skip
    return [name for name, is_offered in offered.items() if is_offered]


def _fresh(deadline: Deadline, name: str) -> VersionedForm:
    kind, today = FORMS[name]
    values: dict[str, Any] = {"version": deadline.version} | ({today: local_day(now())} if today else {})
    return kind(formdata=None, **values)


@bp.post("/deadlines/<int:deadline_id>/fulfilment")
@requires(P.DEADLINE_EDIT)
def create_fulfilment(deadline_id: int) -> Response:
    form = MeetForm()
    return _do(deadline_id, "meet", form, lambda one, change: one.meet(
        change, form.version.data, form.met_on.data, form.met_with.data))  # fmt: skip


@bp.post("/deadlines/<int:deadline_id>/pauses")
@requires(P.DEADLINE_EDIT)
def create_pause(deadline_id: int) -> Response:
    form = PauseForm()
    return _do(deadline_id, "pause", form, lambda one, change: one.pause(
        change, form.version.data, form.since.data, form.pause_reason.data))  # fmt: skip


@bp.post("/deadlines/<int:deadline_id>/resumption")
@requires(P.DEADLINE_EDIT)
def create_resumption(deadline_id: int) -> Response:
    form = ResumeForm()
    return _do(deadline_id, "resume", form, lambda one, change: one.resume(
        change, form.version.data, form.until.data))  # fmt: skip


@bp.post("/deadlines/<int:deadline_id>/extensions")
@requires(P.DEADLINE_EDIT)
def create_extension(deadline_id: int) -> Response:
    form = ExtendForm()
    return _do(deadline_id, "extend", form, lambda one, change: one.extend(
        change, form.version.data, form.n.data, form.extension_reason.data, form.agreed_by.data, form.agreed_on.data
    ))  # fmt: skip


@bp.post("/deadlines/<int:deadline_id>/renewal")
@requires(P.DEADLINE_EDIT)
def create_renewal(deadline_id: int) -> Response:
    form = RenewForm()
    return _do(deadline_id, "renew", form, lambda one, change: one.renew(
        change, form.version.data, form.renewed_on.data, form.renewal_reason.data))  # fmt: skip


@bp.post("/deadlines/<int:deadline_id>/annulment")
@requires(P.DEADLINE_EDIT)
def create_annulment(deadline_id: int) -> Response:
    form = VoidForm()
    return _do(deadline_id, "void", form, lambda one, change: one.void(
        change, form.version.data, form.void_reason.data))  # fmt: skip


def _do(deadline_id: int, name: str, form: VersionedForm, verb: Callable[[Deadline, Change], Any]) -> Response:
    deadline = found_or_404(queries.in_reach(P.DEADLINE_EDIT).where(Deadline.id == deadline_id))
    results: list[Any] = []

    def save() -> None:
        with transaction(current().actor) as change:
            results.append(verb(deadline, change))

    if not form.accepts(save):
        return deadline_page(deadline, name, form)
    flash(gettext("Saved"), "ok")
    # A limitation that begins anew is another deadline: go on with that one.
    next_one = results[0] if isinstance(results[0], Deadline) else deadline
    return see_other(url_for("deadlines.show_deadline", deadline_id=next_one.id))
