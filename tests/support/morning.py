"""A busy morning: the demo's people with disputes in every state, for tests that walk over the whole application.

Everything is reached through the verbs, as the staff would do it. The fixture `morning` stands in the conftest.py of
tests/guards and of tests/faults.
"""

from dataclasses import dataclass
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import and_, select

from models.attendance import Attendance
from models.calendar import CalendarDay, DayKind
from models.callout import ArrivalMethod, Callout
from models.channel import ChannelKind, MessageChannel
from models.conclusion import Outcome
from models.person import Person, Role, RoleHeld
from models.presence import note
from models.registration import consult
from models.reserved_number import prepare_pack
from models.screen import Face, Screen, digest
from security import access, links
from security.permissions import ROLE_PERMISSIONS
from seeds.demo import load as load_demo
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, Cast
from tests.support.morning_callouts import by_video, whistled
from tests.support.morning_court import matters_of_the_court, table_of_the_court
from tests.support.morning_office import batch, deadlines, subsidies
from tests.support.morning_rooms import agreed, being_written, ended, session_in, taken_down
from tests.support.morning_window import Say, registered
from transaction import db

# The secret of a link that waits for its screen.
PAIRING = "a-link-that-waits-for-its-screen"


def usual(_field: str, words: str) -> str:
    return words


def load(app: Flask) -> None:
    load_demo(app.config["SETTINGS"].data_dir)
    tell(Cast(app))


def tell(cast: Cast, say: Say = usual) -> None:
    """Nine matters, each left at another point of its way."""
    registered(cast, say)
    whistled(cast, say)
    by_video(cast, say)
    session = session_in(cast, say)
    being_written(cast, say, session)
    taken_down(cast, say, session)
    agreed(cast, say)
    subsidies(cast, say)
    deadlines(cast, say)
    for outcome in (Outcome.HANDED_OVER, Outcome.NOT_AGREED, Outcome.SUSPENDED, Outcome.WITHDRAWN):
        ended(cast, say, outcome)
    batch(cast)
    matters_of_the_court(cast, say)
    table_of_the_court(cast)
    with cast.acting() as change:
        visit = consult(change, cast.centre, say("name", "何晓梅"), say("phone", "19000000055"),
                        say("question", "如何申请法律援助"), 1, say("answer", "已告知条件和材料"))  # fmt: skip
        visit.print_slip(change)
        CalendarDay.enter(change, cast.centre, DayKind.HOLIDAY, say("holiday", "元旦"), date(2027, 1, 1), None)
        Attendance.come(change, cast.centre, cast.unit("信访局"))
        prepare_pack(change, cast.centre)
        note(change.session, cast.centre.id, change.at)
        screen, _token = Screen.make(change, cast.centre, Face.DOOR, say("screen", "三室门牌"), cast.room("调解三室"))
        screen.pairing_hash = digest(PAIRING)
        secrets = {"address": "http://127.0.0.1:9/", "body": say("template", "{text}"), "test_phone": "19000000099"}
        MessageChannel.create(change, cast.centre, ChannelKind.HTTP, secrets, name=say("channel", "短信"))


@dataclass
class Morning(Cast):
    """Who asks, and what may be asked for."""

    def one_per_role(self) -> dict[Role, str]:
        """For each role somebody who holds it, with as few other roles as possible."""
        held = db.session.execute(select(Person, RoleHeld.role).join(RoleHeld).order_by(Person.id)).all()
        found: dict[Role, str] = {Role.CLERK: CLERK, Role.DUTY_LEADER: LEADER, Role.MEDIATOR: MEDIATOR,
                                  Role.CENTRE_MANAGER: MANAGER}  # fmt: skip
        for person, role in sorted(held, key=lambda row: (len(row[0].roles), row[0].id)):
            found.setdefault(role, person.username)
        missing = set(ROLE_PERMISSIONS) - found.keys()
        assert not missing, f"the demo has nobody with {missing}"
        return found

    def screen(self, face: Face) -> FlaskClient:
        """A screen of this face, paired."""
        with self.acting(MANAGER) as change:
            room = self.room("调解三室") if face in (Face.DOOR, Face.CODE) else None
            screen, token = Screen.make(change, self.centre, face, "新屏幕", room)
            cookie = screen.pair(change, token)
        client = self.app.test_client()
        client.set_cookie(access.DEVICE_COOKIE, cookie)
        return client

    @property
    def open_callout(self) -> Callout:
        """A callout whose officer has not come yet and has told nothing; once all have come, the newest of all."""
        waiting = and_(Callout.arrived_at.is_(None), Callout.stood_down_at.is_(None))
        return db.session.scalars(select(Callout).order_by(waiting.desc(), Callout.id.desc()).limit(1)).one()

    def officer(self) -> FlaskClient:
        """A phone on which the links of an open callout, of a meeting and of a released callout were opened."""
        joined = db.session.scalars(
            select(Callout).where(Callout.arrival_method == ArrivalMethod.VIDEO).order_by(Callout.id.desc())
        )
        client, cookie, sealer = self.app.test_client(), "", self.app.extensions["sealer"]
        for callout in (*joined, self.open_callout):
            cookie = links.cookie_with(cookie, links.token_for(sealer, callout))
        client.set_cookie(links.COOKIE, cookie)
        return client

    def askers(self) -> dict[str, FlaskClient]:
        """Everybody who may ask: each role, the officer by link, each screen, and nobody."""
        everybody = {role.value: self.signed_in(username) for role, username in self.one_per_role().items()}
        everybody["district"] = self.signed_in(self.holding(Role.DUTY_LEADER, "甘州区").username)
        everybody |= {f"screen:{face.value}": self.screen(face) for face in Face}
        return everybody | {"link": self.officer(), "nobody": self.app.test_client()}
