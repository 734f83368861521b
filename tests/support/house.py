"""The house in a story: who presses what on which page, and what the record says in the end."""

from datetime import timedelta

from flask.testing import FlaskClient

from models.arrival import arrival_key, code_now
from models.callout import Callout
from models.dispute import Dispute
from models.visit import Visit
from security.links import leader_token_for, token_for
from seeds.demo import PASSWORD
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.pages import Form, Page, visit
from transaction import db

PIN = "482913"
IDLE = timedelta(minutes=9)


class House:
    """Every step goes through a page; a browser that was left alone too long is signed in anew."""

    def __init__(self, cast: Cast, clock: Clock) -> None:
        self.cast, self.clock = cast, clock
        self._browsers: dict[str, tuple[FlaskClient, object]] = {}

    def browser(self, username: str = CLERK) -> FlaskClient:
        client, used_at = self._browsers.get(username, (None, self.clock.now))
        if client is None or self.clock.now - used_at > IDLE:
            client = self.cast.signed_in(username)
        self._browsers[username] = client, self.clock.now
        return client

    def page(self, path: str, who: str = CLERK) -> Page:
        return visit(self.browser(who), path)

    def comes(self, heads: int = 3, name: str = "宋佳", phone: str = "19000003001", category: str = "消费",
              opposite: str = "甘州某健身馆", demand: str = "退还余额") -> Dispute:  # fmt: skip
        form = self.page("/visits/new").form("/visits")
        option = next(one for one in form.tag.find("select", attrs={"name": "category"}).find_all("option")
                      if category in one.get_text())  # fmt: skip
        form.submit(
            head_count=heads, name=name, phone=phone, category=option["value"], opposite=opposite, demand=demand
        )
        return db.session.query(Visit).order_by(Visit.id.desc()).first().dispute

    def whistles(self, dispute: Dispute, *units: str, room: str | None = "调解三室", **more: object) -> list[Callout]:
        form = self.page(f"/disputes/{dispute.reference}/whistles/new").form("/whistles")
        place, mediator = (self.cast.room(room).id if room else 0), self.cast.person(MEDIATOR).id
        typed: dict[str, object] = {"room_id": place, "mediator_id": mediator, **more}
        wanted = set(units)
        proposed = {value for name, value in form.values() if name.endswith("-name")}
        for name, value in form.values():
            if name.endswith("-name") and value:
                typed[name.replace("-name", "-called")] = "y" if value in wanted else None
            elif name.endswith("-name") and wanted - proposed:
                typed[name] = unit = min(wanted - proposed)
                proposed.add(unit)
        assert wanted <= proposed
        form.submit(**typed)
        db.session.expire_all()
        return [self.callout(dispute, unit) for unit in units]

    def callout(self, dispute: Dispute, unit: str) -> Callout:
        return next(one for one in dispute.callouts if one.unit.name == unit and one.is_open)

    def desk(self, callout: Callout, who: str = CLERK) -> Page:
        """The callout's page."""
        return self.page(f"/callouts/{callout.id}", who)

    def phone(self, callout: Callout, status: int = 200) -> Page:
        """The officer's telephone, by the link in the message."""
        token = token_for(self.cast.app.extensions["sealer"], callout)
        return visit(self.cast.app.test_client(), f"/c/{token}", status)

    def reports_in(self, page: Page, callout: Callout, **typed: str) -> Page:
        """The officer types the four digits shown in the room."""
        key = arrival_key(self.cast.app.extensions["sealer"], callout.dispute.centre_id)
        form = next(Form(page, tag) for tag in page.soup.find_all("form") if tag.find("input", {"name": "code"}))
        return form.submit(code=code_now(key, self.clock.now), **typed)

    def sets_pin(self) -> None:
        self.page("/pin", LEADER).form("/pin").submit(current=PASSWORD, pin=PIN, again=PIN)

    def leaders_phone(self) -> Page:
        """What waits for the duty leader, opened by today's link and his PIN."""
        token = leader_token_for(self.cast.app.extensions["sealer"], self.cast.person(LEADER))
        return visit(self.cast.app.test_client(), f"/l/{token}").form("/l/").submit(pin=PIN)

    def sets(self, name: str) -> None:
        """The manager of the house switches something on."""
        self.page("/administration/settings", MANAGER).form("/administration/settings").submit(**{name: "y"})

    def figure(self, unit: str, name: str) -> str:
        """A figure of the unit's own page: number, and denominator where there is one."""
        page = self.page(f"/units/{self.cast.unit(unit).id}/record", LEADER)
        row = next(row for row in page.soup.select("#figures tbody tr") if f"figure={name}" in row.a["href"])
        return "".join(row.select_one(".record__count").get_text().split())

    def ends(self, dispute: Dispute, *sentences: str) -> None:
        """The course of the matter tells each of these, and the chain of events is whole."""
        course = " ".join(self.page(f"/disputes/{dispute.reference}").soup.find(id="course").get_text(" ").split())
        for sentence in sentences:
            assert sentence in course, (sentence, course)
        result = self.cast.app.test_cli_runner().invoke(args=["audit", "verify"])
        assert result.output.startswith("ok events="), result.output
