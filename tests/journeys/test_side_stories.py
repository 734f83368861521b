"""What may happen to one whistle: another officer, a pause, a stand-down, nobody, two rooms, a meeting, a wrong tap."""

from datetime import timedelta

import pytest

from models.callout import ArrivalMethod, CalloutState
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from tests.support.house import House
from tests.support.pages import visit
from transaction import db

UNIT = "市场监管局"
MEETING = "https://meeting.example/620702"


@pytest.fixture
def house(cast: Cast, clock: Clock) -> House:
    return House(cast, clock)


def test_another_officer_comes(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [callout] = house.whistles(dispute, UNIT)
    page = house.phone(callout).form("/substitute").submit(name="王建国", post="副科长")
    clock.advance(minutes=8)
    house.reports_in(page, callout)
    assert (callout.officer_name, callout.officer_post) == ("王建国", "副科长")
    assert "王建国" in house.desk(callout).text
    house.ends(dispute, f"{UNIT}改派他人到场", f"{UNIT}报到，用时 8 分钟")


def test_the_time_stands_still_and_goes_on(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [callout] = house.whistles(dispute, UNIT)
    due = callout.due_at
    clock.advance(minutes=5)
    house.desk(callout).form("/pause").submit(reason="road_closed")
    clock.advance(minutes=30)
    page = house.phone(callout)
    assert "停" in page.soup.find("main").get_text()
    assert not callout.is_late(clock.now)
    house.desk(callout).form("/resumption").submit()
    clock.now = due + timedelta(minutes=30)
    house.reports_in(page, callout, name="汪海燕", post="科长")
    assert house.figure(UNIT, "on_time") == "1/1"
    house.ends(dispute, f"暂停{UNIT}计时", f"{UNIT}暂停30分钟后恢复计时")


def test_a_stand_down_is_confirmed_by_the_unit(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [callout] = house.whistles(dispute, UNIT)
    page = house.phone(callout)
    house.desk(callout).form("/stand-down").submit(reason="双方已和解")
    assert callout.stand_down_seen_at is None
    clock.advance(minutes=2)
    visit(page.client, page.path).form("/stand-down").submit()
    assert "单位知悉 10:22" in house.desk(callout).text
    assert [house.figure(UNIT, name) for name in ("stood_down", "due")] == ["1", "0/1"]
    house.ends(dispute, f"对{UNIT}撤哨", f"{UNIT}已知悉撤哨")


def test_nobody_comes_not_even_for_the_units_leader(house: House, clock: Clock) -> None:
    house.sets_pin()
    dispute = house.comes()
    [callout] = house.whistles(dispute, UNIT)
    due = callout.due_at
    clock.advance(minutes=5)
    house.desk(callout).form("/telephone-note").submit(press="no_answer")
    clock.now = due + timedelta(minutes=15)
    house.leaders_phone().form(f"/callouts/{callout.id}/second").submit()
    clock.advance(minutes=15)
    house.desk(callout, LEADER).form("/coordination").submit()
    page = house.desk(callout).form("/no-show").submit(words="电话无人接听")
    assert "电话无人接听" in page.text
    assert (callout.state, callout.due_at) == (CalloutState.NO_SHOW, due)
    assert [house.figure(UNIT, name) for name in ("due", "arrived")] == ["1/1", "0/1"]
    house.ends(dispute, f"致电{UNIT}", f"向{UNIT}二次吹哨", f"就{UNIT}提请区级协调", f"登记{UNIT}未到")


def test_who_is_needed_no_more_leaves_early_with_a_receipt(house: House, clock: Clock) -> None:
    dispute = house.comes()
    first, second = house.whistles(dispute, UNIT, "南街街道")
    clock.advance(minutes=6)
    page = house.reports_in(house.phone(first), first, name="汪海燕", post="科长")
    page.form("/answers").submit(result="answered", answer="已责令退款")
    clock.advance(minutes=9)
    house.desk(first).form("/release").submit()
    receipt = visit(page.client, page.path).follow("/receipt").text
    assert dispute.number in receipt
    assert (first.state, second.is_awaited) == (CalloutState.RELEASED, True)
    house.ends(dispute, f"{UNIT}自述答复：当场答复", f"登记{UNIT}离场")


def test_one_unit_goes_from_room_to_room(house: House, clock: Clock) -> None:
    first, second = house.comes(), house.comes(name="马成龙", phone="19000003003", opposite="某服装店")
    [here] = house.whistles(first, UNIT, room="调解三室")
    [there] = house.whistles(second, UNIT, room="调解一室")
    form = house.desk(there).follow("/visit-plan").form("/visit-plan")
    page = form.submit(**{f"at_{here.id}": "10:35", f"at_{there.id}": "11:05"})
    assert "调解三室 10:35 → 调解一室 11:05" in page.text
    assert "11:05前报到" in house.phone(there).text
    clock.advance(minutes=15)
    house.reports_in(house.phone(here), here, name="汪海燕", post="科长")
    clock.advance(minutes=30)
    assert not there.is_late(clock.now)
    house.reports_in(house.phone(there), there, name="汪海燕", post="科长")
    assert house.figure(UNIT, "on_time") == "2/2"
    house.ends(second, f"安排了{UNIT}的串场", f"{UNIT}报到")


def test_a_meeting_is_joined_by_link(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [callout] = house.whistles(dispute, UNIT, level="video", video_url=MEETING)
    clock.advance(minutes=7)
    page = house.phone(callout)
    assert MEETING not in page.html
    assert page.form("/meeting").submit().link(MEETING)
    assert "您以视频方式参加。" in visit(page.client, page.path).text
    assert callout.arrival_method is ArrivalMethod.VIDEO
    assert house.figure(UNIT, "on_time") == "1/1"
    house.ends(dispute, f"{UNIT}报到，用时 7 分钟（视频")


def test_an_appointment_is_kept(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [callout] = house.whistles(dispute, UNIT, level="appointment", appointed_at="2026-11-23T15:30")
    assert callout.due_at == clock.now.replace(hour=7, minute=30)  # 15:30 in China
    clock.now = callout.due_at - timedelta(minutes=2)
    assert "二次吹哨" not in " ".join(button.get_text() for button in house.desk(callout).soup.find_all("button"))
    house.reports_in(house.phone(callout), callout, name="汪海燕", post="科长")
    assert house.figure(UNIT, "on_time") == "1/1"
    house.ends(dispute, "（预约）", f"{UNIT}报到")


def test_an_urgent_whistle_has_the_short_limit_for_everybody(house: House, clock: Clock) -> None:
    dispute = house.comes()
    callouts = house.whistles(dispute, UNIT, "住建局", level="urgent")
    limit = timedelta(minutes=house.cast.centre.setting(db.session(), "urgent_limit"))
    assert {callout.due_at for callout in callouts} == {clock.now + limit}
    clock.advance(minutes=1)
    house.desk(callouts[0]).form("/arrival").submit(name="汪海燕")
    clock.now = callouts[1].due_at + timedelta(minutes=1)
    assert [house.figure(unit, "on_time") for unit in (UNIT, "住建局")] == ["1/1", "0/1"]
    house.ends(dispute, "（紧急）", f"{UNIT}报到，用时 1 分钟")


def test_a_wrong_tap_is_corrected_and_both_values_stay(house: House, clock: Clock) -> None:
    dispute = house.comes()
    wrong, right = house.whistles(dispute, UNIT, "住建局")
    clock.advance(minutes=3)
    house.desk(wrong).form("/arrival").submit()
    clock.advance(minutes=1)
    house.desk(wrong).form("/correction").submit(tap="arrive", reason="点错单位")
    house.desk(right).form("/arrival").submit()
    assert wrong.is_awaited
    clock.advance(minutes=5)
    page = house.desk(wrong).form("/arrival").submit()
    for words in ("点错单位", "10:23", "10:29"):
        assert words in page.text, words
    assert wrong.minutes_taken == 9
    house.ends(dispute, f"{UNIT}报到，用时 3 分钟", f"更正了{UNIT}的记录", f"{UNIT}报到，用时 9 分钟")
