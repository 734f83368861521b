"""What each face may show: everything there is about a dispute carries a mark, and only the marks of its list appear.

The reasons stand in the law and in the trade: parties may ask for mediation that is not public, a bureau shown late
before thirty people never comes again, and "property, 31 people" names a compound.
"""

import pytest
from sqlalchemy import update

from models.callout import ArrivalMethod, Callout, Officer
from models.category import Category
from models.dispute import Dispute
from models.invitation import Invitation, PhoneResult
from models.objection import Objection, ObjectionChannel
from models.party import Party, Side
from models.person import Person
from models.registration import Entry, register
from models.risk import Risk, RiskTick
from models.room import Room, RoomPurpose
from models.screen import Face
from models.unit import Unit
from models.visit import Visit
from models.whistle import Level, Whistle
from tests.support.boards import Poller, connected, whole_whistle
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.unrecorded import by_hand
from transaction import db, writing

# Mark → the faces that may show it.
MARKS: dict[str, set[Face]] = {
    "申请人墨西": set(),
    "被申请人墨东": set(),
    "受邀单位墨北": set(),
    "诉求墨诉": set(),
    "事实墨实": set(),
    "问题墨问": set(),
    "异议墨异": set(),
    "报到人墨到": set(),
    "备注墨注": set(),
    "19000000099": set(),
    "620702199001010037": set(),
    "名字甲": set(),  # the mediator's given name
    "类别墨类": {Face.WALL},
    "98765432": {Face.WALL},  # head count; long, because keys and codes are made of digits too
    "单位墨单": {Face.WALL},
    "紧急": {Face.WALL},
    "墨主持": {Face.WALL},  # surname of the mediator
    "房间墨房": {Face.WALL, Face.HALL, Face.DOOR, Face.CODE},
    "A777": {Face.HALL, Face.DOOR},
}
pytestmark = only_sqlite  # what a face may show is decided in the templates
PATHS = {Face.WALL: "/wall", Face.HALL: "/hall", Face.DOOR: "/door"}


@pytest.fixture
def marked(cast: Cast) -> Dispute:
    """A dispute in which everything that can be written down is a mark."""
    kind, centre = cast.category("消费"), cast.centre
    with cast.acting() as change:
        entry = Entry(3, "申请人墨西", "19000000099", kind, "被申请人墨东", "诉求墨诉")
        dispute = register(change, centre, entry).dispute
        Party.add(change, dispute, Side.THIRD, "第三人墨西", id_number="620702199001010037")
        dispute.edit(change, dispute.version, facts="事实墨实")
    whistle = whole_whistle(cast, dispute)
    late, here = whistle.callouts
    with cast.acting() as change:
        Invitation.make(change, dispute, None, "受邀单位墨北").note(change, PhoneResult.COMING, 10)
        Objection.raise_for(change, late, "异议墨异", "", ObjectionChannel.TELEPHONE)
        here.arrive(change, ArrivalMethod.DESK, Officer("报到人墨到", "科员", "19000000099"))
        dispute.visits[0].call(change, cast.room("调解三室"))
    with writing() as session:
        session.execute(update(Category).where(Category.id == kind.id).values(name="类别墨类"))
        session.execute(update(Unit).where(Unit.id == late.unit_id).values(name="单位墨单"))
        session.execute(update(Callout).values(question="问题墨问"))
        session.execute(update(Whistle).values(level=Level.URGENT))
        session.execute(update(Visit).values(head_count=98765432, queue_number="A777", note="备注墨注"))
        session.execute(update(Room).where(Room.name == "调解三室").values(name="房间墨房"))
        session.execute(update(Person).where(Person.username == MEDIATOR).values(name="墨名字甲"))
    return dispute


def shown(cast: Cast, face: Face, room: str = "房间墨房") -> str:
    """Everything that reaches the device: the page, and the answer to a poll after a change."""
    device = connected(cast, face, room)
    if face is Face.CODE:
        return str(device.get("/code").text)
    poller = Poller(device, PATHS[face])
    dispute = db.session.query(Dispute).first()
    with cast.acting() as change:
        dispute.touch(change)
    answer = poller.ask()
    assert answer.status_code == 200
    told = "".join(f"{name}: {value}" for name, value in answer.headers.items())
    return str(device.get(PATHS[face]).text) + answer.text + told


@pytest.mark.parametrize("face", Face)
def test_a_face_shows_what_is_on_its_list_and_nothing_else(cast: Cast, marked: Dispute, face: Face) -> None:
    html = shown(cast, face)
    assert {mark for mark in MARKS if mark in html} == {mark for mark, faces in MARKS.items() if face in faces}


@pytest.mark.parametrize("face", [Face.HALL, Face.DOOR, Face.CODE])
def test_nothing_in_public_names_the_matter(cast: Cast, marked: Dispute, face: Face) -> None:
    html = shown(cast, face).split("<head>", 1)[1]  # the words of countdowns stand before it on every page
    for secret in (marked.number, marked.short_number, marked.reference, "is-late", "超时", "人社局", "法院"):
        if secret == "法院" and face is Face.HALL:
            continue  # the court's window is a service of the house
        assert secret not in html, secret


@pytest.mark.parametrize("risk", [Risk.VULNERABLE, Risk.DOMESTIC])
def test_the_kind_of_a_shielded_matter_is_on_no_screen(cast: Cast, marked: Dispute, risk: Risk) -> None:
    with by_hand(), cast.acting() as change:
        marked.lock(change)
        marked.risks.append(RiskTick(risk=risk, at=change.at))
    assert "类别墨类" not in shown(cast, Face.WALL)


def test_the_kind_of_a_matter_that_is_not_public_is_on_no_screen(cast: Cast, marked: Dispute) -> None:
    with cast.acting() as change:
        marked.edit(change, marked.version, non_public=True)
    assert "类别墨类" not in shown(cast, Face.WALL)


def test_nobody_in_the_hall_learns_who_goes_to_the_counsellor(cast: Cast, marked: Dispute) -> None:
    with writing() as session:
        session.execute(update(Room).where(Room.name == "房间墨房").values(purpose=RoomPurpose.COUNSELLING))
    html = shown(cast, Face.HALL)
    assert "房间墨房" not in html
    assert "A777" in html
