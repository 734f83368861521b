"""One tap per decision; the same tap twice changes nothing."""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, request, url_for
from sqlalchemy import select

from blueprints.decisions import bp
from blueprints.decisions.forms import VerdictForm
from blueprints.decisions.queries import waiting_decisions
from models.callout import Callout, CalloutOrder
from models.change import Change
from models.errors import RuleBroken
from models.ladder import Step, take
from models.objection import Objection
from models.time_request import TimeRequest
from models.unit import unit_called, units_to_call
from models.words import _
from security import links
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.forms import pressed
from web.responses import found_or_404, go, page

P = Permission


@bp.get("/decisions")
@requires(P.OBJECTION_DECIDE, narrow=True)
def list_decisions() -> Response:
    return _page()


@bp.post("/decisions/objections/<int:objection_id>")
@requires(P.OBJECTION_DECIDE, narrow=True)
def create_verdict(objection_id: int) -> Response:
    """采纳并改派 or 不采纳."""
    objection, form = found_or_404(_about(Objection, objection_id)), VerdictForm(is_sent=True)
    if objection.decided_at is not None:
        return go(".list_decisions")
    if pressed("verdict", "uphold", "reject") == "reject":
        return _do(objection.reject)
    name = form.unit.data or ""
    unit = unit_called(db.session(), name) if name else None

    def uphold() -> None:
        if name and unit is None:
            raise RuleBroken(_("There is no unit of this name: choose one from the list"), field="unit")
        with transaction(current().actor) as change:
            objection.uphold(change, CalloutOrder(unit.id, objection.callout.question) if unit else None)

    if form.accepts(uphold):
        return go(".list_decisions")
    return _page(form.status, {objection.id: form})


@bp.post("/decisions/callouts/<int:callout_id>/second")
@requires(P.OBJECTION_DECIDE, narrow=True)
def create_second(callout_id: int) -> Response:
    """二次吹哨."""
    callout = _callout(callout_id, P.OBJECTION_DECIDE)
    return _do(lambda change: take(change, callout, Step.SECOND))


@bp.post("/decisions/callouts/<int:callout_id>/coordination")
@requires(P.COORDINATION_REQUEST, narrow=True)
def create_coordination(callout_id: int) -> Response:
    """提请区级协调, the third step of the whistle."""
    callout = _callout(callout_id, P.COORDINATION_REQUEST)
    return _do(lambda change: take(change, callout, Step.COORDINATION))


@bp.post("/decisions/time-requests/<int:time_request_id>")
@requires(P.OBJECTION_DECIDE, narrow=True)
def create_time_verdict(time_request_id: int) -> Response:
    """More minutes or a standstill: granted or not."""
    asked = found_or_404(_about(TimeRequest, time_request_id))
    return _do(asked.grant if pressed("verdict", "grant", "refuse") == "grant" else asked.refuse)


def _callout(callout_id: int, permission: P) -> Callout:
    mine = current().reaches(Callout.dispute_id, permission)
    return found_or_404(select(Callout).where(Callout.id == callout_id, mine))


def _about(table: Any, key: int) -> Any:
    """A row about a callout of one's own house."""
    return select(table).join(Callout, Callout.id == table.callout_id).where(
        table.id == key, current().reaches(Callout.dispute_id, P.OBJECTION_DECIDE)
    )  # fmt: skip


def _do(verb: Callable[[Change], object]) -> Response:
    with transaction(current().actor) as change:
        verb(change)
    return go(".list_decisions")


def _page(status: int = 200, sent: dict[int, VerdictForm] | None = None) -> Response:
    identity = current()
    settings, is_narrow = identity.settings, bool(identity.sign_in and identity.sign_in.is_narrow)
    decisions = waiting_decisions(settings)
    objected = any(one.kind == "objection" for one in decisions)
    everybody = db.session.scalars(units_to_call()).all() if objected else []
    forms = {one.row.id: VerdictForm(data={"unit": next(iter(one.suggested), "")})
             for one in decisions if one.kind == "objection"}  # fmt: skip
    return page("decisions/list.html", status, decisions=decisions,
                everybody=everybody, forms={**forms, **(sent or {})},
                form=next(iter((sent or {}).values()), None), at=now(), minutes=settings["deputy_minutes"],
                link="" if is_narrow or settings["no_internet"] else _link(),
                has_pin=bool(identity.somebody.pin_hash))  # fmt: skip


def _link() -> str:
    """Today's own link for the telephone."""
    token = links.leader_token_for(current_app.extensions["sealer"], current().somebody)
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    return base + url_for(".open_link", token=token)
