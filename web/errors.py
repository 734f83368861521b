"""What a person sees when something cannot be done: a clear sentence, the right status, and nothing typed is lost."""

import secrets
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request, session, url_for
from flask_babel import gettext, refresh
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from models.errors import AlreadySubmitted, Busy, RuleBroken, Stale, TooLarge, TransitionNotAllowed
from models.sealed import SealBroken
from models.words import _
from papers.press import Fault, NotDrawn
from security import cookies, links
from security.access import Refused, refuse
from security.files import FileGone
from security.identity import Identity, current
from transaction import OUT_OF_REACH, db
from web.responses import is_htmx, page, see_other, typed_fields, within

HTTP_SENTENCES = {
    400: _("This request could not be understood."),
    401: _("Please sign in."),
    403: _("You may not do this. If your work needs it, ask the security administrator for the role."),
    404: _("There is nothing here, or you may not see it."),
    405: _("This address does not take that kind of request."),
    413: _("This is too large to be taken."),
    415: _("This kind of content is not taken."),
    429: _("Too many attempts. Please wait a little."),
}
LINKS_OVER = {
    "link": _("This link is no longer valid. Open the link in the newest message, or ask the centre's desk."),
    "released": _("Your part is done. Thank you for coming."),
    "stood_down": _("You have been stood down: you need not come."),
}
# Who signed in last in this browser, in its signed cookie: what was typed is sent on by nobody else.
LAST_HERE = "last"
FORM_OLD = _("This form was open too long. What you typed is kept: look at it and send it again.")
LOST = _("What is kept here is missing or was changed and cannot be opened. Tell whoever looks after the system.")
FAULT = _("A fault of the system, number %(number)s. Nothing was saved.")
BUSY = _("The system is busy. Nothing was saved yet; what you typed is kept: send it again in a moment.")

NOT_DRAWN = {
    Fault.BUSY: _("Several papers are being drawn just now. Nothing was taken out; try again in a moment."),
    Fault.SLOW: _("Drawing took too long and was stopped. Nothing was taken out. Look whether a file of the material "
                  "is very large, or try again later."),
    Fault.FAILED: _("This could not be drawn. Nothing was taken out. Look whether a file of the material is damaged."),
}  # fmt: skip


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(AlreadySubmitted, lambda error: see_other(error.location or "/"))
    app.register_error_handler(RuleBroken, on_rule_broken)
    app.register_error_handler(Busy, on_busy)
    for fault in OUT_OF_REACH:
        app.register_error_handler(fault, on_busy)
    app.register_error_handler(CSRFError, on_old_form)
    app.register_error_handler(FileGone, on_lost)
    app.register_error_handler(SealBroken, on_lost)
    app.register_error_handler(NotDrawn, on_not_drawn)
    app.register_error_handler(HTTPException, on_http)
    if not app.debug:
        app.register_error_handler(Exception, on_failure)


def on_refused(error: Refused) -> Response:
    if error.reason == "permission":
        return answer(403, HTTP_SENTENCES[403])
    if error.reason in LINKS_OVER:
        return link_over(error.reason, links.tokens_in(cookies.read(links.COOKIE)))
    if error.reason == "screen":
        return make_response("", 401)
    if error.reason == "password":
        return see_other(url_for("auth.edit_password"))
    return sign_in_again(locked=error.reason == "locked")


def link_over(reason: str, tokens: list[str]) -> Response:
    """What an officer on the road reads: why his link is over, and whom to ring. Of the dispute nothing is told."""
    if is_htmx():
        return answer(410, LINKS_OVER[reason])
    house = links.house_of(current_app.extensions["sealer"], tokens)
    return page("arrival/over.html", 410, words=gettext(LINKS_OVER[reason]), house=house,
                is_expected=reason == "link")  # fmt: skip


def sign_in_again(*, locked: bool) -> Response:
    """The session ended or is locked. A form that was sent is held on the page and sent on after signing in."""
    back = within(request.full_path.rstrip("?"), "/") if request.method == "GET" else "/"
    if is_htmx() and request.method == "GET":
        return make_response("", 401, {"HX-Redirect": url_for("auth.sign_in", next=_page_of_htmx())})
    if request.method == "GET":
        return see_other(url_for("auth.unlock" if locked else "auth.sign_in", next=back))
    if is_htmx():
        return answer(401, _("Your session has ended. Sign in in a new window, then send this again."))
    person = current().person if locked else None
    typed_by = session.get(LAST_HERE, "")
    html = render_template("auth/sign_in_again.html", action=request.full_path.rstrip("?"), locked=locked,
                           fields=typed_fields(request.form), typed_by=typed_by,
                           username=person.username if person else "")  # fmt: skip
    return make_response(html, 401)


def _page_of_htmx() -> str:
    address = request.headers.get("HX-Current-URL", "")
    return within(address.replace(request.host_url.rstrip("/"), "", 1), "/")


def on_rule_broken(error: RuleBroken) -> Response:
    status = 409 if isinstance(error, TransitionNotAllowed | Stale) else 413 if isinstance(error, TooLarge) else 422
    return answer(status, error.msgid, keep=True, **error.values)


def on_busy(error: Exception) -> Response:
    # The driver's own words only: the statement's parameters may be personal.
    cause = error.__cause__ or error
    current_app.logger.warning("busy: %s %s", type(cause).__name__, getattr(cause, "orig", cause))
    response = answer(503, BUSY, keep=True)
    response.headers["Retry-After"] = "2"
    return response


def on_old_form(error: CSRFError) -> Response:
    try:
        refuse(current().actor, "csrf")
    except Busy as busy:
        return on_busy(busy)
    return answer(400, FORM_OLD, keep=True)


def on_lost(error: Exception) -> Response:
    """A file or a sealed value that the store has not, or not as it was laid down."""
    current_app.logger.error("lost: %s at %s", type(error).__name__, request.endpoint)
    return answer(410, LOST, keep=True)


def on_not_drawn(error: NotDrawn) -> Response:
    current_app.logger.warning("not drawn: %s at %s", error.fault, request.endpoint)
    response = answer(503, NOT_DRAWN[error.fault])
    response.headers["Retry-After"] = "10"
    return response


def on_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    return answer(error.code, HTTP_SENTENCES.get(error.code, HTTP_SENTENCES[400]))


def on_failure(error: Exception) -> Response:
    """A fault of ours: the log has it under a number, the page only the number."""
    incident = secrets.token_hex(4)
    current_app.logger.exception("incident %s", incident, exc_info=error)
    return answer(500, FAULT, keep=True, number=incident)


def answer(status: int, words: str, *, keep: bool = False, **values: Any) -> Response:
    """The sentence as a region for HTMX, else as a page; `keep` offers the typed form again with a fresh token.

    When even the page cannot ask the database, it stands without centre, name and language of the person.
    """
    try:
        return _answered(status, gettext(words, **values), keep=keep)
    except SQLAlchemyError:
        db.session.rollback()
        g.identity, g.without_database = Identity(), True
        refresh()  # the language was asked of somebody who cannot be read now
        return _answered(status, gettext(words, **values), keep=keep)


def _answered(status: int, words: str, *, keep: bool) -> Response:
    if is_htmx():
        return make_response(render_template("errors/_notice.html", words=words), status,
                             {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"})  # fmt: skip
    fields = typed_fields(request.form) if keep and request.method == "POST" else []
    html = render_template(
        "errors/page.html", words=words, status=status, fields=fields, action=request.full_path.rstrip("?")
    )
    return make_response(html, status)
