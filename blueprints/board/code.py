"""The arrival code inside the rooms: the screen computes the digits by itself, also without network; the QR is ours."""

from flask import Response, current_app, request, url_for
from segno import make_qr

from blueprints.board import bp
from models.arrival import arrival_key, code_now
from models.clock import iso
from models.codes import arrival_step, arrival_value
from models.screen import Face, Screen
from security.access import Refused, by_screen
from security.identity import current
from transaction import db, now
from web.responses import page


@bp.get("/code")
@by_screen(Face.CODE)
def show_code() -> Response:
    """The key goes to this device alone; whoever withdraws the screen makes the page forget it."""
    screen = _screen()
    key = arrival_key(current_app.extensions["sealer"], screen.centre_id)
    closed = screen.centre.setting(db.session(), "no_internet")
    return page("board/code.html", room=screen.room, closed=closed, key="" if closed else key.hex(),
                digits="" if closed else code_now(key, now()))  # fmt: skip


@bp.get("/code/picture")
@by_screen(Face.CODE)
def show_picture() -> Response:
    """The QR of this moment's step. The answer also tells the screen the time, and that it may still show codes."""
    at, screen = now(), _screen()
    if screen.centre.setting(db.session(), "no_internet"):
        return Response("", 204)
    key = arrival_key(current_app.extensions["sealer"], screen.centre_id)
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    address = base + url_for("arrival.show_scan", value=arrival_value(key, arrival_step(at)))
    picture = make_qr(address, error="m").svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    return Response(picture, mimetype="image/svg+xml",
                    headers={"X-Board-As-Of": iso(at), "X-Code-Step": str(arrival_step(at)),
                             "X-Board-Version": current_app.extensions["version"]})  # fmt: skip


def _screen() -> Screen:
    screen = current().screen
    if screen is None:
        raise Refused("screen")
    return screen
