"""One page of each kind as somebody of the busy morning sees it, for tests that open every page in a real browser."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.support.addresses import addresses
from tests.support.browser import Pages
from tests.support.morning import Morning
from tests.support.servers import Server
from tests.support.tour import is_refused

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
    pages = ((endpoint, first_shown(paths, askers)) for endpoint, paths in addresses(app, morning, "GET").items())
    return [Sight(endpoint, *seen) for endpoint, seen in pages if seen and endpoint not in LEAD_ON]


def first_shown(paths: list[str], askers: dict[str, FlaskClient]) -> tuple[str, str] | None:
    """The first of these that is shown to somebody, and to whom; nothing for what is no page."""
    for asker, client in askers.items():
        for path in paths:
            answer = client.get(path)
            if answer.status_code == 200:
                return (path, asker) if answer.mimetype == "text/html" and "<html" in answer.text else None
            if is_refused(answer) and asker != "link":
                break
    return None


def browser_of(pages: Pages, server: Server, asker: str, client: FlaskClient) -> Page:
    """A browser of the size this asker has, with the cookies of a client that has signed in."""
    size = SCREEN if asker.startswith("screen:") else SIZES.get(asker, DESK)
    page = pages(*size)
    for cookie in client._cookies.values():
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    return page
