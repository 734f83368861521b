"""One page of each kind as somebody of the busy morning sees it, for tests that open every page in a real browser."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.support.browser import Pages
from tests.support.morning import Morning
from tests.support.servers import Server
from tests.support.tour import tour

SIZES = {"link": (360, 740), "unit_manager": (360, 740), "officer": (360, 740)}
# They lead on to another house before anybody can look at them.
LEAD_ON = {"arrival.show_meeting", "callouts.show_meeting"}
SCREEN, DESK = (1920, 1080), (1366, 768)


@dataclass(frozen=True)
class Sight:
    endpoint: str
    path: str
    asker: str


def sights(app: Flask, morning: Morning, askers: dict[str, FlaskClient]) -> list[Sight]:
    """Each page once, with the first who is shown it."""
    found: dict[str, Sight] = {}
    for look in tour(app, morning, askers):
        if look.endpoint not in LEAD_ON and look.status == 200 and not look.is_htmx and "<html" in look.html:
            found.setdefault(look.endpoint, Sight(look.endpoint, look.path, look.asker))
    return list(found.values())


def browser_of(pages: Pages, server: Server, asker: str, client: FlaskClient) -> Page:
    """A browser of the size this asker has, with the cookies of a client that has signed in."""
    size = SCREEN if asker.startswith("screen:") else SIZES.get(asker, DESK)
    page = pages(*size)
    for cookie in client._cookies.values():
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    return page
