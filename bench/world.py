"""A busy morning on the district's board: forty open disputes, five units called to each, at every stage of coming."""

import contextlib
import itertools
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as hour
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from bench.client import Connection, get, post
from bench.servers import ROOT, Server, running, serving
from config import Config, driver
from models.actor import Actor, ActorKind
from models.board import revision
from models.callout import ArrivalMethod, Callout, CalloutOrder
from models.category import Category
from models.centre import Centre
from models.change import Change
from models.clock import SHANGHAI
from models.dispute import Dispute
from models.outbox import oldest_waiting
from models.person import Person, Role, RoleHeld
from models.registration import Entry, register
from models.unit import Unit, UnitKind
from models.whistle import WhistleOrder, sound
from security import links
from seeds.demo import PASSWORD
from seeds.demo import load as load_demo
from transaction import db, transaction

ROWS, UNITS_EACH = 40, 5
CENTRE_CODE = "620702"
# The run begins at nine, whenever it is started: in the break and at night the house takes other forms.
MORNING = datetime.combine(datetime.now(SHANGHAI).date(), hour(9), SHANGHAI) - datetime.now(UTC)
NAMES = ("马秀兰", "张建国", "王海燕", "李天成", "赵玉梅", "杨振华", "陈桂英", "刘志强")
OPPOSITES = ("甘州区某物业服务有限公司", "某劳务公司、某建筑工程有限公司", "某健身馆", "钱永福")
DEMANDS = ("退还预付卡余额并赔偿损失", "支付拖欠的工资", "恢复供暖并退还取暖费", "停止施工噪声,修复开裂的墙体")


@dataclass
class World:
    """The data of one run with the application opened in this process, as a colleague at another desk would use it."""

    app: Flask
    folder: Path
    database_url: str

    def environment(self) -> dict[str, str]:
        offset = str(MORNING.total_seconds())
        return {"DATA_DIR": str(self.folder), "DATABASE_URL": self.database_url, "DEMO": "1", "CLOCK_OFFSET": offset}

    @property
    def centre(self) -> Centre:
        return db.session.scalars(select(Centre).where(Centre.code == CENTRE_CODE)).one()

    def holding(self, role: Role) -> Person:
        return db.session.scalars(
            select(Person)
            .join(RoleHeld)
            .where(RoleHeld.role == role, RoleHeld.unit_id == self.centre.unit_id)
            .order_by(Person.id)
            .limit(1)
        ).one()

    def changing(self, person: Person | None = None) -> AbstractContextManager[Change]:
        return transaction(Actor(ActorKind.USER, (person or self.holding(Role.CLERK)).id))

    def revision(self) -> int:
        """How often the board has changed."""
        db.session.rollback()
        return revision(db.session(), self.audience)[1]

    @property
    def audience(self) -> str:
        return f"centre:{self.centre.id}"

    @property
    def units(self) -> list[Unit]:
        return list(db.session.scalars(select(Unit).where(Unit.kind == UnitKind.DEPARTMENT).order_by(Unit.id)))

    @property
    def categories(self) -> list[Category]:
        return list(db.session.scalars(select(Category).where(Category.centre_id == self.centre.id)))

    def entries(self) -> Iterator[Entry]:
        """Registrations as the window types them, without end."""
        people, opposites, demands = itertools.cycle(NAMES), itertools.cycle(OPPOSITES), itertools.cycle(DEMANDS)
        category_ids = [category.id for category in self.categories]
        for number in itertools.count():
            category = db.session.get_one(Category, category_ids[number % len(category_ids)])
            yield Entry(number % 12 + 1, next(people), f"190{number:08d}", category,
                        next(opposites), next(demands))  # fmt: skip

    def register_and_whistle(self, entry: Entry, order: WhistleOrder) -> Dispute:
        """The main job through its verbs, in two transactions as the two pages do it."""
        clerk, centre = self.holding(Role.CLERK), self.centre
        with self.changing(clerk) as change:
            visit = register(change, centre, entry)
        dispute = db.session.get_one(Dispute, visit.dispute_id)
        with self.changing(clerk) as change:
            sound(change, dispute, order)
        return dispute

    def tap(self, rows: int) -> Callable[[], None]:
        """A change of this many rows of the board, spread from its head to its foot; may be made again and again."""
        on_board = select(Dispute.id).where(Dispute.centre_id == self.centre.id, Dispute.on_board_since.is_not(None))
        disputes = db.session.scalars(on_board.order_by(Dispute.id)).all()
        chosen = disputes[:: len(disputes) // rows][:rows]
        clerk = Actor(ActorKind.USER, self.holding(Role.CLERK).id)
        callouts = [
            db.session.scalars(select(Callout.id).where(Callout.dispute_id == dispute_id).limit(1)).one()
            for dispute_id in chosen
        ]

        def change_them() -> None:
            with transaction(clerk) as change:
                change.open_streams(*(f"dispute:{dispute_id}" for dispute_id in chosen))
                for callout_id in callouts:
                    db.session.get_one(Callout, callout_id).renew_link(change)
            db.session.remove()

        return change_them

    def link_token(self, callout: Callout) -> str:
        return links.token_for(self.app.extensions["sealer"], callout)

    def quiet(self) -> None:
        """Wait until the worker has delivered everything: afterwards nothing on the board moves by itself."""
        for _ in range(600):
            db.session.rollback()
            if oldest_waiting(db.session()) is None:
                return
            time.sleep(0.1)
        raise RuntimeError("the worker does not deliver")


@contextlib.contextmanager
def opened(folder: Path, database_url: str) -> Iterator[World]:
    """What is in this database and folder, for the block."""
    config = Config(data_dir=folder, keys_dir=folder / "keys", database_url=driver(database_url), clock_offset=MORNING)
    app = create_app(config)
    with app.app_context():
        yield World(app, folder, database_url)
        db.session.remove()
        db.engine.dispose()


@contextlib.contextmanager
def made(folder: Path, database_url: str) -> Iterator[World]:
    """The same for a new database; the demo and the busy morning are put into it first."""
    with opened(folder, database_url) as world:
        upgrade(directory=str(ROOT / "migrations"))
        load_demo(folder)
        _fill(world)
        yield world


def _fill(world: World) -> None:
    units, mediator = world.units, world.holding(Role.MEDIATOR)
    for number, entry in zip(range(ROWS), world.entries(), strict=False):
        called = [units[(number + step * 3) % len(units)] for step in range(UNITS_EACH)]
        dispute = world.register_and_whistle(
            entry, WhistleOrder([CalloutOrder(unit.id) for unit in called], mediator=mediator)
        )
        with world.changing() as change:
            for place, callout in enumerate(dispute.callouts):
                if place < number % (UNITS_EACH + 1):
                    callout.acknowledge(change)
                if place < number % 4:
                    callout.arrive(change, ArrivalMethod.DESK)


@contextlib.contextmanager
def open_house(world: World) -> Iterator[Server]:
    """The whole system on this world: web server and worker."""
    with (
        serving("app:create_app()", world.folder, world.environment()) as server,
        running("flask", "--app", "app.py", "worker", folder=world.folder, environment=world.environment()),
    ):
        world.quiet()
        yield server


@dataclass(frozen=True)
class Desk:
    """Somebody who has signed in: the cookies of the browser and the token of its forms."""

    cookies: str
    token: str

    def headers(self, **more: str) -> dict[str, str]:
        return {"Cookie": self.cookies, **{name.replace("_", "-"): value for name, value in more.items()}}


def sign_in(server: Server, person: Person) -> Desk:
    connection = Connection(server.port)
    first = connection.ask(get("/sign-in"))
    token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', first.body)
    if token is None:
        raise RuntimeError(f"no form to sign in: {first.status}")
    fields = [("username", person.username), ("password", PASSWORD), ("csrf_token", token[1].decode())]
    second = connection.ask(post("/sign-in", fields, {"Cookie": _line(first.cookies)}))
    if second.status != 303:
        raise RuntimeError(f"not signed in: {second.status}")
    connection.socket.close()
    return Desk(_line(first.cookies | second.cookies), token[1].decode())


def _line(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
