"""不归我们: an objection by link or by telephone, upheld, turned down, or left waiting."""

from datetime import timedelta

import pytest

from models.callout import CalloutState
from models.objection import ObjectionChannel
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from tests.support.house import House
from transaction import db


@pytest.fixture
def house(cast: Cast, clock: Clock) -> House:
    return House(cast, clock)


def test_an_objection_is_upheld_and_the_right_unit_is_whistled_on_its_own_clock(house: House, clock: Clock) -> None:
    house.sets_pin()
    dispute = house.comes()
    [wrong] = house.whistles(dispute, "水务局")
    clock.advance(minutes=4)
    house.phone(wrong).form("/objections").submit(reason="不归我们", basis="三定方案")
    assert house.leaders_phone().soup.find("button", {"value": "uphold"}) is None  # the desk has not telephoned yet
    house.desk(wrong).form("/confirmation").submit()
    clock.advance(minutes=2)
    house.leaders_phone().form("/objections/").submit(press="uphold", unit="住建局")
    db.session.expire_all()
    right = house.callout(dispute, "住建局")
    assert (right.sounded_at, right.due_at) == (clock.now, clock.now + timedelta(minutes=right.limit_minutes))
    clock.advance(minutes=15)
    page = house.phone(right).form("/acknowledgement").submit()
    house.reports_in(page, right, name="屈文涛", post="科长")
    assert [house.figure("水务局", name) for name in ("called", "upheld", "due")] == ["1", "1", "0/1"]
    assert house.figure("住建局", "on_time") == "1/1"
    house.ends(dispute, "水务局提出异议（链接）", "电话核实了水务局的异议", "采纳了水务局的异议",
               "住建局报到，用时 15 分钟")  # fmt: skip


def test_an_objection_by_telephone_is_taken_down_and_counts_at_once(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [wrong] = house.whistles(dispute, "水务局")
    clock.advance(minutes=3)
    house.desk(wrong).form("/objections").submit(reason="不归我们")
    assert wrong.objections[0].channel is ObjectionChannel.TELEPHONE
    house.desk(wrong, LEADER).form("/decision").submit(press="uphold", units="市场监管局", question="是否受理?")
    assert house.callout(dispute, "市场监管局").question == "是否受理?"
    assert house.figure("水务局", "upheld") == "1"
    house.ends(dispute, "水务局提出异议（电话）", "采纳了水务局的异议")


def test_a_rejected_objection_has_never_stopped_the_clock(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [callout] = house.whistles(dispute, "市场监管局")
    due = callout.due_at
    house.desk(callout).form("/objections").submit(reason="不归我们")
    clock.advance(minutes=12)
    house.desk(callout, LEADER).form("/decision").submit(press="reject")
    assert callout.due_at == due
    clock.now = due + timedelta(minutes=5)
    house.reports_in(house.phone(callout), callout, name="汪海燕", post="科长")
    assert (callout.state, callout.is_late(clock.now)) == (CalloutState.ARRIVED, True)
    assert [house.figure("市场监管局", name) for name in ("arrived", "on_time", "upheld")] == ["1/1", "0/1", "0"]
    house.ends(dispute, "未采纳市场监管局的异议", f"市场监管局报到，用时 {callout.limit_minutes + 5} 分钟")


def test_silence_on_an_objection_is_a_late_item_of_the_duty_leader(house: House, clock: Clock) -> None:
    dispute = house.comes()
    [callout] = house.whistles(dispute, "水务局")
    house.phone(callout).form("/objections").submit(reason="不归我们")

    def is_late() -> bool:
        link = house.page("/", LEADER).soup.find("a", href=f"/callouts/{callout.id}")
        return link.find_parent("li").find(class_="is-late") is not None

    assert not is_late()
    clock.advance(minutes=house.cast.centre.setting(db.session(), "objection_minutes"))
    assert is_late()
    house.ends(dispute, "水务局提出异议（链接）")
