"""One list per silence: who came meanwhile, by one tap each, until a person closes it."""

from flask import Response, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from blueprints.outages import bp
from blueprints.outages.forms import ABSENT, REASON, AwaitedForm
from models.back_entry import Late, enter_absence, enter_arrival, noted_absent
from models.callout import Callout
from models.centre import Centre
from models.clock import local_day
from models.invitation import Invitation
from models.outage import close_outage, outage_of, outages
from models.presence import silences, silent_since
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import done, found_or_404, go, page

P = Permission


@bp.get("/outages")
@requires(P.CALLOUT_RECORD)
def list_outages() -> Response:
    return _page()


@bp.post("/outages/<int:presence_id>/closing")
@requires(P.CALLOUT_RECORD)
def create_closing(presence_id: int) -> Response:
    """Everybody was asked for."""
    centre = house()
    silence = next((one for one in silences(db.session(), centre, now()) if one.id == presence_id), None)
    if silence is None:
        raise NotFound
    with transaction(current().actor) as change:
        close_outage(change, centre, outage_of(change.session, centre, silence))
    return go("outages.list_outages")


@bp.post("/callouts/<int:callout_id>/back-entries")
@requires(P.CALLOUT_RECORD)
def create_callout_entry(callout_id: int) -> Response:
    return _enter(_callout(callout_id))


@bp.get("/callouts/<int:callout_id>/back-entries/new")
@requires(P.CALLOUT_RECORD)
def new_callout_entry(callout_id: int) -> Response:
    """For an arrival that was written on the sign-in sheet alone."""
    form = AwaitedForm(formdata=None, on=local_day(now()))
    return page("outages/entry.html", callout=_callout(callout_id), form=form)


@bp.post("/invitations/<int:invitation_id>/back-entries")
@requires(P.CALLOUT_RECORD)
def create_invitation_entry(invitation_id: int) -> Response:
    mine = current().reaches(Invitation.dispute_id, P.CALLOUT_RECORD)
    return _enter(found_or_404(select(Invitation).where(Invitation.id == invitation_id, mine)))


def house() -> Centre:
    centre = current().centre
    if centre is None:
        raise NotFound
    return centre


def _callout(callout_id: int) -> Callout:
    mine = current().reaches(Callout.dispute_id, P.CALLOUT_RECORD)
    return found_or_404(select(Callout).where(Callout.id == callout_id, mine))


def _enter(awaited: Callout | Invitation) -> Response:
    form, by_leader = AwaitedForm(), current().may(P.OBJECTION_DECIDE)

    def verb() -> None:
        with transaction(current().actor) as change:
            if form.happened.data == ABSENT:
                enter_absence(change, awaited, Late(change.at, form.reason.data, by_leader))
            else:
                enter_arrival(change, awaited, Late(form.moment, form.reason.data, by_leader))

    if form.accepts(verb):
        return done(url_for("outages.list_outages"))
    if isinstance(awaited, Callout) and request.form.get("alone"):
        return page("outages/entry.html", form.status, callout=awaited, form=form)
    return _page(form, awaited)


def _page(sent: AwaitedForm | None = None, about: Callout | Invitation | None = None) -> Response:
    """The form that was refused stands at its line with what was typed."""
    found = outages(db.session(), house(), now())
    awaited = [one for outage in found for one in (*outage.callouts, *outage.invitations)]
    return page("outages/list.html", sent.status if sent else 200, outages=found, sent=sent, about=about,
                absent=noted_absent(db.session(), awaited), reason=REASON,
                silent_since=silent_since(db.session(), house(), now()))  # fmt: skip
