"""约请对方: voluntary, so nothing here has a clock."""

from flask import Response, url_for
from flask_babel import gettext

from blueprints.dispatch import bp
from blueprints.dispatch.answer_forms import InvitationForm, NoteForm
from blueprints.dispatch.queries import invitation_in_scope
from models.dispute import Dispute
from models.errors import RuleBroken
from models.invitation import Invitation
from models.whistle import waiting_respondents
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.responses import done, found_or_404, page, see_other

RECORD = Permission.CALLOUT_RECORD


@bp.post("/invitations/<int:invitation_id>/note")
@requires(RECORD)
def create_invitation_note(invitation_id: int) -> Response:
    invitation, form = found_or_404(invitation_in_scope(invitation_id, RECORD)), NoteForm()
    if not form.validate():
        raise RuleBroken(_("Choose what the telephone call ended with"))
    with transaction(current().actor) as change:
        invitation.note(change, form.result.data, form.minutes.data)
    return done(_back(invitation.dispute))


@bp.post("/invitations/<int:invitation_id>/arrival")
@requires(RECORD)
def create_invitation_arrival(invitation_id: int) -> Response:
    invitation = found_or_404(invitation_in_scope(invitation_id, RECORD))
    with transaction(current().actor) as change:
        invitation.arrive(change)
    return done(_back(invitation.dispute))


@bp.get("/disputes/<ref:reference>/invitations/new")
@requires(RECORD)
def new_invitation(reference: str) -> Response:
    dispute = _dispute(reference)
    return page("dispatch/invitation.html", dispute=dispute, form=_form(dispute))


@bp.post("/disputes/<ref:reference>/invitations")
@requires(RECORD)
def create_invitation(reference: str) -> Response:
    dispute = _dispute(reference)
    form = _form(dispute)

    def verb() -> None:
        party = next((party for party in dispute.parties if party.id == form.party_id.data), None)
        with transaction(current().actor, form.submitted) as change:
            Invitation.make(change, dispute, party, form.who.data or "")
            change.location = _back(dispute)

    if form.accepts(verb):
        return see_other(_back(dispute))
    return page("dispatch/invitation.html", form.status, dispute=dispute, form=form)


def _form(dispute: Dispute) -> InvitationForm:
    form = InvitationForm()
    waiting = [(party.id, party.name) for party in waiting_respondents(dispute)]
    form.party_id.choices = [(0, gettext("None of these")), *waiting]
    return form


def _back(dispute: Dispute) -> str:
    return url_for("disputes.show_dispute", reference=dispute.reference)


def _dispute(reference: str) -> Dispute:
    return found_or_404(current().disputes(RECORD).where(Dispute.reference == reference))
