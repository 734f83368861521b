"""An objection: the clock runs on until somebody decides; decided once."""

from datetime import timedelta

import pytest

from models.board import revision
from models.callout import ArrivalMethod, Callout, CalloutOrder, CalloutState
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.objection import Objection, ObjectionChannel
from models.outbox import Message
from tests.support.cast import LEADER, Cast
from transaction import db


def objected(cast: Cast, unit: str = "水务局", channel: ObjectionChannel = ObjectionChannel.TELEPHONE) -> Callout:
    callout = cast.whistled(unit).callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", channel)
    return callout


def test_the_clock_does_not_stop(cast: Cast, clock) -> None:
    callout = objected(cast)
    assert callout.state is CalloutState.OBJECTED
    clock.advance(minutes=21)
    assert callout.is_late(clock.now)


def test_a_second_objection_while_one_waits_changes_nothing(cast: Cast) -> None:
    callout = objected(cast)
    with cast.acting() as change:
        Objection.raise_for(change, callout, "真的不归我们", "", ObjectionChannel.TELEPHONE)
    assert [objection.reason for objection in callout.objections] == ["不归我们"]


def test_the_objection_of_a_unit_that_has_acknowledged_is_told_to_the_boards(cast: Cast) -> None:
    callout = cast.whistled("水务局").callouts[0]
    with cast.acting() as change:
        callout.acknowledge(change)
    before = revision(db.session, f"centre:{cast.centre.id}")[1]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.LINK)
    assert revision(db.session, f"centre:{cast.centre.id}")[1] == before + 1


def test_after_the_arrival_nobody_objects(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.LINK)


def test_upheld_the_right_unit_is_whistled_with_its_own_clock_and_message(cast: Cast, clock) -> None:
    callout = objected(cast)
    clock.advance(minutes=7)
    with cast.acting(LEADER) as change:
        callout.open_objection.uphold(change, CalloutOrder(cast.unit("住建局").id, "由谁抢修?"))
    replacement = next(one for one in callout.dispute.callouts if one.is_open)
    assert callout.state is CalloutState.STOOD_DOWN
    assert replacement.due_at == clock.now + timedelta(minutes=20)
    assert replacement.whistle is callout.whistle
    told = db.session.query(Message).filter_by(recipient_kind="callout", recipient_id=replacement.id).count()
    assert told == 1


def test_the_same_unit_cannot_replace_itself_while_called(cast: Cast) -> None:
    callout = cast.whistled("水务局", "住建局").callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.TELEPHONE)
    with pytest.raises(RuleBroken, match="called already"), cast.acting(LEADER) as change:
        callout.open_objection.uphold(change, CalloutOrder(cast.unit("住建局").id))
    assert callout.is_open


def test_rejected_the_unit_still_has_to_come_and_may_object_anew(cast: Cast) -> None:
    callout = objected(cast)
    objection = callout.open_objection
    with cast.acting(LEADER) as change:
        objection.reject(change)
    assert callout.state is CalloutState.ACKNOWLEDGED
    with pytest.raises(TransitionNotAllowed), cast.acting(LEADER) as change:
        objection.uphold(change, None)


def test_by_link_it_counts_after_the_desk_has_telephoned(cast: Cast, clock) -> None:
    callout = objected(cast, channel=ObjectionChannel.LINK)
    objection = callout.open_objection
    with pytest.raises(TransitionNotAllowed, match="confirm"), cast.acting(LEADER) as change:
        objection.uphold(change, None)
    told = clock.advance(minutes=2)
    for _ in range(2):
        with cast.acting() as change:
            objection.confirm(change)
        clock.advance(minutes=1)
    assert objection.confirmed_at == told
    with cast.acting(LEADER) as change:
        objection.uphold(change, None)
    assert callout.state is CalloutState.STOOD_DOWN


@pytest.mark.parametrize("upheld", [True, False])
def test_the_same_decision_sent_twice_is_one(cast: Cast, upheld: bool) -> None:
    """A tap on the leader's telephone whose answer was lost on the way."""
    callout = objected(cast)
    objection = callout.open_objection
    for _time in range(2):
        with cast.acting(LEADER) as change:
            if upheld:
                objection.uphold(change, CalloutOrder(cast.unit("住建局").id))
            else:
                objection.reject(change)
    decided = db.session.query(Event.kind).filter(Event.kind.in_(["callout:uphold", "callout:reject"])).all()
    assert decided == [("callout:uphold" if upheld else "callout:reject",)]
    assert len(callout.dispute.callouts) == (2 if upheld else 1)


def test_by_telephone_it_counts_at_once(cast: Cast, clock) -> None:
    assert objected(cast).open_objection.confirmed_at == clock.now


def test_who_has_come_meanwhile_is_not_stood_down(cast: Cast) -> None:
    callout = objected(cast)
    objection = callout.open_objection
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    with pytest.raises(TransitionNotAllowed), cast.acting(LEADER) as change:
        objection.uphold(change, None)
    assert callout.state is CalloutState.ARRIVED
