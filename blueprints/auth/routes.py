"""Signing in and out, unlocking the desk, one's own password and language."""

from datetime import timedelta
from typing import Any

from flask import Response, flash, request, session, url_for
from flask_babel import gettext

from blueprints.auth import bp
from blueprints.auth.forms import PasswordForm, SignInForm, UnlockForm
from models.actor import Actor, ActorKind
from models.person import Person
from security import cookies, sessions
from security.access import public, requires
from security.identity import current
from security.passwords import hash_password, weak_password_problem
from security.permissions import Permission
from transaction import transaction
from web.errors import LAST_HERE
from web.language import COOKIE as LANGUAGE_COOKIE
from web.language import LOCALES
from web.responses import page, see_other, within

YEAR = timedelta(days=365)


@bp.get("/sign-in")
@public
def sign_in() -> Response:
    return page("auth/sign_in.html", form=SignInForm(), next=within(request.args.get("next"), "/"), kept=[])


@bp.post("/sign-in")
@public
def create_session() -> Response:
    """Signs in; a form that was held back because the session had ended is offered for sending on."""
    form = SignInForm()
    target, kept, action = (
        within(request.form.get("next"), "/"),
        _kept_fields(),
        within(request.form.get("kept-action"), ""),
    )
    if form.validate_on_submit():
        person = sessions.check(form.username.data, form.password.data, sessions.address_of(request))
        if person is not None:
            return _signed_in(person, target, kept, action)
        form.rule_errors = (gettext("User name or password is wrong, or the account is locked. "
                                    "After five wrong attempts it is locked for 30 minutes."),)  # fmt: skip
    return page("auth/sign_in.html", form.status, form=form, next=target, kept=kept, action=action,
                typed_by=request.form.get("kept-by", ""))  # fmt: skip


@bp.get("/unlock")
@requires(Permission.ACCOUNT_OWN)
def unlock() -> Response:
    return page("auth/unlock.html", form=UnlockForm(), next=within(request.args.get("next"), "/"))


@bp.post("/unlock")
@public
def create_unlock() -> Response:
    """Public, because a locked session is refused everywhere else; the password decides."""
    identity, form = current(), UnlockForm()
    target = within(request.form.get("next"), "/")
    if identity.person is None or identity.sign_in is None:
        return see_other(url_for("auth.sign_in", next=target))
    if form.validate_on_submit():
        if sessions.check(identity.person.username, form.password.data, sessions.address_of(request)):
            sessions.unlock(identity.sign_in)
            return see_other(target)
        form.rule_errors = (gettext("The password is wrong."),)
    return page("auth/unlock.html", form.status, form=form, next=target)


@bp.post("/lock")
@requires(Permission.ACCOUNT_OWN)
def create_lock() -> Response:
    sign_in = current().sign_in
    if sign_in is not None:
        sessions.lock(sign_in)
    return see_other(url_for("auth.unlock"))


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    identity = current()
    if identity.sign_in is not None:
        with transaction(identity.actor) as change:
            sessions.sign_out(change, identity.sign_in)
    session.pop(LAST_HERE, None)
    response = see_other(url_for("auth.sign_in"))
    cookies.forget(response, sessions.COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/password")
@requires(Permission.ACCOUNT_OWN)
def edit_password() -> Response:
    return page("auth/password.html", form=PasswordForm(), must_change=current().somebody.must_change_password)


@bp.post("/password")
@requires(Permission.ACCOUNT_OWN)
def update_password() -> Response:
    person, form = current().somebody, PasswordForm()
    if form.validate_on_submit() and _may_become(person, form):
        hashed = hash_password(form.new.data)
        with transaction(current().actor) as change:
            person.set_password(change, hashed, must_change=False)
            token = sessions.sign_in(change, person, sessions.address_of(request))
        return _with_cookie(see_other("/"), token)
    return page("auth/password.html", form.status, form=form, must_change=person.must_change_password)


@bp.post("/language")
@public
def change_language() -> Response:
    """The choice stays with the person, or in a cookie while nobody is signed in."""
    wanted = LOCALES.get(request.form.get("lang", ""))
    came_from = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    response = see_other(within(came_from, "/"))
    if wanted is not None:
        person = current().person
        if person is not None:
            with transaction(current().actor) as change:
                person.choose_language(change, wanted)
        cookies.keep(response, LANGUAGE_COOKIE, wanted, YEAR)
    return response


def _may_become(person: Person, form: PasswordForm) -> bool:
    # Counted like a wrong sign-in: an open desk is no place to try passwords out.
    if sessions.check(person.username, form.current.data, sessions.address_of(request)) is None:
        form.current.errors = [gettext("This is not your present password")]
    elif problem := weak_password_problem(form.new.data, person.username):
        form.new.errors = [gettext(problem)]
    elif form.new.data == form.current.data:
        form.new.errors = [gettext("Choose a password that is not the present one")]
    return not form.has_errors


def _signed_in(person: Person, target: str, kept: list[tuple[str, str]], action: str) -> Response:
    typed_by = request.form.get("kept-by") or str(person.id)
    session[LAST_HERE] = person.id
    with transaction(Actor(ActorKind.USER, person.id)) as change:
        token = sessions.sign_in(change, person, sessions.address_of(request))
    if action and kept and typed_by == str(person.id):
        return _with_cookie(page("auth/send_on.html", action=action, fields=kept), token)
    if action and kept:
        flash(gettext("What was typed here under another account has not been saved."), "wait")
    return _with_cookie(see_other(target), token)


def _with_cookie(response: Response, token: str) -> Response:
    cookies.keep(response, sessions.COOKIE, token, sessions.ABSOLUTE)
    return response


def _kept_fields() -> list[tuple[str, str]]:
    names: Any = request.form.getlist("kept-name")
    return list(zip(names, request.form.getlist("kept-value"), strict=False))
