"""Who comes into an open session and who leaves it before its end."""

from typing import Any

from flask import Response, abort, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from blueprints.mediation import bp, queries
from blueprints.mediation.proposals import may_be_present, seated
from models.assignment import recorded_as
from models.callout import Officer
from models.errors import RuleBroken
from models.mediation import MediationSession
from models.participant import Invitee, Participant, join_session, leave_session
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.forms import BaseForm, CreatingForm, Line
from web.labels import label
from web.responses import found_or_404, go, page

EDIT = Permission.DISPUTE_EDIT


class JoiningForm(CreatingForm):
    """Somebody who is known to the dispute, or somebody by name."""

    known = SelectField(lazy_gettext(_("Who comes in")), [Optional()])
    name = Line(_("Name, if another person"), most=200)
    invitee = SelectField(lazy_gettext(_("Invited as")), [Optional()])
    parties_consent = BooleanField(lazy_gettext(_("The parties consent to this person")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitee.choices = [("", ""), *((one.value, label(one)) for one in Invitee)]


class ComingForm(BaseForm):
    """Who came for the unit, as far as anybody says."""

    name = Line(_("Officer's name"), most=60)
    post = Line(_("Post"), most=60)


@bp.get("/sessions/<int:session_id>/participants/new")
@requires(EDIT)
def new_participant(session_id: int) -> Response:
    return _ask(found_or_404(queries.sessions(EDIT, session_id)), JoiningForm(formdata=None))


@bp.post("/sessions/<int:session_id>/participants")
@requires(EDIT)
def create_participant(session_id: int) -> Response:
    session, form = found_or_404(queries.sessions(EDIT, session_id)), JoiningForm()
    known = _absent(session)
    form.known.choices = _choices(known)

    def come() -> None:
        person = known[form.known.data][0] if form.known.data else _by_name(form)
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("mediation.show_session", session_id=session_id)
            join_session(change, session, person)

    if form.accepts(come):
        return go("mediation.show_session", session_id=session_id, _anchor="present")
    return _ask(session, form)


@bp.post("/sessions/<int:session_id>/callouts/<int:callout_id>/arrival")
@requires(Permission.CALLOUT_RECORD)
def create_arrival(session_id: int, callout_id: int) -> Response:
    """An officer without a phone walks into the room: one tap, and he has reported in and sits there."""
    session = found_or_404(queries.sessions(Permission.CALLOUT_RECORD, session_id))
    callout = next((one for one in session.dispute.callouts if one.id == callout_id), None) or abort(404)
    form = ComingForm()
    if not form.validate():
        return go("dispatch.show_callout", callout_id=callout_id, _anchor="arrival")
    officer = Officer(form.name.data, form.post.data or "") if form.name.data else None
    with transaction(current().actor) as change:
        if callout.is_open and callout.arrived_at is None:
            callout.arrive(change, recorded_as(session.dispute, current().person), officer)
            join_session(change, session, seated(callout))
    return go("mediation.show_session", session_id=session_id, _anchor=f"callout-{callout_id}")


@bp.post("/participants/<int:participant_id>/leave")
@requires(EDIT)
def create_leave(participant_id: int) -> Response:
    """One tap; the second changes nothing."""
    session_id = select(Participant.session_id).where(Participant.id == participant_id)
    session = found_or_404(queries.sessions(EDIT, session_id.scalar_subquery()))
    person = next(one for one in session.participants if one.id == participant_id)
    with transaction(current().actor) as change:
        leave_session(change, session, person)
    return go("mediation.show_session", session_id=session.id, _anchor="present")


def _by_name(form: JoiningForm) -> Participant:
    if not form.invitee.data:
        raise RuleBroken(_("Choose as what this person is invited"), field="invitee")
    kind = Invitee(form.invitee.data)
    return Participant(name=form.name.data or "", invitee=kind, parties_consent=bool(form.parties_consent.data))


def _absent(session: MediationSession) -> dict[str, tuple[Participant, str, bool]]:
    """Who is known to the dispute and does not sit there now."""
    here = {(one.party_id, one.callout_id, one.name) for one in session.participants if one.left_at is None}
    known = may_be_present(session.dispute)
    return {key: found for key, found in known.items()
            if (found[0].party_id, found[0].callout_id, found[0].name) not in here}  # fmt: skip


def _choices(known: dict[str, tuple[Participant, str, bool]]) -> list[tuple[str, str]]:
    return [("", gettext("another person")), *((key, words) for key, (_who, words, _here) in known.items())]


def _ask(session: MediationSession, form: JoiningForm) -> Response:
    form.known.choices = _choices(_absent(session))
    return page("mediation/participant.html", form.status, mediation=session, dispute=session.dispute, form=form)
