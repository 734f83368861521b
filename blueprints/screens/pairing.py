"""Connecting a device: opened on the screen itself, by whoever mounts it. The single-use link is the permission."""

from datetime import timedelta

from flask import Response, url_for
from flask_babel import gettext

from blueprints.screens import bp
from models.actor import Actor, ActorKind
from models.screen import Face, Screen, digest
from models.words import _
from security import cookies
from security.access import DEVICE_COOKIE, public
from transaction import db, transaction
from web.errors import answer
from web.responses import page, see_other

TEN_YEARS = timedelta(days=3650)
USED = _("This link has been used already or was withdrawn. Make a new one.")
PAGES = {
    Face.WALL: "board.show_wall",
    Face.HALL: "board.show_hall",
    Face.DOOR: "board.show_door",
    Face.CODE: "board.show_code",
}


@bp.get("/screens/pair/<string(minlength=20,maxlength=60):token>")
@public
def show_pairing(token: str) -> Response:
    screen = _waiting(token)
    if screen is None:
        return answer(410, gettext(USED))
    return page("screens/pair.html", screen=screen, token=token)


@bp.post("/screens/pair/<string(minlength=20,maxlength=60):token>")
@public
def create_pairing(token: str) -> Response:
    """Uses up the link; from now on this browser is that screen."""
    screen = _waiting(token)
    if screen is None:
        return answer(410, gettext(USED))
    with transaction(Actor(ActorKind.DEVICE, screen.id)) as change:
        cookie = screen.pair(change, token)
    response = see_other(url_for(PAGES[screen.face]))
    cookies.keep(response, DEVICE_COOKIE, cookie, TEN_YEARS)
    return response


def _waiting(token: str) -> Screen | None:
    return db.session.query(Screen).filter_by(pairing_hash=digest(token), revoked_at=None).one_or_none()
