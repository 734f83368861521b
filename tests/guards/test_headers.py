"""The same strict headers on every answer, whoever makes it and however it ends."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from models.errors import Busy
from tests.support.cast import Cast, csrf
from tests.support.databases import only_sqlite

pytestmark = only_sqlite

EXPECTED = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; media-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SENDERS = ("Server", "X-Powered-By")


def assert_sealed(answer: TestResponse, cached: bool = False) -> None:
    found = {name: answer.headers.getlist(name) for name in EXPECTED}
    assert found == {name: [value] for name, value in EXPECTED.items()}
    assert [name for name in SENDERS if name in answer.headers] == []
    assert answer.headers.getlist("Cache-Control") == (
        ["public, max-age=31536000, immutable"] if cached else ["no-store"]
    )


def failing(app: Flask, error: Exception) -> Callable[[], None]:
    """Make the sign-in page end in this error."""

    def fail() -> None:
        raise error

    fail.is_public = True  # type: ignore[attr-defined]
    app.view_functions["auth.sign_in"] = fail
    return fail


@pytest.mark.parametrize(
    ("status", "method", "path", "options"),
    [
        (200, "GET", "/sign-in", {}),
        (303, "GET", "/password", {}),
        (401, "GET", "/password", {"headers": {"HX-Request": "true"}}),
        (404, "GET", "/nowhere", {}),
        (405, "DELETE", "/sign-in", {}),
        (400, "POST", "/sign-in", {"data": {"username": "x"}}),
        (413, "POST", "/sign-in", {"data": b"x" * (2 * 1024 * 1024 + 1), "content_type": "text/plain"}),
        (404, "GET", "/static/nothing.css", {}),
        (200, "OPTIONS", "/sign-in", {}),
        (200, "HEAD", "/sign-in", {}),
    ],
)
def test_without_signing_in(client: FlaskClient, status: int, method: str, path: str, options: dict) -> None:
    answer = client.open(path, method=method, **options)
    assert answer.status_code == status
    assert_sealed(answer)


def test_static_files_keep_for_a_year_under_their_digest_alone(client: FlaskClient) -> None:
    with client.get("/static/css/20-base.css?v=0") as kept:
        assert_sealed(kept, cached=True)
    with client.get("/static/css/20-base.css") as plain:
        assert {name: plain.headers.getlist(name) for name in EXPECTED} == {n: [v] for n, v in EXPECTED.items()}


def test_a_refused_form_a_missing_right_and_an_empty_answer(cast: Cast) -> None:
    client = cast.signed_in()
    token = csrf(client, "/password")
    refused = client.post("/password", data={"csrf_token": token, "current": "x", "new": "y", "again": "z"})
    forbidden = client.get("/audit")
    empty = client.post("/language", data={"csrf_token": token, "language": "en"}, headers={"HX-Request": "true"})
    gone = client.get("/arrival")
    assert [answer.status_code for answer in (refused, forbidden, empty, gone)] == [422, 403, 204, 410]
    for answer in (refused, forbidden, empty, gone):
        assert_sealed(answer)


def test_a_poll_and_a_screen_nobody_knows(cast: Cast, app: Flask) -> None:
    client = cast.signed_in()
    polls = [rule for rule in app.url_map.iter_rules() if getattr(app.view_functions[rule.endpoint], "is_poll", False)]
    assert polls
    for rule in polls:
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(
                rule.endpoint, dict.fromkeys(rule.arguments, 1) | (rule.defaults or {})
            )
        for asker in (client, app.test_client()):
            assert_sealed(asker.get(path))


@pytest.mark.parametrize(("error", "status"), [(ValueError("a fault"), 500), (Busy(), 503),
                                               (OperationalError("", {}, Exception("locked")), 503)])  # fmt: skip
def test_our_own_failures(app: Flask, error: Exception, status: int) -> None:
    failing(app, error)
    answer = app.test_client().get("/sign-in")
    assert answer.status_code == status
    assert_sealed(answer)


def test_a_failure_names_its_number_and_nothing_else(app: Flask) -> None:
    failing(app, ValueError("宋佳 620702199001010029"))
    html = app.test_client().get("/sign-in").get_data(as_text=True)
    assert "宋佳" not in html
    assert "ValueError" not in html
    assert "Traceback" not in html


def test_production_asks_for_https(app: Flask) -> None:
    app.config["PRODUCTION"] = True
    answer = app.test_client().get("/sign-in")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
