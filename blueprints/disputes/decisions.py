"""Decisions about a dispute outside a session: accept, decline, withdraw, take back, close, reopen.

Each has a small page that asks for what the decision needs, and a POST that makes it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, url_for

from blueprints.disputes import bp
from blueprints.disputes.forms import ClosingForm, ReasonForm, ReopeningForm, labelled
from models.change import Change
from models.clock import local_day
from models.closing import close, closing_types, proposed_closing
from models.dispute import Dispute
from models.ending import decline, require_no_session, withdraw
from models.errors import TransitionNotAllowed
from models.hand_over import take_back
from models.lifecycle import ClosingType, DisputeStatus, Move
from models.next_date import next_date
from models.reopening import ReopeningKind, reopen
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.forms import CreatingForm
from web.responses import found_or_404, go, page

# A closed dispute is looked at again after a month, unless the record itself knows an earlier day.
FOLLOW_UP = timedelta(days=30)


@bp.post("/disputes/<ref:reference>/acceptance")
@requires(Permission.DISPUTE_DECIDE)
def create_acceptance(reference: str) -> Response:
    """Accepting twice changes nothing."""
    dispute = _found(reference, Permission.DISPUTE_DECIDE)
    if dispute.status is not DisputeStatus.ACCEPTED:
        with transaction(current().actor) as change:
            dispute.accept(change)
    return go("disputes.show_dispute", reference=reference)


@bp.get("/disputes/<ref:reference>/refusal/new")
@requires(Permission.DISPUTE_DECIDE)
def new_refusal(reference: str) -> Response:
    return _ask(_ready(reference, Permission.DISPUTE_DECIDE, Move.DECLINE), Move.DECLINE, ReasonForm())


@bp.post("/disputes/<ref:reference>/refusal")
@requires(Permission.DISPUTE_DECIDE)
def create_refusal(reference: str) -> Response:
    dispute, form = _found(reference, Permission.DISPUTE_DECIDE), ReasonForm()
    return _decide(dispute, Move.DECLINE, form, lambda change: decline(change, dispute, form.reason.data))


@bp.get("/disputes/<ref:reference>/withdrawal/new")
@requires(Permission.DISPUTE_DECIDE)
def new_withdrawal(reference: str) -> Response:
    dispute = _ready(reference, Permission.DISPUTE_DECIDE, Move.WITHDRAW)
    require_no_session(dispute)
    return _ask(dispute, Move.WITHDRAW, ReasonForm())


@bp.post("/disputes/<ref:reference>/withdrawal")
@requires(Permission.DISPUTE_DECIDE)
def create_withdrawal(reference: str) -> Response:
    dispute, form = _found(reference, Permission.DISPUTE_DECIDE), ReasonForm()
    return _decide(dispute, Move.WITHDRAW, form, lambda change: withdraw(change, dispute, form.reason.data))


@bp.get("/disputes/<ref:reference>/return/new")
@requires(Permission.DISPUTE_DECIDE)
def new_return(reference: str) -> Response:
    return _ask(_ready(reference, Permission.DISPUTE_DECIDE, Move.TAKE_BACK), Move.TAKE_BACK, ReasonForm())


@bp.post("/disputes/<ref:reference>/return")
@requires(Permission.DISPUTE_DECIDE)
def create_return(reference: str) -> Response:
    dispute, form = _found(reference, Permission.DISPUTE_DECIDE), ReasonForm()
    return _decide(dispute, Move.TAKE_BACK, form, lambda change: take_back(change, dispute, form.reason.data))


@bp.get("/disputes/<ref:reference>/reopening/new")
@requires(Permission.DISPUTE_REOPEN)
def new_reopening(reference: str) -> Response:
    return _ask(_ready(reference, Permission.DISPUTE_REOPEN, Move.REOPEN), Move.REOPEN, ReopeningForm())


@bp.post("/disputes/<ref:reference>/reopening")
@requires(Permission.DISPUTE_REOPEN)
def create_reopening(reference: str) -> Response:
    dispute, form = _found(reference, Permission.DISPUTE_REOPEN), ReopeningForm()
    return _decide(dispute, Move.REOPEN, form,
                   lambda change: reopen(change, dispute, form.reason.data, ReopeningKind(form.kind.data)))  # fmt: skip


@bp.get("/disputes/<ref:reference>/closing/new")
@requires(Permission.DISPUTE_CLOSE)
def new_closing(reference: str) -> Response:
    dispute = _ready(reference, Permission.DISPUTE_CLOSE, Move.CLOSE)
    today = local_day(now())
    known = next_date(dispute)  # a term that is overdue already is no date to come
    form = ClosingForm(closing_type=proposed_closing(dispute).value, notice_given_on=today,
                       next_on=known if known and known >= today else today + FOLLOW_UP)  # fmt: skip
    form.closing_type.choices = labelled(closing_types(dispute))
    return _ask(dispute, Move.CLOSE, form)


@bp.post("/disputes/<ref:reference>/closing")
@requires(Permission.DISPUTE_CLOSE)
def create_closing(reference: str) -> Response:
    dispute, form = _found(reference, Permission.DISPUTE_CLOSE), ClosingForm()
    form.closing_type.choices = labelled(closing_types(dispute))
    return _decide(
        dispute,
        Move.CLOSE,
        form,
        lambda change: close(
            change, dispute, ClosingType(form.closing_type.data), form.notice_given_on.data, form.next_on.data
        ),
    )


def _found(reference: str, permission: Permission) -> Dispute:
    return found_or_404(current().disputes(permission).where(Dispute.reference == reference))


def _ready(reference: str, permission: Permission, move: Move) -> Dispute:
    """The dispute, if this step is possible now; otherwise nobody is asked for a reason in vain."""
    dispute = _found(reference, permission)
    if not dispute.can_do(move):
        raise TransitionNotAllowed(_("This step is not possible in the present state of the dispute"))
    return dispute


ACTIONS = {
    Move.DECLINE: "disputes.create_refusal",
    Move.WITHDRAW: "disputes.create_withdrawal",
    Move.TAKE_BACK: "disputes.create_return",
    Move.REOPEN: "disputes.create_reopening",
    Move.CLOSE: "disputes.create_closing",
}


def _ask(dispute: Dispute, move: Move, form: CreatingForm) -> Response:
    action = url_for(ACTIONS[move], reference=dispute.reference)
    return page("disputes/decision.html", form.status, dispute=dispute, move=move, form=form, action=action)


def _decide(dispute: Dispute, move: Move, form: CreatingForm, verb: Callable[[Change], Any]) -> Response:
    reference = dispute.reference

    def decide() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("disputes.show_dispute", reference=reference)
            verb(change)

    return go("disputes.show_dispute", reference=reference) if form.accepts(decide) else _ask(dispute, move, form)
