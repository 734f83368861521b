"""The way to the decisions from a telephone: today's link and a PIN. Nothing else opens with them."""

from flask import Response, current_app, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from blueprints.decisions import bp
from blueprints.decisions.forms import NewPinForm, PinForm
from models.actor import Actor, ActorKind
from models.person import Person
from security import cookies, links, sessions
from security.access import public, requires
from security.identity import current
from security.passwords import check_password, hash_password, weak_pin_problem
from security.permissions import Permission
from transaction import transaction
from web.responses import page, see_other


@bp.get("/l/<string(minlength=20,maxlength=60):token>")
@public
def open_link(token: str) -> Response:
    _leader(token)
    return page("decisions/pin.html", form=PinForm(), token=token)


@bp.post("/l/<string(minlength=20,maxlength=60):token>")
@public
def create_entry(token: str) -> Response:
    """A right PIN opens a session that reaches the decisions for half an hour."""
    person, form = _leader(token), PinForm()
    if form.validate_on_submit():
        if sessions.check_pin(person, form.pin.data, sessions.address_of(request)):
            with transaction(Actor(ActorKind.USER, person.id)) as change:
                cookie = sessions.sign_in(change, person, sessions.address_of(request), is_narrow=True)
            response = see_other(url_for(".list_decisions"))
            cookies.keep(response, sessions.COOKIE, cookie, sessions.NARROW)
            return response
        form.rule_errors = (gettext("The PIN is wrong or not set. After five wrong ones it is locked for 30 minutes."),)
    return page("decisions/pin.html", form.status, form=form, token=token)


@bp.get("/pin")
@requires(Permission.OBJECTION_DECIDE)
def edit_pin() -> Response:
    return page("decisions/new_pin.html", form=NewPinForm(), is_set=bool(current().somebody.pin_hash))


@bp.post("/pin")
@requires(Permission.OBJECTION_DECIDE)
def update_pin() -> Response:
    person, form = current().somebody, NewPinForm()
    if form.validate_on_submit():
        if not check_password(person.password_hash, form.current.data):
            form.current.errors = [gettext("This is not your present password")]
        elif problem := weak_pin_problem(form.pin.data):
            form.pin.errors = [gettext(problem)]
        else:
            hashed = hash_password(form.pin.data)
            with transaction(current().actor) as change:
                person.set_pin(change, hashed)
            return see_other(url_for(".list_decisions"))
    return page("decisions/new_pin.html", form.status, form=form, is_set=bool(person.pin_hash))


def _leader(token: str) -> Person:
    person = links.leader_of(current_app.extensions["sealer"], token)
    if person is None:
        raise NotFound
    return person
