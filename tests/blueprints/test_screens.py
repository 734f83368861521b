"""Screens of the house: connected once, fixed to one face, silent after they were switched off."""

import re

import pytest
from flask.testing import FlaskClient

from models.arrival import arrival_key, code_now
from models.callout import ArrivalMethod
from models.mediation import MediationSession
from models.natures import Nature
from models.screen import Face, Screen
from security.access import DEVICE_COOKIE
from tests.support.boards import Poller, connect, connected, whole_whistle
from tests.support.cast import MANAGER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

PATHS = {Face.WALL: "/wall", Face.HALL: "/hall", Face.DOOR: "/door", Face.CODE: "/code"}


def made(client: FlaskClient, name: str = "调度室", face: str = "wall", room: int = 0) -> str:
    """The path of the link that is shown once."""
    page = visit(client, "/screens/new").form("/screens").submit(201, name=name, face=face, room_id=room)
    return re.search(r"/screens/pair/[\w-]{32}", page.text).group()


def test_a_screen_is_connected_by_its_link_and_shows_its_face(cast: Cast) -> None:
    path = made(cast.signed_in(MANAGER))
    device = cast.app.test_client()
    page = visit(device, path)
    assert db.session.query(Screen).one().paired_at is None, "looking connects nothing"
    page = page.form(path).submit()
    assert page.path == "/wall"
    cookie = device.get_cookie(DEVICE_COOKIE)
    assert cookie.http_only
    assert cookie.max_age > 9 * 365 * 24 * 3600


def test_a_link_works_once(cast: Cast) -> None:
    path = made(cast.signed_in(MANAGER))
    form = visit(cast.app.test_client(), path).form(path)
    visit(cast.app.test_client(), path).form(path).submit()
    form.submit(410)
    visit(cast.app.test_client(), path, 410)


def test_the_list_says_when_a_screen_last_asked_and_that_it_is_silent(cast: Cast, clock) -> None:
    wall, other = connected(cast, Face.WALL), connect(cast, Face.HALL)[0]
    poller, client = Poller(wall, "/wall"), cast.signed_in(MANAGER)
    assert "未连接" not in visit(client, "/screens").text
    clock.advance(minutes=2)
    assert poller.ask().status_code == 204, "also where the quick layer answers"
    clock.advance(minutes=1)
    rows = visit(client, "/screens").soup.select("[data-row]")
    hall, seen = (" ".join(row.get_text(" ").split()) for row in rows)
    assert (other.name in hall, "未连接" in hall, "未连接" in seen) == (True, True, False)
    assert "10:22" in seen
    clock.advance(minutes=2)
    assert visit(client, "/screens").text.count("未连接") == 2


def test_a_code_screen_is_seen_by_its_picture(cast: Cast, clock) -> None:
    device, client = connected(cast, Face.CODE, "调解三室"), cast.signed_in(MANAGER)
    clock.advance(minutes=5)
    assert "未连接" in visit(client, "/screens").text
    assert device.get("/code/picture").status_code == 200
    assert "未连接" not in visit(client, "/screens").text


def test_an_unused_link_dies_with_its_screen(cast: Cast) -> None:
    client = cast.signed_in(MANAGER)
    path = made(client)
    page = visit(client, "/screens").form("/revocation").submit()
    assert "停用" in page.text
    visit(cast.app.test_client(), path, 410)


def test_the_link_is_shown_once_also_when_the_form_is_sent_twice(cast: Cast) -> None:
    form = visit(cast.signed_in(MANAGER), "/screens/new").form("/screens")
    form.submit(201, name="大厅", face="hall")
    again = form.submit(303, name="大厅", face="hall")
    assert again.path == "/screens"
    assert db.session.query(Screen).count() == 1
    assert "/screens/pair/" not in again.html


def test_what_a_new_screen_needs_is_said_at_the_field(cast: Cast) -> None:
    client = cast.signed_in(MANAGER)
    page = visit(client, "/screens/new").form("/screens").submit(422, name="", face="wall")
    assert page.soup.select_one("#name-error")
    page = visit(client, "/screens/new").form("/screens").submit(422, name="门牌", face="door")
    assert page.soup.select_one("#room_id-error")
    assert page.soup.find(id="name")["value"] == "门牌"


def test_screens_are_not_everybodys_to_manage(cast: Cast) -> None:
    screen, _cookie = connect(cast, Face.WALL)
    clerk = cast.signed_in()
    visit(clerk, "/screens", 403)
    foreign = cast.signed_in("yuanlixin")
    assert "wall 1" in visit(foreign, "/screens").text
    token = visit(clerk, "/board").soup.find("input", attrs={"name": "csrf_token"})["value"]
    assert clerk.post(f"/screens/{screen.id}/revocation", data={"csrf_token": token}).status_code == 403


@pytest.mark.parametrize("face", Face)
def test_each_device_has_one_face_and_nothing_else(cast: Cast, face: Face) -> None:
    device = connected(cast, face, "调解三室")
    for other, path in PATHS.items():
        allowed = other is face or (face is Face.WALL and other is Face.HALL)
        assert device.get(path).status_code == (200 if allowed else 401), path
    assert device.get("/board").status_code == 303
    for shown in ("wall", "hall", "door"):
        allowed = shown == face or (face is Face.WALL and shown == "hall")
        address = f"/board/centre-{cast.centre.id}/{shown}/changes?since=0-0"
        assert device.get(address).status_code == (200 if allowed else 401), address
    assert device.get(f"/board/centre-{cast.centre.id + 1}/{face}/changes?since=0-0").status_code in (401, 404)
    assert device.get(f"/board/centre-{cast.centre.id}/changes?since=0-0").status_code in (303, 401)


@pytest.mark.parametrize("face", [Face.WALL, Face.HALL, Face.DOOR])
def test_a_screen_that_was_switched_off_gets_a_bare_401(cast: Cast, face: Face) -> None:
    screen, cookie = connect(cast, face, "调解三室")
    device = cast.app.test_client()
    device.set_cookie(DEVICE_COOKIE, cookie)
    poller = Poller(device, PATHS[face])
    assert poller.ask().status_code == 204
    with cast.acting(MANAGER) as change:
        screen.revoke(change)
    answer = poller.ask()
    assert (answer.status_code, answer.data) == (401, b"")
    assert "HX-Redirect" not in answer.headers


def test_the_wall_shows_a_whistle_and_counts_the_day(cast: Cast, clock) -> None:
    dispute = cast.registered()
    wall = Poller(connected(cast, Face.WALL), "/wall")
    whistle = whole_whistle(cast, dispute)
    answer = wall.ask()
    for words in (whistle.dispute.short_number, "消费 · 3人", "罗主持", "市场监管局", "南街街道", "调解三室"):
        assert words in answer.text
    clock.advance(minutes=14)
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK)
    answer = wall.ask()
    assert "14 分" in answer.text
    assert 'data-counts="1"' in answer.text, "one is due because it is there; the other limit still runs"
    assert whistle.callouts[1].due_at.isoformat() in answer.text


def test_the_hall_tells_progress_by_queue_number(cast: Cast) -> None:
    dispute = cast.registered()
    visit_id, queue = dispute.visits[0].id, dispute.visits[0].queue_number
    hall = Poller(connected(cast, Face.HALL), "/hall")
    assert "等候" in visit(hall.client, "/hall").text
    whistle = whole_whistle(cast, dispute)
    text = hall.ask().text
    assert f"<b>{queue}</b>" in text
    assert "已到 0/2" in text
    assert "预计" in text
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK)
        dispute.visits[0].call(change, cast.room("调解三室"))
    answer = hall.ask()
    assert "已到 1/2" in answer.text
    assert f'data-say="请{queue}号到调解三室"' in answer.text
    assert answer.headers["X-Board-Order"] == f"visit-{visit_id}"
    with cast.acting() as change:
        whistle.callouts[1].arrive(change, ArrivalMethod.DESK)
    answer = hall.ask()
    assert "已到 2/2" in answer.text
    assert "等相关单位" not in answer.text, "nobody is waited for any more"
    body = cast.body("甘州区人民调解委员会")
    with cast.acting(MEDIATOR) as change:
        MediationSession.open(change, dispute, Nature.PEOPLES, body, cast.person(MEDIATOR), None,
                              cast.room("调解三室"), [])  # fmt: skip
    assert "调解中" in hall.ask().text


def test_the_hall_does_not_tell_that_somebody_is_late(cast: Cast, clock) -> None:
    whole_whistle(cast, cast.registered())
    device = connected(cast, Face.HALL)
    assert "预计" in visit(device, "/hall").text
    clock.advance(minutes=50)
    page = visit(device, "/hall")
    assert "已到 0/2" in page.text
    assert "预计" not in page.text
    assert "late" not in str(page.soup.find(attrs={"data-poll": True}))


def test_whoever_came_yesterday_has_no_number_in_the_hall(cast: Cast, clock) -> None:
    whole_whistle(cast, cast.registered())
    clock.advance(hours=20)
    assert "A001" not in visit(connected(cast, Face.HALL), "/hall").text


def test_the_door_says_whether_one_may_go_in(cast: Cast) -> None:
    dispute = cast.registered()
    door = Poller(connected(cast, Face.DOOR, "调解三室"), "/door")
    assert "空闲" in visit(door.client, "/door").text
    whole_whistle(cast, dispute)
    answer = door.ask()
    assert dispute.visits[0].queue_number in answer.text
    assert "候调" in answer.text
    assert "X-Board-Order" not in answer.headers


@pytest.mark.parametrize("face", [Face.WALL, Face.HALL, Face.DOOR, Face.CODE])
def test_page_and_answers_name_the_same_version(cast: Cast, face: Face) -> None:
    """A page that was made before an upgrade sees the difference and loads itself again."""
    device = connected(cast, face, "调解三室")
    page = visit(device, PATHS[face])
    made = page.soup.find("meta", attrs={"name": "version"})["content"]
    answer = device.get("/code/picture") if face is Face.CODE else Poller(device, PATHS[face]).ask()
    assert answer.headers["X-Board-Version"] == made == cast.app.extensions["version"]


def test_the_hall_says_what_is_taken_on_and_that_it_is_free(cast: Cast) -> None:
    text = visit(connected(cast, Face.HALL), "/hall").text
    for words in ("受理范围", "不收费", "自愿", "可以不公开", "查询进度", "12348", "12345", "12356", "今日接待"):
        assert words in text


def test_the_code_screen_gets_what_it_needs_to_count_alone(cast: Cast, clock) -> None:
    device = connected(cast, Face.CODE, "调解一室")
    key = arrival_key(cast.app.extensions["sealer"], cast.centre.id)
    page = visit(device, "/code")
    assert page.soup.select_one("[data-digits]").get_text() == code_now(key, clock.now)
    assert page.soup.select_one("[data-code]")["data-key"] == key.hex()
    picture = device.get("/code/picture")
    assert picture.text.startswith("<svg")
    assert "style=" not in picture.text


def test_without_outside_network_there_are_no_codes(cast: Cast) -> None:
    device = connected(cast, Face.CODE)
    centre = cast.centre
    with cast.acting(MANAGER) as change:
        centre.change_setting(change, "no_internet", True)
    page = visit(device, "/code")
    assert not page.soup.select_one("[data-key]")
    assert device.get("/code/picture").status_code == 204
