"""What may happen in the house: no room, the other side, a shift that ends, no network, a drill, no outside network."""

import pytest

from models.back_entry import BackEntry
from models.callout import ArrivalMethod
from models.room import room_of
from models.takeover import Takeover
from tests.support.cast import CLERK, LEADER, Cast, csrf
from tests.support.clock import Clock
from tests.support.house import House
from transaction import db

UNIT = "市场监管局"


@pytest.fixture
def house(cast: Cast, clock: Clock) -> House:
    return House(cast, clock)


def test_who_waits_for_a_room_gets_the_next_freed_one(house: House, clock: Clock) -> None:
    before, dispute = house.comes(), house.comes(name="马成龙", phone="19000003003", opposite="某服装店")
    house.whistles(before, UNIT, room="调解三室")
    [callout] = house.whistles(dispute, UNIT, room=None)
    assert "调解室待定" in house.phone(callout).text
    form = house.page(f"/disputes/{before.reference}/withdrawal/new").form("/withdrawal")
    form.submit(reason="双方已和解")
    room = house.cast.room("调解三室")
    house.page(f"/disputes/{dispute.reference}/room").form("/room").submit(room_id=room.id)
    assert room_of(db.session(), dispute.id) == room
    assert "调解三室" in house.phone(callout).text
    called = {"csrf_token": csrf(house.browser(), f"/disputes/{dispute.reference}")}
    house.browser().post(f"/visits/{dispute.visits[0].id}/call", data=called)
    assert dispute.visits[0].called_at == clock.now
    house.ends(dispute, UNIT)


def test_the_other_side_promises_is_not_reached_or_refuses_clearly(house: House, clock: Clock) -> None:
    dispute = house.comes(opposite="甘州某健身馆、某物业公司、某担保公司")
    house.whistles(dispute, UNIT)
    path = f"/disputes/{dispute.reference}"
    answers = {"甘州某健身馆": "coming", "某物业公司": "no_answer", "某担保公司": "refused"}
    for one in dispute.invitations:
        house.page(path).form(f"/invitations/{one.id}/note").submit(press=answers[one.name], minutes=30)
    text = house.page(path).text
    for words in ("10:50", "打不通", "明确拒绝"):
        assert words in text, words
    assert [one.expected_at is not None for one in dispute.invitations] == [True, False, False]
    house.ends(dispute, "电话约请结果：答应来", "电话约请结果：打不通", "电话约请结果：明确拒绝")


def test_the_desk_is_handed_over_by_name(house: House, clock: Clock) -> None:
    dispute = house.comes()
    house.whistles(dispute, UNIT)
    house.browser(LEADER)
    page = house.page("/shifts")
    assert UNIT in page.text
    assert dispute.short_number in page.text
    page = page.form("/shifts").submit(given_by=house.cast.person(LEADER).id)
    assert "已接班" in page.text
    row = db.session.query(Takeover).one()
    assert (row.from_id, row.to_id) == (house.cast.person(LEADER).id, house.cast.person(CLERK).id)
    house.ends(dispute, UNIT)


def test_after_ten_minutes_without_network_the_sign_in_sheet_is_entered(house: House, clock: Clock) -> None:
    dispute = house.comes()
    came, missing = house.whistles(dispute, UNIT, "住建局")
    house.page("/")
    clock.advance(minutes=10)
    house.page("/")
    page = house.page("/outages").form(f"/callouts/{came.id}/back-entries").submit(at="10:27", press="arrival")
    page = page.form(f"/callouts/{missing.id}/back-entries").submit(press="absence")
    assert "没有待核对的断线" in page.form("/closing").submit().text
    assert (came.minutes_taken, missing.arrived_at) == (7, None)
    assert db.session.query(BackEntry).count() == 2
    assert house.figure(UNIT, "on_time") == "1/1"
    house.ends(dispute, "补录：10:27")


def test_a_drill_runs_like_a_whistle_and_no_figure_knows_it(house: House, clock: Clock) -> None:
    house.sets("drills")
    dispute = house.comes()
    [callout] = house.whistles(dispute, UNIT, is_drill="y")
    page = house.phone(callout)
    assert "演练" in page.text
    house.reports_in(page, callout, name="汪海燕", post="科长")
    assert "演练" in house.page("/board").text
    assert [house.figure(UNIT, name) for name in ("due", "arrived", "on_time")] == ["0/0", "0/0", "0/0"]
    house.ends(dispute, f"{UNIT}报到")


def test_without_outside_network_desk_and_sign_in_sheet_do_the_whole_job(house: House, clock: Clock) -> None:
    house.sets("no_internet")
    dispute = house.comes()
    told, walked_in = house.whistles(dispute, UNIT, "住建局")
    page = house.desk(told)
    assert page.soup.find("form", action=f"/callouts/{told.id}/link-view") is None
    page.form("/telephone-note").submit(name="汪海燕")
    assert told.acknowledged_at == clock.now
    assert "链接已失效" in house.phone(told, 410).text
    clock.advance(minutes=9)
    house.desk(told).form("/arrival").submit(name="汪海燕", post="科长")
    clock.advance(minutes=4)
    form = house.desk(walked_in).follow("/back-entries/new").form("/back-entries")
    form.submit(at="10:31", reason="签到表登记")
    house.desk(told).form("/release").submit()
    assert house.desk(told).follow("/receipt").status == 200
    assert (told.arrival_method, told.minutes_taken, walked_in.minutes_taken) == (ArrivalMethod.DESK, 9, 11)
    house.ends(dispute, f"电话通知了{UNIT}", f"{UNIT}报到，用时 9 分钟", "补录：10:31", f"登记{UNIT}离场")
