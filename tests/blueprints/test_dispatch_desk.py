"""What the desk, the mediator and the recorder record about callouts, invitations, rooms and duties."""

import pytest

from models.assignment import Duty, assign, assigned
from models.callout import ArrivalMethod, Callout, CalloutState
from models.correction import Tap
from models.event import Event
from models.event_kinds import EventKind
from models.invitation import Invitation, PhoneResult
from models.objection import Objection, ObjectionChannel
from models.room import room_of
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast, csrf
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def desk(cast: Cast, callout: Callout, username: str = CLERK) -> Page:
    return visit(cast.signed_in(username), f"/callouts/{callout.id}")


def kinds(callout: Callout) -> list[str]:
    return [
        event.kind for event in db.session.query(Event).filter_by(stream=callout.dispute.stream).order_by(Event.seq)
    ]


def test_the_desk_records_who_came(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=12)
    page = desk(cast, callout).form("/arrival").submit(name="汪海燕", post="科长", phone="19000001234")
    assert (callout.state, callout.arrival_method) == (CalloutState.ARRIVED, ArrivalMethod.DESK)
    assert (callout.officer_name, callout.officer_post) == ("汪海燕", "科长")
    assert b"19000001234" not in callout.officer_phone_sealed
    assert "19000001234" not in page.html


@pytest.mark.parametrize(
    ("duty", "method"), [(Duty.MEDIATOR, ArrivalMethod.MEDIATOR), (Duty.RECORDER, ArrivalMethod.RECORDER)]
)
def test_the_method_says_who_recorded_it(cast: Cast, duty: Duty, method: ArrivalMethod) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        assign(change, callout.dispute, cast.person(MEDIATOR), duty)
    desk(cast, callout, MEDIATOR).form("/arrival").submit()
    assert callout.arrival_method is method


def test_one_tap_on_the_board_stays_on_the_board(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    client = cast.signed_in()
    token = csrf(client, f"/callouts/{callout.id}")
    headers = {"HX-Request": "true"}
    tap = client.post(f"/callouts/{callout.id}/arrival", data={"csrf_token": token}, headers=headers)
    assert (tap.status_code, tap.headers["HX-Trigger"]) == (204, "changed")
    assert callout.arrived_at is not None


def test_a_telephone_note_by_one_tap_names_todays_duty_officer(cast: Cast) -> None:
    callout = cast.whistled("市场监管局").callouts[0]
    client = cast.signed_in()
    token = csrf(client, f"/callouts/{callout.id}")
    answer = client.post(f"/callouts/{callout.id}/telephone-note", data={"csrf_token": token})
    assert answer.status_code == 303
    assert callout.state is CalloutState.ACKNOWLEDGED
    assert callout.officer_name == "汪海燕"


def test_standing_down_needs_its_reason_and_keeps_what_was_typed(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    page = desk(cast, callout)
    assert (
        page.form("/stand-down")
        .submit(422, reason=" ")
        .soup.select("[data-error-summary] a[href='#stand-down-reason']")
    )
    page.form("/stand-down").submit(reason="双方已自行和解")
    assert callout.state is CalloutState.STOOD_DOWN


def test_an_arrival_is_taken_back_with_its_reason(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    page = desk(cast, callout).form("/arrival").submit()
    page = page.form("/correction").submit(reason="人未到")
    assert callout.arrived_at is None
    assert [(one.tap, one.reason) for one in callout.corrections] == [(Tap.ARRIVE, "人未到")]
    assert EventKind.CALLOUT_TAKE_BACK in kinds(callout)


def test_release_follows_arrival(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    client = cast.signed_in()
    token = csrf(client, f"/callouts/{callout.id}")
    assert client.post(f"/callouts/{callout.id}/release", data={"csrf_token": token}).status_code == 409
    visit(client, f"/callouts/{callout.id}").form("/arrival").submit().form("/release").submit()
    assert callout.state is CalloutState.RELEASED


def test_looking_at_the_link_is_noted_and_a_new_link_is_another(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    shown = desk(cast, callout).form("/link-view").submit(200)
    first = shown.soup.find("input", id="link")["value"]
    assert "/c/" in first
    assert EventKind.CALLOUT_REVEAL_LINK in kinds(callout)
    shown.form("/link").submit()
    again = desk(cast, callout).form("/link-view").submit(200).soup.find("input", id="link")["value"]
    assert again != first
    visit(cast.app.test_client(), first[first.index("/c/") :], 410)
    visit(cast.app.test_client(), again[again.index("/c/") :])


def test_without_outside_network_there_is_no_link(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        cast.centre.change_setting(change, "no_internet", True)
    client = cast.signed_in()
    page = visit(client, f"/callouts/{callout.id}")
    assert "link-view" not in page.html
    token = csrf(client, f"/callouts/{callout.id}")
    assert client.post(f"/callouts/{callout.id}/link-view", data={"csrf_token": token}).status_code == 409


def test_an_objection_by_telephone_is_upheld_and_the_right_unit_whistled(cast: Cast) -> None:
    callout = cast.whistled("水务局").callouts[0]
    page = desk(cast, callout).form("/objections").submit(reason="不归我们", basis="职责分工第三条")
    objection = db.session.query(Objection).one()
    assert objection.channel is ObjectionChannel.TELEPHONE
    assert "decision" not in [form.get("action", "").split("/")[-1] for form in page.soup.find_all("form")]
    leader = desk(cast, callout, LEADER)
    leader.form("/decision").submit(422, press="uphold", units="没有这个单位")
    leader.form("/decision").submit(press="uphold", units="住建局", question="由谁抢修?")
    assert callout.state is CalloutState.STOOD_DOWN
    assert [(one.unit.name, one.question) for one in callout.dispute.callouts if one.is_open] == [
        ("住建局", "由谁抢修?")
    ]


def test_a_decided_objection_is_not_decided_again(cast: Cast) -> None:
    callout = cast.whistled("水务局").callouts[0]
    desk(cast, callout).form("/objections").submit(reason="不归我们")
    page = desk(cast, callout, LEADER)
    page.form("/decision").submit(press="reject")
    assert callout.is_open
    page.form("/decision").submit(409, press="uphold")
    assert "异议不采纳" in desk(cast, callout).text


def test_a_clerk_does_not_decide_objections(cast: Cast) -> None:
    callout = cast.whistled("水务局").callouts[0]
    desk(cast, callout).form("/objections").submit(reason="不归我们")
    client = cast.signed_in()
    token = csrf(client, f"/callouts/{callout.id}")
    objection = db.session.query(Objection).one()
    answer = client.post(f"/objections/{objection.id}/decision", data={"csrf_token": token, "verdict": "reject"})
    assert answer.status_code == 403
    assert objection.decided_at is None


def test_another_centre_finds_nothing(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    visit(cast.signed_in("zhangyaru"), f"/callouts/{callout.id}", 404)
    visit(cast.signed_in("wanghaiyan"), f"/callouts/{callout.id}", 403)


def test_the_telephone_result_of_an_invitation_is_one_tap(cast: Cast, clock) -> None:
    dispute = cast.whistled().dispute
    with cast.acting() as change:
        invitation = Invitation.make(change, dispute, dispute.parties[1])
    page = visit(cast.signed_in(), f"/disputes/{dispute.reference}")
    page = page.form(f"/invitations/{invitation.id}/note").submit(press="coming", minutes=20)
    assert invitation.phone_result is PhoneResult.COMING
    assert (invitation.expected_at - clock.now).total_seconds() == 1200


def test_an_outside_body_is_invited_by_name_once(cast: Cast) -> None:
    dispute = cast.whistled().dispute
    form = visit(cast.signed_in(), f"/disputes/{dispute.reference}/invitations/new").form("/invitations")
    form.submit(422)
    form.submit(who="承保公司")
    form.submit(who="承保公司")
    assert [invitation.who for invitation in dispute.invitations] == ["承保公司"]


def test_a_waiting_visit_gets_a_room_and_is_called(cast: Cast) -> None:
    dispute = cast.whistled(room=None).dispute
    client = cast.signed_in()
    visit(client, f"/disputes/{dispute.reference}/room").form("/room").submit(room_id=cast.room("调解二室").id)
    assert room_of(db.session(), dispute.id).name == "调解二室"
    token = csrf(client, f"/disputes/{dispute.reference}/room")
    address = f"/visits/{dispute.visits[0].id}/call"
    assert client.post(address, data={"csrf_token": token}).status_code == 303
    assert dispute.visits[0].called_at is not None


def test_a_room_in_use_is_refused(cast: Cast) -> None:
    dispute = cast.whistled(room=None).dispute
    form = visit(cast.signed_in(), f"/disputes/{dispute.reference}/room").form("/room")
    cast.whistled("总工会", room="调解二室")
    form.submit(422, room_id=cast.room("调解二室").id)


def test_two_desks_assigning_at_once_see_both_names(cast: Cast) -> None:
    dispute = cast.whistled().dispute
    form = visit(cast.signed_in(), f"/disputes/{dispute.reference}/assignments").form("/assignments")
    with cast.acting(LEADER) as change:
        assign(change, dispute, cast.person("fengxiufang"), Duty.MEDIATOR)
    page = form.submit(409, mediator_id=cast.person(MEDIATOR).id)
    assert "冯秀芳" in page.text
    assert "罗志明" in page.text
    page.form("/assignments").submit()
    assert assigned(dispute, Duty.MEDIATOR).username == MEDIATOR
