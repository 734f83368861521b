"""Roles, passwords, locks and sessions of an account; and the table of what each role may do."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext

from blueprints.people import bp, queries
from blueprints.people.forms import GrantForm, ResetForm
from blueprints.people.routes import account, shown
from blueprints.people.words import PERMISSION_WORDS
from models.change import Change
from models.errors import RuleBroken
from models.person import Person, Role
from models.unit import Unit
from security.access import requires
from security.identity import current
from security.passwords import generated_password, hash_password
from security.permissions import ROLE_PERMISSIONS, Permission
from transaction import transaction
from web.language import sentence
from web.responses import go, page


@bp.get("/people/roles")
@requires(Permission.PERSON_MANAGE)
def list_roles() -> Response:
    return page("people/roles.html", roles=list(Role), words=PERMISSION_WORDS, rights=ROLE_PERMISSIONS)


@bp.post("/people/<int:person_id>/roles")
@requires(Permission.PERSON_MANAGE)
def create_role(person_id: int) -> Response:
    person, form = account(person_id), GrantForm()

    def save() -> None:
        with transaction(current().actor) as change:
            person.grant(change, form.role.data, change.session.get_one(Unit, form.unit_id.data))

    if form.accepts(save):
        return _done(person)
    return shown(person, form, form.status)


@bp.post("/people/<int:person_id>/roles/<int:held_id>/end")
@requires(Permission.PERSON_MANAGE)
def delete_role(person_id: int, held_id: int) -> Response:
    person = account(person_id)
    held = queries.held_role(person, held_id)
    if held is None:
        return _done(person)  # taken away already
    return _do(person, lambda change: person.revoke(change, *held))


@bp.post("/people/<int:person_id>/password")
@requires(Permission.PERSON_MANAGE)
def update_password(person_id: int) -> Response:
    """A new initial password, shown once. The same form again changes nothing and leads to the account."""
    person, form, password = account(person_id), ResetForm(), generated_password()

    def save() -> None:
        hashed = hash_password(password)
        with transaction(current().actor, form.submitted) as change:
            person.reset_password(change, hashed)
            change.location = url_for("people.show_person", person_id=person.id)

    if form.accepts(save):
        return page("people/password.html", person=person, password=password, is_new=False)
    return _refused(person, *form.rule_errors)


@bp.post("/people/<int:person_id>/disable")
@requires(Permission.PERSON_MANAGE)
def disable_person(person_id: int) -> Response:
    person = account(person_id)
    return _do(person, person.disable)


@bp.post("/people/<int:person_id>/enable")
@requires(Permission.PERSON_MANAGE)
def enable_person(person_id: int) -> Response:
    person = account(person_id)
    return _do(person, person.enable)


@bp.post("/people/<int:person_id>/unlock")
@requires(Permission.PERSON_MANAGE)
def unlock_person(person_id: int) -> Response:
    person = account(person_id)
    return _do(person, person.unlock)


@bp.post("/people/<int:person_id>/sessions/end")
@requires(Permission.PERSON_MANAGE)
def delete_sessions(person_id: int) -> Response:
    person = account(person_id)
    return _do(person, person.end_sessions)


def _do(person: Person, verb: Callable[[Change], Any]) -> Response:
    try:
        with transaction(current().actor) as change:
            verb(change)
    except RuleBroken as error:
        return _refused(person, sentence(error))
    return _done(person)


def _done(person: Person) -> Response:
    flash(gettext("Saved"), "ok")
    return go("people.show_person", person_id=person.id)


def _refused(person: Person, *sentences: str) -> Response:
    form = GrantForm(formdata=None)
    form.rule_errors = sentences or (gettext("This form is not complete. Open the page again."),)
    return shown(person, form, 422)
