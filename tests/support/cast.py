"""The people of the stories: the demo of Ganzhou District, with short names for whoever the tests need often."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models.actor import Actor, ActorKind
from models.callout import CalloutOrder
from models.category import Category
from models.centre import Centre
from models.change import Change
from models.dispute import Dispute
from models.person import Person
from models.presiding_body import PresidingBody
from models.registration import Entry, register
from models.room import Room
from models.unit import Unit
from models.whistle import Whistle, WhistleOrder, sound
from security import cookies, sessions
from seeds.demo import load as load_demo
from transaction import db, transaction

CLERK, LEADER, MEDIATOR, MANAGER, SECURITY = "xuwenjing", "weiguodong", "luozhiming", "jingchunsheng", "qinruolan"


def load(app: Flask) -> None:
    load_demo(app.config["SETTINGS"].data_dir)


@dataclass
class Cast:
    """Find people and things by the names staff use; do what they do, through the verbs."""

    app: Flask

    def person(self, username: str) -> Person:
        return db.session.scalars(select(Person).where(Person.username == username)).one()

    def holding(self, role: str, unit: str) -> Person:
        """Somebody with this role at this unit."""
        return next(
            person
            for person in db.session.scalars(select(Person).order_by(Person.id))
            if any(held.role == role and held.unit.name == unit for held in person.roles)
        )

    @property
    def centre(self) -> Centre:
        return db.session.scalars(select(Centre).where(Centre.code == "620702")).one()

    def unit(self, name: str) -> Unit:
        return db.session.scalars(select(Unit).where(Unit.name == name)).one()

    def room(self, name: str) -> Room:
        return db.session.scalars(select(Room).where(Room.name == name, Room.centre_id == self.centre.id)).one()

    def category(self, name: str) -> Category:
        return db.session.scalars(
            select(Category).where(Category.name == name, Category.centre_id == self.centre.id)
        ).first()

    def body(self, name: str) -> PresidingBody:
        return db.session.scalars(select(PresidingBody).where(PresidingBody.name == name)).one()

    def acting(self, username: str = CLERK) -> AbstractContextManager[Change]:
        """A change made by this person."""
        return transaction(Actor(ActorKind.USER, self.person(username).id))

    def registered(self, opposite: str = "甘州某健身馆", category: str = "消费", heads: int = 3) -> Dispute:
        """A dispute as the window leaves it after 速登."""
        centre, kind = self.centre, self.category(category)
        with self.acting() as change:
            entry = Entry(heads, "宋佳", "19000000032", kind, opposite, "退还预付卡余额")
            visit = register(change, centre, entry)
        return visit.dispute

    def whistled(self, *units: str, room: str | None = "调解三室", dispute: Dispute | None = None) -> Whistle:
        """A dispute whose whistle has just sounded for these units."""
        dispute = dispute or self.registered()
        orders = [CalloutOrder(self.unit(name).id) for name in units or ("市场监管局",)]
        place = self.room(room) if room else None
        with self.acting() as change:
            return sound(change, dispute, WhistleOrder(orders, room=place))

    def signed_in(self, username: str = CLERK) -> FlaskClient:
        """A browser in which this person has signed in; the page for that has a test of its own."""
        client, person = self.app.test_client(), self.person(username)
        with self.acting(username) as change:
            token = sessions.sign_in(change, person, "127.0.0.1")
        client.set_cookie(cookies.prefix(self.app) + sessions.COOKIE, token)
        return client


def csrf(client: FlaskClient, path: str) -> str:
    """The token of the first form on a page."""
    html = client.get(path).get_data(as_text=True)
    return html.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
