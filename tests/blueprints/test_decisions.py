"""The duty leader's telephone: today's link, a PIN, three decisions, and nothing else."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.callout import Callout
from models.objection import Objection, ObjectionChannel
from models.time_request import TimeWish, ask_for_time
from security.links import leader_token_for
from seeds.demo import PASSWORD
from tests.support.cast import LEADER, Cast, csrf
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

PIN = "482913"


@pytest.fixture
def leader(cast: Cast) -> FlaskClient:
    """At the desk, with a PIN."""
    client = cast.signed_in(LEADER)
    page = visit(client, "/pin").form("/pin").submit(current=PASSWORD, pin=PIN, again=PIN)
    assert page.path == "/decisions"
    return client


@pytest.fixture
def phone(cast: Cast, leader: FlaskClient) -> FlaskClient:
    """On the telephone, by link and PIN."""
    client = cast.app.test_client()
    page = visit(client, link(cast)).form("/l/").submit(pin=PIN)
    assert page.path == "/decisions"
    return client


def link(cast: Cast) -> str:
    return f"/l/{leader_token_for(cast.app.extensions['sealer'], cast.person(LEADER))}"


def objected(cast: Cast, channel: ObjectionChannel = ObjectionChannel.TELEPHONE) -> Objection:
    callout = cast.whistled("水务局").callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "三定方案", channel)
    return callout.objections[0]


def test_an_objection_is_upheld_and_the_right_unit_called(cast: Cast, phone: FlaskClient) -> None:
    objection = objected(cast)
    page = visit(phone, "/decisions")
    assert "不归我们" in page.text
    page.form(f"/objections/{objection.id}").submit(press="uphold", unit="市场监管局")
    db.session.expire_all()
    assert objection.upheld
    assert [one.unit.name for one in objection.callout.dispute.callouts] == ["水务局", "市场监管局"]


def test_an_objection_not_confirmed_by_telephone_can_only_be_turned_down(cast: Cast, phone: FlaskClient) -> None:
    objection = objected(cast, ObjectionChannel.LINK)
    page = visit(phone, "/decisions")
    assert page.soup.find("button", {"value": "uphold"}) is None
    page.form(f"/objections/{objection.id}").submit(422)
    desk = visit(cast.signed_in(LEADER), f"/callouts/{objection.callout_id}").form("/decision")
    assert desk.tag.find("input", {"name": "units"}) is None
    desk.submit(422)
    assert objection.decided_at is None
    page.form(f"/objections/{objection.id}").submit(press="reject")
    db.session.expire_all()
    assert objection.upheld is False


def test_a_unit_nobody_knows_keeps_what_was_typed(cast: Cast, phone: FlaskClient) -> None:
    objection = objected(cast)
    form = visit(phone, "/decisions").form(f"/objections/{objection.id}")
    page = form.submit(422, press="uphold", unit="没有这个局")
    assert page.soup.find("input", {"name": "unit"})["value"] == "没有这个局"


def test_a_silent_unit_is_whistled_for_a_second_time(cast: Cast, phone: FlaskClient, clock: Clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.now = callout.due_at + timedelta(minutes=16)
    by_link = cast.app.test_client()
    page = visit(by_link, link(cast)).form("/l/").submit(pin=PIN)
    form = page.form(f"/callouts/{callout.id}/second")
    form.submit()
    form.submit()
    db.session.expire_all()
    assert [step.step.value for step in callout.steps] == ["second"]


def test_time_is_granted_with_one_tap(cast: Cast, phone: FlaskClient) -> None:
    callout = cast.whistled().callouts[0]
    due = callout.due_at
    with cast.acting() as change:
        request = ask_for_time(change, callout, TimeWish.MORE_MINUTES, 20, "堵车")
    visit(phone, "/decisions").form(f"/time-requests/{request.id}").submit(press="grant")
    db.session.expire_all()
    assert db.session.get(Callout, callout.id).due_at == due + timedelta(minutes=20)


def test_link_and_pin_open_nothing_else(cast: Cast, app: Flask, phone: FlaskClient) -> None:
    cast.whistled()
    for path in ("/", "/board", "/disputes", "/disputes/620702-20261123-001", "/pin", "/password", "/callouts/1"):
        answer = phone.get(path)
        assert answer.status_code in (302, 303, 401), path
        assert "sign-in" in answer.headers.get("Location", "sign-in"), path


def test_the_telephone_forgets_after_half_an_hour(cast: Cast, phone: FlaskClient, clock: Clock) -> None:
    clock.now += timedelta(minutes=11)
    assert phone.get("/decisions").status_code != 200


def test_tomorrow_the_link_is_worth_nothing(cast: Cast, leader: FlaskClient, clock: Clock) -> None:
    path = link(cast)
    clock.now += timedelta(days=1)
    assert cast.app.test_client().get(path).status_code == 404


def test_five_wrong_pins_close_the_way_for_the_right_one(cast: Cast, leader: FlaskClient) -> None:
    client = cast.app.test_client()
    for pin in ("111222", "333444", "555666", "777888", "999000", PIN):
        form = visit(client, link(cast)).form("/l/")
        form.submit(422, pin=pin)
    assert client.get("/decisions").status_code != 200


@pytest.mark.parametrize("pin", ["123456", "987654", "111111", "121212", "12345", "12345a"])
def test_a_pin_that_is_tried_first_is_refused(cast: Cast, pin: str) -> None:
    form = visit(cast.signed_in(LEADER), "/pin").form("/pin")
    assert form.submit(422, current=PASSWORD, pin=pin, again=pin).path == "/pin"


def test_the_pin_needs_the_password(cast: Cast) -> None:
    form = visit(cast.signed_in(LEADER), "/pin").form("/pin")
    form.submit(422, current="Wrong-1234", pin=PIN, again=PIN)
    assert cast.person(LEADER).pin_hash is None


def test_a_clerk_decides_nothing(cast: Cast) -> None:
    clerk = cast.signed_in()
    assert clerk.get("/decisions").status_code == 403
    objection = objected(cast)
    token = csrf(clerk, "/sign-in")
    answer = clerk.post(f"/decisions/objections/{objection.id}", data={"csrf_token": token, "verdict": "reject"})
    assert answer.status_code == 403


def test_the_steps_of_the_ladder_are_pressed_one_after_the_other(cast: Cast, phone: FlaskClient, clock: Clock) -> None:
    callout = cast.whistled("住建局").callouts[0]
    assert not visit(phone, "/decisions").soup.select("form[action$='/second']")
    clock.now = callout.due_at + timedelta(minutes=31)
    phone = cast.app.test_client()
    page = visit(phone, link(cast)).form("/l/").submit(pin=PIN)
    assert not page.soup.select("form[action$='/coordination']")
    page = page.form("/second").submit().form("/coordination").submit()
    assert [step.step for step in callout.steps] == ["second", "coordination"]
    assert not page.soup.select("form[action$='/coordination']")


def test_a_step_nobody_presses_is_on_the_leaders_start_page(cast: Cast, clock: Clock) -> None:
    callout = cast.whistled("住建局").callouts[0]
    clock.now = callout.due_at + timedelta(minutes=21)
    start = visit(cast.signed_in(LEADER), "/")
    assert "待启动的催办" in start.text
    assert f"二次吹哨 住建局 {callout.dispute.short_number}" in start.text


def test_with_every_suggested_unit_called_the_whole_tree_is_offered(cast: Cast, leader: FlaskClient) -> None:
    objection = objected(cast)

    def offered() -> list[str]:
        page = visit(leader, "/decisions")
        return [option["value"] for option in page.soup.select(f"#objection-{objection.id}-names option")]

    usual = [row.unit.name for row in objection.callout.dispute.category.suggested_units() if row.unit.is_active]
    before = offered()
    assert before[: len(usual)] == [name for name in usual if name != "水务局"]
    assert len(before) == len(set(before))
    assert "住建局" in before
    assert "水务局" not in before
    cast.whistled(*[name for name in usual if name != "水务局"], dispute=objection.callout.dispute)
    after = offered()
    assert "住建局" in after
    assert not set(usual) & set(after)


def test_without_an_outside_network_no_link_is_offered(cast: Cast, leader: FlaskClient) -> None:
    assert visit(leader, "/decisions").soup.find(id="own-link")
    with cast.acting() as change:
        cast.centre.change_setting(change, "no_internet", True)
    assert visit(leader, "/decisions").soup.find(id="own-link") is None
