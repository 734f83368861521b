"""Managing the screens of the house."""

import io

from flask import Response, current_app, request, url_for
from markupsafe import Markup
from segno import make_qr

from blueprints.screens import bp
from blueprints.screens.forms import ScreenForm
from blueprints.screens.queries import own_centre, rooms_of, screens_in_reach, screens_of
from models.room import Room
from models.screen import SILENT, Screen, last_seen
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, go, page


@bp.get("/screens")
@requires(Permission.SCREEN_MANAGE)
def list_screens() -> Response:
    screens, at = screens_of(own_centre()), now()
    seen = last_seen(db.session(), screens)
    silent = {screen.id for screen in screens if at - (seen.get(screen.id) or screen.paired_at or at) > SILENT}
    return page("screens/list.html", screens=screens, seen=seen, silent=silent)


@bp.get("/screens/new")
@requires(Permission.SCREEN_MANAGE)
def new_screen() -> Response:
    return page("screens/new.html", form=ScreenForm(rooms_of(own_centre())))


@bp.post("/screens")
@requires(Permission.SCREEN_MANAGE)
def create_screen() -> Response:
    """The link is shown on this answer and never again: only its digest is kept."""
    centre = own_centre()
    form = ScreenForm(rooms_of(centre))
    made: list[tuple[Screen, str]] = []

    def verb() -> None:
        room = db.session.get(Room, form.room_id.data) if form.room_id.data else None
        with transaction(current().actor, form.submitted) as change:
            made.append(Screen.make(change, centre, form.face.data, form.name.data, room))
            change.location = url_for("screens.list_screens")

    if not form.accepts(verb):
        return page("screens/new.html", form.status, form=form)
    screen, token = made[0]
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    link = base + url_for("screens.show_pairing", token=token)
    return page("screens/link.html", 201, screen=screen, link=link, picture=_picture(link))


@bp.post("/screens/<int:screen_id>/revocation")
@requires(Permission.SCREEN_MANAGE)
def create_revocation(screen_id: int) -> Response:
    screen = found_or_404(screens_in_reach().where(Screen.id == screen_id))
    with transaction(current().actor) as change:
        screen.revoke(change)
    return go("screens.list_screens")


def _picture(link: str) -> Markup:
    out = io.BytesIO()
    make_qr(link, error="m").save(
        out, kind="svg", border=2, omitsize=True, xmldecl=False, svgclass=None, lineclass=None
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - drawn by segno from our own address
