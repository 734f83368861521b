"""What tests of the boards need: disputes with everybody called, connected screens, polls and their answers."""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.callout import CalloutOrder
from models.dispute import Dispute
from models.screen import Face, Screen
from models.whistle import Whistle, WhistleOrder, sound
from security.access import DEVICE_COOKIE
from tests.support.browser import Pages
from tests.support.cast import MANAGER, MEDIATOR, Cast


def whole_whistle(cast: Cast, dispute: Dispute, *units: str, room: str | None = "调解三室") -> Whistle:
    """Units, room, mediator and the other side, as one click at the desk calls them."""
    orders = [CalloutOrder(cast.unit(name).id) for name in units or ("市场监管局", "南街街道")]
    place, mediator = (cast.room(room) if room else None), cast.person(MEDIATOR)
    invite = [party for party in dispute.parties if party.side != "applicant"]
    with cast.acting() as change:
        return sound(change, dispute, WhistleOrder(orders, room=place, mediator=mediator, invite=invite))


def connected(cast: Cast, face: Face, room: str | None = None) -> FlaskClient:
    """The browser of a screen of the district's centre."""
    client = cast.app.test_client()
    client.set_cookie(DEVICE_COOKIE, connect(cast, face, room)[1])
    return client


def connect(cast: Cast, face: Face, room: str | None = None) -> tuple[Screen, str]:
    with cast.acting(MANAGER) as change:
        place = cast.room(room) if room else None
        screen, token = Screen.make(change, cast.centre, face, f"{face} 1", place)
        return screen, screen.pair(change, token)


def forgive(pages: Pages) -> None:
    """The end of a test in which requests had to fail: the page reports those as errors; everything else stays one."""
    pages.close()
    failed = ("htmx:", "Response Status", ": undefined")
    pages.errors[:] = [error for error in pages.errors if not any(words in error for words in failed)]


@dataclass
class Poller:
    """A board as the browser follows it: its address, its revision, what the last answer changed."""

    client: FlaskClient
    page: str = "/board"
    url: str = ""
    revision: str = ""

    def __post_init__(self) -> None:
        soup = BeautifulSoup(self.client.get(self.page).get_data(as_text=True), "lxml")
        region = soup.find(attrs={"data-poll": True})
        assert region is not None, soup.get_text()
        self.url, self.revision = str(region["data-poll"]), str(region["data-revision"])

    def ask(self, since: str | None = None, **headers: str) -> TestResponse:
        since = self.revision if since is None else since
        answer = self.client.get(f"{self.url}?since={since}", headers={"HX-Request": "true", **headers})
        if answer.status_code == 200 and "HX-Refresh" not in answer.headers:
            self.revision = answer.headers["X-Board-Revision"]
        return answer
