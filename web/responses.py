"""Answers: a whole page, one region of it, or the way to the result."""

import re
from typing import Any, TypeVar

from flask import Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import Select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from transaction import db
from web.archived import check_form

Row = TypeVar("Row")
# What no page gives back to whoever typed it.
SECRETS = ("csrf_token", "password", "current", "new", "again", "pin")
_WITHIN = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")


def is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A whole page. Raises TransitionNotAllowed for a form that would change an archived file."""
    check_form(context)
    return make_response(render_template(template, **context), status)


def fragment(template: str, *, otherwise: str, status: int = 200, **context: Any) -> Response:
    """One region for HTMX; everybody else is sent to the page that holds it."""
    if not is_htmx():
        return see_other(otherwise)
    return page(template, status, **context)


def see_other(location: str) -> Response:
    """After a change: go and look. HTMX follows too, as a whole page."""
    if is_htmx():
        return make_response("", 204, {"HX-Redirect": location})
    return make_response(redirect(location, 303))


def done(otherwise: str) -> Response:
    """After a tap on a board: HTMX stays where it is and polls at once; everybody else goes back to `next`."""
    if is_htmx():
        return make_response("", 204, {"HX-Trigger": "changed"})
    return see_other(within(request.form.get("next"), otherwise))


def go(endpoint: str, **values: Any) -> Response:
    return see_other(url_for(endpoint, **values))


def found_or_404(statement: Select[tuple[Row]]) -> Row:
    """The one row in scope; out of scope is not found."""
    row = db.session.scalars(statement.limit(1)).one_or_none()
    if row is None:
        raise NotFound
    return row


def within(path: str | None, otherwise: str) -> str:
    """A path of this site to go back to; anything else is not followed.

    Browsers leave out tabs and new lines and take a backslash for a slash: with such signs it may lead elsewhere.
    """
    return path if path and _WITHIN.fullmatch(path) else otherwise


def typed_fields(source: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Everything the person typed into a form that could not be taken, without secrets and tokens."""
    return [(name, value) for name, value in source.items(multi=True) if name not in SECRETS]
