"""One morning the system must survive: several disputes at once, telephones, people without phones, no room left."""

from datetime import timedelta

import pytest

from models.agreement import Agreement
from models.assignment import Duty, assigned
from models.back_entry import BackEntry, Happened
from models.callout import ArrivalMethod, Callout, CalloutState
from models.dispute import Dispute
from models.event import Break, verify
from models.lifecycle import DisputeStatus
from models.room import room_of
from models.visit import VisitPurpose
from tests.support.agreement import record
from tests.support.cast import CLERK, LEADER, Cast, csrf
from tests.support.clock import Clock
from tests.support.house import House
from tests.support.pages import Form, visit
from transaction import db

OTHER_MEDIATOR = "fengxiufang"


class Morning(House):
    """The centre from 10:20 to noon."""

    def at(self, hour: int, minute: int) -> None:
        self.clock.now = self.clock.now.replace(hour=hour - 8, minute=minute, second=0)


@pytest.fixture
def morning(cast: Cast, clock: Clock) -> Morning:
    return Morning(cast, clock)


def test_a_busy_morning(morning: Morning, cast: Cast) -> None:
    morning.sets_pin()
    earlier = morning.comes(1, "梁玉芳", "19000003001", "土地", "甘州某合作社", "支付流转费")
    morning.at(10, 20)
    heating = morning.comes(31, "田桂兰", "19000003002", "物业", "甘州某物业服务公司", "测温退费")
    morning.whistles(heating, "住建局", "市场监管局", "南街街道", room="调解六室")

    morning.at(10, 22)
    owners = heating.visits[0]
    slip = morning.page(f"/visits/{owners.id}").form("/prints").submit()
    assert owners.queue_number in slip.text
    assert "演示数据" not in slip.text  # the demo's ribbon is shown only where DEMO=1

    morning.at(10, 23)
    known = morning.page("/visits/new").form("/visits")
    typed = dict(known.values()) | {"name": "梁玉芳", "phone": "19000003001", "head_count": "1"}
    hint = morning.browser().post("/visits/earlier", data=typed)
    assert earlier.short_number in hint.get_data(as_text=True)
    morning.page(f"/disputes/{earlier.reference}/visits/new").form("/visits").submit(purpose="urge", head_count=1)
    assert [one.purpose for one in earlier.visits] == [VisitPurpose.NEW, VisitPurpose.URGE]

    morning.at(10, 27)
    wages = morning.comes(12, "马成龙", "19000003003", "拖欠农民工工资", "某劳务公司、某建工集团", "支付工资")
    morning.whistles(wages, "人社局", "住建局", "总工会", room="调解一室")
    assert {one.dispute_id for one in db.session.query(Callout).all() if one.unit.name == "住建局"} == {
        heating.id,
        wages.id,
    }
    assert len(wages.invitations) == 2
    twice = [morning.callout(heating, "住建局"), morning.callout(wages, "住建局")]
    plan = morning.desk(twice[1]).follow("/visit-plan").form("/visit-plan")
    page = plan.submit(**{f"at_{twice[0].id}": "10:40", f"at_{twice[1].id}": "11:05"})
    assert "调解六室 10:40 → 调解一室 11:05" in page.text

    morning.at(10, 31)
    pipe = morning.comes(1, "孙玉兰", "19000003004", "损害赔偿", "某供热公司", "赔偿损失")
    morning.whistles(pipe, "水务局", room="调解二室")
    wrong = morning.callout(pipe, "水务局")
    morning.page(f"/callouts/{wrong.id}").form("/objections").submit(reason="不归我们")
    morning.leaders_phone().form("/objections/").submit(press="uphold", unit="住建局")
    db.session.expire_all()
    right = morning.callout(pipe, "住建局")
    assert right.due_at == morning.clock.now + timedelta(minutes=20)

    morning.at(10, 35)
    walks_in = morning.callout(heating, "南街街道")
    assignments = morning.page(f"/disputes/{heating.reference}/assignments").form("/assignments")
    assignments.submit(recorder_id=cast.person(CLERK).id)
    morning.page(f"/callouts/{walks_in.id}").form("/arrival").submit(name="孟副主任")
    assert (walks_in.state, walks_in.arrival_method) == (CalloutState.ARRIVED, ArrivalMethod.RECORDER)

    morning.at(10, 36)
    assignments = morning.page(f"/disputes/{heating.reference}/assignments").form("/assignments")
    assignments.submit(mediator_id=cast.person(OTHER_MEDIATOR).id)
    assert assigned(heating, Duty.MEDIATOR) == cast.person(OTHER_MEDIATOR)

    morning.at(10, 38)
    morning.page("/")
    morning.at(10, 48)
    morning.page("/")
    page = morning.page("/outages")
    for unit, at in (("住建局", "10:40"), ("市场监管局", "10:43")):
        entry = page.form(f"/callouts/{morning.callout(heating, unit).id}/back-entries")
        page = entry.submit(at=at, press="arrival")
    for tag in page.soup.select("form.late-line"):
        if tag["action"].startswith("/callouts/"):
            page = page.form(tag["action"]).submit(press="absence")
    page.form("/closing").submit()
    assert db.session.query(BackEntry).filter_by(kind=Happened.ARRIVAL).count() == 2
    assert not twice[0].is_late(morning.clock.now)

    morning.at(11, 20)
    fourth = morning.comes(8, "宋佳", "19000003005", "消费", "甘州某健身馆", "退还余额")
    morning.whistles(fourth, "市场监管局", room=None)
    assert room_of(db.session(), fourth.id) is None
    assert fourth.short_number in morning.page("/board").text

    morning.at(11, 30)
    settle(morning, heating)
    assert heating.status is DisputeStatus.AGREED
    assert room_of(db.session(), heating.id) is None

    morning.at(11, 32)
    morning.page(f"/disputes/{fourth.reference}/room").form("/room").submit(room_id=cast.room("调解六室").id)
    assert room_of(db.session(), fourth.id) == cast.room("调解六室")
    called = fourth.visits[0]
    token = csrf(morning.browser(), f"/disputes/{fourth.reference}")
    morning.browser().post(f"/visits/{called.id}/call", data={"csrf_token": token})
    assert called.called_at == morning.clock.now

    morning.at(11, 45)
    assert right.is_late(morning.clock.now)  # the clock runs on until somebody comes
    last = morning.comes(2, "陈玉梅", "19000003006", "消费", "甘州某超市", "退货")
    [through] = morning.whistles(last, "市场监管局", room="调解四室", level="ordinary")
    morning.at(11, 50)
    assert through.due_at == morning.clock.now + timedelta(minutes=15)
    assert "午休前发出" in morning.phone(through).text  # told that it is expected all the same
    morning.at(12, 6)
    assert through.is_late(morning.clock.now)

    morning.browser(LEADER)
    page = morning.page("/shifts").form("/shifts").submit(given_by=cast.person(LEADER).id)
    assert "已接班" in page.text
    assert last.short_number in page.text
    key = cast.app.extensions["sealer"].key("events")
    assert not [found for found in verify(db.session(), key) if isinstance(found, Break)]


def settle(morning: Morning, dispute: Dispute) -> None:
    """The mediator who replaced the first one signs for the session; the agreement stands in writing."""
    mediator = morning.cast.signed_in(OTHER_MEDIATOR)
    opening: Form = visit(mediator, f"/disputes/{dispute.reference}/sessions/new").form("/sessions")
    session = opening.submit()
    form = session.follow("/agreement/new").form("/agreement")
    record(form, on_site="y", **{"rows-0-due_on": "2026-12-05", "rows-0-act": "三日内测温,按不达标天数退费"})
    agreement = db.session.query(Agreement).one()
    assert agreement.mediation.mediator == morning.cast.person(OTHER_MEDIATOR)
