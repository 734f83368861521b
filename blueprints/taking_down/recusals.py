"""回避: asked for by a party, decided by the duty leader or the manager."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext
from sqlalchemy import select

from blueprints.taking_down import bp, queries
from blueprints.taking_down.forms import GrantForm, RecusalForm, RefuseForm
from models.assignment import Duty, assigned
from models.dispute import Dispute
from models.party import Party
from models.person import Person, Role, holders
from models.recusal import Recusal
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.labels import label
from web.language import named
from web.responses import found_or_404, go, page

P = Permission
ROLES = {Duty.MEDIATOR: (Role.MEDIATOR,), Duty.RECORDER: (Role.CLERK, Role.MEDIATOR)}


@bp.get("/disputes/<ref:reference>/recusals/new")
@requires(P.DISPUTE_EDIT)
def new_recusal(reference: str) -> Response:
    dispute = found_or_404(queries.disputes(P.DISPUTE_EDIT, reference))
    return _new(dispute, RecusalForm(formdata=None))


@bp.post("/disputes/<ref:reference>/recusals")
@requires(P.DISPUTE_EDIT)
def create_recusal(reference: str) -> Response:
    dispute, form = found_or_404(queries.disputes(P.DISPUTE_EDIT, reference)), RecusalForm()
    _offer(dispute, form)
    asked: list[int] = []

    def ask() -> None:
        party = db.session().get_one(Party, int(form.party.data))
        with transaction(current().actor, form.submitted) as change:
            asked.append(Recusal.ask(change, party, *form.chosen, form.words.data or "").id)
            change.location = url_for("taking_down.show_recusal", recusal_id=asked[0])

    if form.accepts(ask):
        return go("taking_down.show_recusal", recusal_id=asked[0])
    return _new(dispute, form)


@bp.get("/recusals/<int:recusal_id>")
@requires(P.DISPUTE_READ)
def show_recusal(recusal_id: int) -> Response:
    return _show(found_or_404(queries.recusals(P.DISPUTE_READ, recusal_id)))


@bp.post("/recusals/<int:recusal_id>")
@requires(P.RECUSAL_DECIDE)
def create_decision(recusal_id: int) -> Response:
    """Granted to a successor, or refused with the reason."""
    recusal = found_or_404(queries.recusals(P.RECUSAL_DECIDE, recusal_id))
    is_grant = request.form.get("verdict") == "grant"
    grant, refuse = GrantForm(is_sent=is_grant), RefuseForm(is_sent=not is_grant)
    grant.successor.choices = _successors(recusal)

    def decide() -> None:
        with transaction(current().actor) as change:
            if is_grant:
                recusal.grant(change, db.session().get_one(Person, int(grant.successor.data)))
            else:
                recusal.refuse(change, refuse.reason.data)

    if (grant if is_grant else refuse).accepts(decide):
        return go("taking_down.show_recusal", recusal_id=recusal_id)
    return _show(recusal, grant=grant, refuse=refuse)


def _offer(dispute: Dispute, form: RecusalForm) -> None:
    holding = [(duty, assigned(dispute, duty)) for duty in Duty]
    form.party.choices = queries.party_choices(dispute)
    form.duty.choices = [(duty.value, gettext("%(name)s (%(side)s)", name=named(who), side=label(duty)))
                         for duty, who in holding if who is not None]  # fmt: skip


def _new(dispute: Dispute, form: RecusalForm) -> Response:
    _offer(dispute, form)
    return page("taking_down/new_recusal.html", form.status, dispute=dispute, form=form)


def _successors(recusal: Recusal) -> list[tuple[str, str]]:
    """Who holds the role in the house and has no duty in this dispute yet."""
    busy = {who.id for duty in Duty if (who := assigned(recusal.dispute, duty)) is not None}
    people = [one for role in ROLES[recusal.duty] for one in holders(db.session(), role, recusal.dispute.centre.unit)]
    return [(str(one.id), named(one)) for one in dict.fromkeys(people) if one.id not in busy | {recusal.person_id}]


def _show(recusal: Recusal, **sent: Any) -> Response:
    grant, refuse = sent.get("grant") or GrantForm(), sent.get("refuse") or RefuseForm()
    grant.successor.choices = _successors(recusal)
    form = next((one for one in (grant, refuse) if one.has_errors), grant)
    decider = db.session.scalar(select(Person).where(Person.id == recusal.decided_by_id))
    return page("taking_down/recusal.html", form.status, recusal=recusal, dispute=recusal.dispute, form=form,
                grant=grant, refuse=refuse, decider=decider)  # fmt: skip
