"""Deny by default. Each route says for whom it is: `@requires(permission)`, `@public`, `@by_link` or `@by_screen`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, request

from models.actor import Actor
from models.errors import Busy
from models.event_kinds import EventKind
from models.person import SignIn
from models.screen import Face, Screen, digest
from security import cookies, links, sessions
from security.identity import Identity, current
from security.permissions import Permission
from transaction import db, transaction

View = Callable[..., Any]
DEVICE_COOKIE = "screen"


class Refused(Exception):
    """Nobody, or somebody without the right.

    `reason` is one of: nobody, locked, password, permission, screen, link, released, stood_down (links that are over).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def requires(permission: Permission, *, narrow: bool = False) -> Callable[[View], View]:
    """Only for people who hold the permission somewhere; objects are then found through its scope.

    `narrow` routes are reached from a session opened by link and PIN as well; nothing else is.
    """

    def mark(view: View) -> View:
        view.required_permission = permission  # type: ignore[attr-defined]
        view.is_narrow = narrow  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """For everybody. The guard test keeps the list of these routes."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def by_link(view: View) -> View:
    """For the officer whose link opened the callout."""
    view.is_by_link = True  # type: ignore[attr-defined]
    return view


def by_link_of_today(view: View) -> View:
    """Also after release or stand-down, until the link's midnight: to be told so, and for the receipt."""
    view.is_for_ended = True  # type: ignore[attr-defined]
    return by_link(view)


def by_screen(*faces: Face) -> Callable[[View], View]:
    """For screens with one of these faces."""

    def mark(view: View) -> View:
        view.for_faces = faces  # type: ignore[attr-defined]
        return view

    return mark


def poll(view: View) -> View:
    """A request nobody makes by hand: it neither extends nor unlocks a session."""
    view.is_poll = True  # type: ignore[attr-defined]
    return view


def audited(view: View) -> View:
    """A GET that may append an event."""
    view.is_audited = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    app.before_request(admit)


def admit() -> None:
    """Recognise who asks and refuse whoever may not: before any view runs, whatever its decorators forgot."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return  # no such address: 404 tells nothing; and a style sheet asks for nobody
    if getattr(view, "is_public", False):
        _recognise_person()
    elif getattr(view, "is_by_link", False):
        _admit_link(also_ended=getattr(view, "is_for_ended", False))
    elif (faces := getattr(view, "for_faces", None)) is not None:
        _admit_screen(faces)
    else:
        _admit_person(view, getattr(view, "required_permission", None))


def _recognise_person() -> None:
    token = cookies.read(sessions.COOKIE)
    sign_in = sessions.recognise(token) if token else None
    g.identity = Identity(person=sign_in.person, sign_in=sign_in) if sign_in else Identity()


def _admit_person(view: View, permission: Permission | None) -> None:
    _recognise_person()
    identity = current()
    if identity.sign_in is None or identity.person is None:
        raise Refused("nobody")
    if identity.sign_in.is_narrow and not _reaches_narrow(identity.sign_in, view):
        raise Refused("nobody")
    is_poll = getattr(view, "is_poll", False)
    if sessions.is_locked(identity.sign_in, _idle(identity)) and not is_poll and request.endpoint != "auth.unlock":
        raise Refused("locked")
    if identity.person.must_change_password and permission is not Permission.ACCOUNT_OWN:
        raise Refused("password")
    if permission is None or not identity.may(permission):
        refuse(identity.actor, "permission")
        raise Refused("permission")
    if not is_poll and not identity.sign_in.locked_at:
        _note_work(identity.sign_in)


def _note_work(sign_in: SignIn) -> None:
    """Reading goes on while the database cannot be written to; a form is told at once that it has to wait."""
    try:
        sessions.seen(sign_in)
    except Busy:
        if request.method == "POST":
            raise


def _reaches_narrow(sign_in: SignIn, view: View) -> bool:
    return getattr(view, "is_narrow", False) and not sessions.is_locked(sign_in, sessions.NARROW_IDLE)


def _idle(identity: Identity) -> timedelta:
    return timedelta(minutes=identity.settings["idle_minutes"])


def _admit_link(*, also_ended: bool) -> None:
    """The callout the address names must be one whose link this phone has opened; without a name it is the newest."""
    sealer = current_app.extensions["sealer"]
    tokens = links.tokens_in(cookies.read(links.COOKIE))
    wanted = (request.view_args or {}).get("callout_id")
    held = [callout for token in tokens if (callout := links.callout_of(sealer, token))]
    reachable = held + (links.ended_today(sealer, tokens) if also_ended else [])
    callout = next((callout for callout in reachable if wanted in (None, callout.id)), None)
    if callout is None:
        raise Refused(why_over(tokens, wanted))
    g.identity = Identity(callout=callout, linked=held)


def why_over(tokens: list[str], wanted: int | None = None) -> str:
    """Why none of these links opens a callout: the officer was released or stood down, or the link is worth nothing."""
    sealer = current_app.extensions["sealer"]
    ended = links.ended_today(sealer, tokens)
    callout = next((callout for callout in ended if wanted in (None, callout.id)), None)
    if callout is None:
        return "link"
    return "stood_down" if callout.stood_down_at else "released"


def screen_of(token: str) -> Screen | None:
    found = db.session.query(Screen).filter_by(token_hash=digest(token)).one_or_none() if token else None
    return found if found is not None and found.revoked_at is None else None


def _admit_screen(faces: tuple[Face, ...]) -> None:
    screen = screen_of(cookies.read(DEVICE_COOKIE))
    if screen is None or screen.face not in faces:
        raise Refused("screen")
    g.identity = Identity(screen=screen)


def refuse(actor: Actor, reason: str) -> None:
    """Write the refusal to the stream `security`, in its own transaction."""
    with transaction(actor) as change:
        change.record("security", EventKind.SECURITY_REFUSE, ("route", None), reason=reason, route=request.endpoint)
