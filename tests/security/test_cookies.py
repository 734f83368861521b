"""Cookies: unread by scripts and ours alone; over https bound to the host."""

from flask.testing import FlaskClient

from security import cookies
from seeds.demo import PASSWORD
from tests.support.cast import Cast


def sign_in_cookies(cast: Cast) -> list[str]:
    client: FlaskClient = cast.app.test_client()
    html = client.get("/sign-in").get_data(as_text=True)
    token = html.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    answer = client.post("/sign-in", data={"username": "xuwenjing", "password": PASSWORD, "csrf_token": token})
    return answer.headers.getlist("Set-Cookie")


def test_scripts_and_strangers_get_no_cookie(cast: Cast) -> None:
    cookie = next(one for one in sign_in_cookies(cast) if one.startswith("sid="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_in_production_the_session_belongs_to_the_host_over_https(cast: Cast) -> None:
    cast.app.config["PRODUCTION"] = True
    assert cookies.prefix(cast.app) == "__Host-"
    cookie = next(one for one in sign_in_cookies(cast) if "sid=" in one)
    assert cookie.startswith("__Host-sid=")
    assert "Secure" in cookie
