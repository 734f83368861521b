"""After a session, or without one: hand over, and record the reply."""

from datetime import timedelta

from flask import Response, url_for

from blueprints.mediation import bp
from blueprints.mediation.forms import HandOverForm, ReplyForm
from blueprints.mediation.queries import disputes, duty_today, hand_overs
from models.clock import local_day
from models.dispute import Dispute
from models.ending import require_no_session
from models.errors import TransitionNotAllowed
from models.hand_over import HandOver, hand_over
from models.lifecycle import Move
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.choices import blank, unit_choices
from web.responses import found_or_404, go, page


@bp.get("/disputes/<ref:reference>/hand-overs/new")
@requires(Permission.DISPUTE_DECIDE)
def new_hand_over(reference: str) -> Response:
    dispute = found_or_404(disputes(Permission.DISPUTE_DECIDE, reference))
    if not dispute.can_do(Move.HAND_OVER):
        raise TransitionNotAllowed(_("This step is not possible in the present state of the dispute"))
    require_no_session(dispute)
    return _ask_hand_over(dispute, _hand_over_form(dispute))


@bp.post("/disputes/<ref:reference>/hand-overs")
@requires(Permission.DISPUTE_DECIDE)
def create_hand_over(reference: str) -> Response:
    """转办理 outside a session."""
    dispute = found_or_404(disputes(Permission.DISPUTE_DECIDE, reference))
    form = _hand_over_form(dispute)

    def do() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("disputes.show_dispute", reference=reference)
            hand_over(change, dispute, form.order)

    return go("disputes.show_dispute", reference=reference) if form.accepts(do) else _ask_hand_over(dispute, form)


def _hand_over_form(dispute: Dispute) -> HandOverForm:
    days = dispute.centre.setting(db.session(), "hand_over_days")
    form = HandOverForm(reply_by=local_day(now()) + timedelta(days=days), matter=dispute.demand)
    form.hand_over_unit.choices = [blank(""), *unit_choices()]
    return form


def _ask_hand_over(dispute: Dispute, form: HandOverForm) -> Response:
    return page("mediation/hand_over.html", form.status, dispute=dispute, form=form, duty=duty_today())


@bp.get("/hand-overs/<int:hand_over_id>/reply/new")
@requires(Permission.DISPUTE_EDIT)
def new_reply(hand_over_id: int) -> Response:
    row = found_or_404(hand_overs(Permission.DISPUTE_EDIT, hand_over_id))
    if row.replied_at is not None:
        raise TransitionNotAllowed(_("The reply has been recorded already"))
    return _ask_reply(row, ReplyForm())


@bp.post("/hand-overs/<int:hand_over_id>/reply")
@requires(Permission.DISPUTE_EDIT)
def create_reply(hand_over_id: int) -> Response:
    row, form = found_or_404(hand_overs(Permission.DISPUTE_EDIT, hand_over_id)), ReplyForm()
    reference = row.dispute.reference

    def do() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("disputes.show_dispute", reference=reference)
            row.note_reply(change, form.reply.data)

    return go("disputes.show_dispute", reference=reference) if form.accepts(do) else _ask_reply(row, form)


def _ask_reply(row: HandOver, form: ReplyForm) -> Response:
    return page("mediation/reply.html", form.status, hand_over=row, dispute=row.dispute, form=form)
