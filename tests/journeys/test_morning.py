"""One morning the system must survive: several disputes at once, telephones, people without phones, no room left."""

from datetime import timedelta

import pytest

from models.agreement import Agreement
from models.assignment import Duty, assigned
from models.callout import ArrivalMethod, Callout, CalloutState
from models.dispute import Dispute
from models.event import Break, verify
from models.lifecycle import DisputeStatus
from models.room import room_of
from models.visit import Visit, VisitPurpose
from tests.support.agreement import record
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast, csrf
from tests.support.clock import Clock
from tests.support.pages import Form, Page, visit
from transaction import db

OTHER_MEDIATOR = "fengxiufang"


class Morning:
    """The centre from 10:20 to noon; every step goes through a page."""

    def __init__(self, cast: Cast, clock: Clock) -> None:
        self.cast, self.clock = cast, clock
        self.desk, self.leader = cast.signed_in(CLERK), cast.signed_in(LEADER)

    def at(self, hour: int, minute: int) -> None:
        """The clock of the house; after a long pause the desk has locked itself and is opened again."""
        before = self.clock.now
        self.clock.now = before.replace(hour=hour - 8, minute=minute, second=0)
        if self.clock.now - before > timedelta(minutes=15):
            self.desk, self.leader = self.cast.signed_in(CLERK), self.cast.signed_in(LEADER)

    def comes(self, heads: int, name: str, phone: str, category: str, opposite: str, demand: str) -> Dispute:
        form = visit(self.desk, "/visits/new").form("/visits")
        option = next(one for one in form.tag.find("select", attrs={"name": "category"}).find_all("option")
                      if category in one.get_text())  # fmt: skip
        form.submit(
            head_count=heads, name=name, phone=phone, category=option["value"], opposite=opposite, demand=demand
        )
        return db.session.query(Visit).order_by(Visit.id.desc()).first().dispute

    def whistles(self, dispute: Dispute, *units: str, room: str | None) -> None:
        form = visit(self.desk, f"/disputes/{dispute.reference}/whistles/new").form("/whistles")
        typed: dict[str, object] = {
            "room_id": self.cast.room(room).id if room else 0,
            "mediator_id": self.cast.person(MEDIATOR).id,
        }
        wanted = set(units)
        for name, value in form.values():
            if name.endswith("-name") and value:
                typed[name.replace("-name", "-called")] = "y" if value in wanted else None
                wanted.discard(value)
            elif name.endswith("-name") and wanted:
                typed[name] = wanted.pop()
        assert not wanted
        form.submit(**typed)

    def callout(self, dispute: Dispute, unit: str) -> Callout:
        return next(one for one in dispute.callouts if one.unit.name == unit and one.is_open)

    def page_of(self, dispute: Dispute) -> Page:
        return visit(self.desk, f"/disputes/{dispute.reference}")


@pytest.fixture
def morning(cast: Cast, clock: Clock) -> Morning:
    return Morning(cast, clock)


def test_a_busy_morning(morning: Morning, cast: Cast) -> None:
    earlier = morning.comes(1, "梁玉芳", "19000003001", "土地", "甘州某合作社", "支付流转费")
    morning.at(10, 20)
    heating = morning.comes(31, "田桂兰", "19000003002", "物业", "甘州某物业服务公司", "测温退费")
    morning.whistles(heating, "住建局", "市场监管局", "南街街道", room="调解六室")

    morning.at(10, 22)
    owners = heating.visits[0]
    slip = visit(morning.desk, f"/visits/{owners.id}").form("/prints").submit()
    assert owners.queue_number in slip.text
    assert "演示数据" not in slip.text  # the demo's ribbon is shown only where DEMO=1

    morning.at(10, 23)
    known = visit(morning.desk, "/visits/new").form("/visits")
    typed = dict(known.values()) | {"name": "梁玉芳", "phone": "19000003001", "head_count": "1"}
    hint = morning.desk.post("/visits/earlier", data=typed)
    assert earlier.short_number in hint.get_data(as_text=True)
    visit(morning.desk, f"/disputes/{earlier.reference}/visits/new").form("/visits").submit(
        purpose="urge", head_count=1
    )
    assert [one.purpose for one in earlier.visits] == [VisitPurpose.NEW, VisitPurpose.URGE]

    morning.at(10, 27)
    wages = morning.comes(12, "马成龙", "19000003003", "拖欠农民工工资", "某劳务公司、某建工集团", "支付工资")
    morning.whistles(wages, "人社局", "住建局", "总工会", room="调解一室")
    assert {one.dispute_id for one in db.session.query(Callout).all() if one.unit.name == "住建局"} == {
        heating.id,
        wages.id,
    }
    assert len(wages.invitations) == 2

    morning.at(10, 31)
    pipe = morning.comes(1, "孙玉兰", "19000003004", "损害赔偿", "某供热公司", "赔偿损失")
    morning.whistles(pipe, "水务局", room="调解二室")
    wrong = morning.callout(pipe, "水务局")
    visit(morning.desk, f"/callouts/{wrong.id}").form("/objections").submit(reason="不归我们")
    visit(morning.leader, f"/callouts/{wrong.id}").form("/decision").submit(
        press="uphold", units="住建局", question="权属?"
    )
    right = morning.callout(pipe, "住建局")
    assert right.due_at == morning.clock.now + timedelta(minutes=20)

    morning.at(10, 35)
    walks_in = morning.callout(heating, "南街街道")
    assignments = visit(morning.desk, f"/disputes/{heating.reference}/assignments").form("/assignments")
    assignments.submit(recorder_id=cast.person(CLERK).id)
    visit(morning.desk, f"/callouts/{walks_in.id}").form("/arrival").submit(name="孟副主任")
    assert (walks_in.state, walks_in.arrival_method) == (CalloutState.ARRIVED, ArrivalMethod.RECORDER)

    morning.at(10, 36)
    assignments = visit(morning.desk, f"/disputes/{heating.reference}/assignments").form("/assignments")
    assignments.submit(mediator_id=cast.person(OTHER_MEDIATOR).id)
    assert assigned(heating, Duty.MEDIATOR) == cast.person(OTHER_MEDIATOR)

    morning.at(10, 38)
    for unit in ("住建局", "市场监管局"):
        visit(morning.desk, f"/callouts/{morning.callout(heating, unit).id}").form("/arrival").submit()

    morning.at(11, 20)
    fourth = morning.comes(8, "宋佳", "19000003005", "消费", "甘州某健身馆", "退还余额")
    morning.whistles(fourth, "市场监管局", room=None)
    assert room_of(db.session(), fourth.id) is None
    assert fourth.short_number in visit(morning.desk, "/board").text

    morning.at(11, 30)
    settle(morning, heating)
    assert heating.status is DisputeStatus.AGREED
    assert room_of(db.session(), heating.id) is None

    morning.at(11, 32)
    visit(morning.desk, f"/disputes/{fourth.reference}/room").form("/room").submit(room_id=cast.room("调解六室").id)
    assert room_of(db.session(), fourth.id) == cast.room("调解六室")
    called = fourth.visits[0]
    token = csrf(morning.desk, f"/disputes/{fourth.reference}")
    morning.desk.post(f"/visits/{called.id}/call", data={"csrf_token": token})
    assert called.called_at == morning.clock.now

    morning.at(11, 50)
    assert right.is_late(morning.clock.now)  # the clock runs on until somebody comes
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
