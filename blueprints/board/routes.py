"""The pages of the board's faces, and what they are told when they ask whether anything changed."""

from contextlib import nullcontext
from typing import Any

from flask import Response, current_app, request
from flask_babel import format_date, get_locale

from blueprints.board import bp, house
from blueprints.board.cards import LETTERS
from blueprints.board.changes import draw_all
from models.centre import Centre, centres_below
from models.clock import local_day
from models.prepared import Reading
from models.screen import Face, Screen, digest
from security import cookies, sessions
from security.access import Refused, by_screen, poll, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.board_answers import Answers, View, stand_of
from web.filters import day
from web.language import is_english
from web.responses import found_or_404, page


@bp.get("/board")
@requires(Permission.BOARD_READ)
def show_desk() -> Response:
    """The board of the house the person works in."""
    paths, own = current().paths(Permission.BOARD_READ), current().centre
    if own is None or not own.unit.path.startswith(tuple(paths)):
        own = found_or_404(centres_below(paths))
    return _face("board/desk.html", own, View("desk", own.id, str(get_locale()), _shown()))


@bp.get("/board/centre-<int:centre_id>/changes")
@requires(Permission.BOARD_READ)
@poll
def list_changes(centre_id: int) -> Response:
    """The first poll of a session; the quick layer answers the next ones as it was answered here."""
    found_or_404(centres_below(current().paths(Permission.BOARD_READ)).where(Centre.id == centre_id))
    view = View("desk", centre_id, str(get_locale()), _shown())
    _answers().know(digest(cookies.read(sessions.COOKIE)), centre_id, view.shown)
    return _told(view)


@bp.get("/board/centre-<int:centre_id>/wall/changes", defaults={"face": "wall"})
@bp.get("/board/centre-<int:centre_id>/hall/changes", defaults={"face": "hall"})
@bp.get("/board/centre-<int:centre_id>/door/changes", defaults={"face": "door"})
@by_screen(Face.WALL, Face.HALL, Face.DOOR)
@poll
def list_screen_changes(centre_id: int, face: str) -> Response:
    screen = _screen()
    visitors = face == Face.HALL and screen.face is Face.WALL
    if screen.centre_id != centre_id or not (screen.face == face or visitors):
        raise Refused("screen")
    return _told(_view_of(screen, face))


@bp.get("/wall")
@by_screen(Face.WALL)
def show_wall() -> Response:
    today = local_day(now())
    words = [day(today), format_date(today, "EEEE")]
    return _face(
        "board/wall.html", _screen().centre, _view_of(_screen(), "wall"), day_words=words[:: -1 if is_english() else 1]
    )


@bp.get("/hall")
@by_screen(Face.HALL, Face.WALL)
def show_hall() -> Response:
    """Also for the wall, which one key turns to this face while visitors are in the room."""
    return _face("board/hall.html", _screen().centre, _view_of(_screen(), "hall"), switch=_screen().face is Face.WALL)


@bp.get("/door")
@by_screen(Face.DOOR)
def show_door() -> Response:
    return _face("board/door.html", _screen().centre, _view_of(_screen(), "door"), room=_screen().room)


def _face(template: str, centre: Centre, view: View, **more: Any) -> Response:
    """A whole page. The revision is read before the rows: a change in between is told by the next poll."""
    at, reading = now(), Reading.of(db.session())
    revision = stand_of(reading, centre.id).revision_on(at)
    drawing = draw_all(reading, view, revision, at)
    duty = house.on_duty(reading, centre.id, local_day(at))
    return page(template, house=centre, drawing=drawing, revision=revision, duty=duty, **more)


def _told(view: View) -> Response:
    reading, packs = Reading.of(db.session()), "gzip" in request.accept_encodings
    stand, since = stand_of(reading, view.centre_id), request.args.get("since", "")
    answer = _answers().answer(view, stand, since, now(), lambda: nullcontext(reading), packs=packs)
    return Response(answer.body, answer.status, answer.headers)


def _answers() -> Answers:
    answers: Answers = current_app.extensions["board_answers"]
    return answers


def _shown() -> str:
    return "".join(letter for letter, permission in LETTERS.items() if current().may(permission))


def _screen() -> Screen:
    screen = current().screen
    if screen is None:
        raise Refused("screen")
    return screen


def _view_of(screen: Screen, face: str) -> View:
    shown = str(screen.room_id) if face == Face.DOOR else ""
    return View(face, screen.centre_id, str(get_locale()), shown)
