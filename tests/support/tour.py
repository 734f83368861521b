"""Everybody opens every address: the walk over the whole application that several guards share."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from security.permissions import ROLE_PERMISSIONS
from tests.support.addresses import addresses
from tests.support.morning import Morning

HTMX = {"HX-Request": "true"}
REFUSED = (401, 403, 410)
# They have business with every matter; the others open the pages of the house, and one matter's each if they may.
HANDLING = ("clerk", "mediator", "duty_leader", "unit_manager", "link")


@dataclass(frozen=True)
class Look:
    asker: str
    endpoint: str
    path: str
    is_htmx: bool
    status: int
    content: str
    html: str

    def __str__(self) -> str:
        return f"{self.asker} {self.path}{' (htmx)' * self.is_htmx}: {self.status}"


def tour(app: Flask, morning: Morning, askers: dict[str, FlaskClient], *, also_htmx: bool = True) -> Iterator[Look]:
    """Everybody opens every address, as a page and as htmx does.

    A matter's page that one of those who handle it was shown is not opened again. Of those whom
    the gate keeps out one tries: it is the same gate for all. Who has not signed in tries every address. A file that
    was drawn for one is not drawn for the next.
    """
    paths, shown, tried, drawn = addresses(app, morning, "GET"), set(), set(), set()
    for asker, client in askers.items():
        for endpoint, found in paths.items():
            is_spared = endpoint in drawn and asker != "nobody"
            if is_spared or (endpoint in tried and not is_meant(app, endpoint, asker)):
                continue
            if not is_meant(app, endpoint, asker):
                tried.add(endpoint)
            handles = asker in HANDLING
            chosen = [path for path in found if path not in shown] or found[:1] if handles else found[-1:]
            for number, path in enumerate(chosen):
                for is_htmx in (False, True) if also_htmx and number == 0 else (False,):
                    answer = client.get(path, headers=HTMX if is_htmx else {})
                    yield Look(asker, endpoint, path, is_htmx, answer.status_code, answer.content_type or "",
                               answer.get_data().decode(errors="replace"))  # fmt: skip
                    if is_refused(answer):
                        break
                    if answer.mimetype != "text/html":
                        drawn.update([endpoint] if answer.status_code == 200 else [])
                        break
                if is_refused(answer) and asker != "link":  # a link opens its own matters, the others are refused
                    break
                shown.update([path] if handles and answer.status_code == 200 else [])


def is_meant(app: Flask, endpoint: str, asker: str) -> bool:
    """Whether the address is for people like this asker, by its mark; or anybody's, who has not signed in."""
    view = app.view_functions[endpoint]
    permission = getattr(view, "required_permission", None)
    if permission is not None and asker != "nobody":
        return permission in ROLE_PERMISSIONS.get("duty_leader" if asker == "district" else asker, ())
    if getattr(view, "is_by_link", False):
        return asker in ("link", "nobody")
    faces = getattr(view, "for_faces", None)
    return faces is None or asker in ("nobody", *(f"screen:{face.value}" for face in faces))


def is_refused(answer: TestResponse) -> bool:
    """Somebody else may see it, not this asker, or not before signing in."""
    return answer.status_code in REFUSED or "/sign-in" in answer.headers.get("Location", "")


def roots_of(look: Look) -> str:
    """What is wrong with a region: it has one root with an id, so that htmx finds its place again the next time."""
    if not look.is_htmx or look.status != 200 or "<html" in look.html or not look.content.startswith("text/html"):
        return ""
    roots = [tag for tag in BeautifulSoup(look.html, "html.parser").children if isinstance(tag, Tag)]
    beside = [tag for tag in roots if tag.get("hx-swap-oob")]
    good = len(roots) - len(beside) <= 1 and all(tag.get("id") for tag in roots)
    return "" if good else f"{look}: {[(tag.name, tag.get('id')) for tag in roots]}"
