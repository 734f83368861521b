"""串场: one unit in several rooms at once goes from one to the other, and is not late meanwhile."""

from datetime import timedelta

import pytest

from models.board import changed_since, revision
from models.callout import ArrivalMethod, Callout
from models.errors import RuleBroken
from models.visit_plan import at_once, itinerary, plan
from tests.support.cast import Cast
from transaction import db


def two_rooms(cast: Cast) -> tuple[Callout, Callout]:
    first = cast.whistled("住建局", room="调解三室").callouts[0]
    return first, cast.whistled("住建局", room="调解一室").callouts[0]


def test_the_later_callout_is_not_late_before_its_time(cast: Cast, clock) -> None:
    first, second = two_rooms(cast)
    soon, later = clock.now + timedelta(minutes=15), clock.now + timedelta(minutes=45)
    with cast.acting() as change:
        plan(change, [(first, soon), (second, later)])
    assert first.due_at == first.first_due_at
    clock.advance(minutes=44)
    assert first.is_late(clock.now)
    assert not second.is_late(clock.now)
    clock.advance(minutes=2)
    assert second.is_late(clock.now)


def test_the_way_is_told_in_its_order(cast: Cast, clock) -> None:
    first, second = two_rooms(cast)
    with cast.acting() as change:
        plan(change, [(first, clock.now + timedelta(minutes=40)), (second, clock.now + timedelta(minutes=10))])
    for callout in (first, second):
        assert [stop.room.name for stop in itinerary(db.session(), callout)] == ["调解一室", "调解三室"]
    assert at_once(db.session(), first) == [second, first]


def test_without_a_time_it_stands_for_itself_again(cast: Cast, clock) -> None:
    first, second = two_rooms(cast)
    with cast.acting() as change:
        plan(change, [(first, None), (second, clock.now + timedelta(minutes=45))])
        plan(change, [(first, None), (second, None)])
    assert second.due_at == second.first_due_at
    assert itinerary(db.session(), second) == []


def test_nobody_is_in_two_rooms_at_the_same_time(cast: Cast, clock) -> None:
    first, second = two_rooms(cast)
    at = clock.now + timedelta(minutes=15)
    with pytest.raises(RuleBroken), cast.acting() as change:
        plan(change, [(first, at), (second, at)])


def test_a_time_that_has_passed_is_refused(cast: Cast, clock) -> None:
    first, second = two_rooms(cast)
    with pytest.raises(RuleBroken), cast.acting() as change:
        plan(change, [(first, clock.now - timedelta(minutes=1)), (second, None)])


def test_another_unit_or_another_house_does_not_belong_to_it(cast: Cast, clock) -> None:
    first, _second = two_rooms(cast)
    other = cast.whistled("水务局", room=None).callouts[0]
    assert other not in at_once(db.session(), first)
    with pytest.raises(RuleBroken), cast.acting() as change:
        plan(change, [(first, None), (other, None)])


def test_who_is_there_already_keeps_the_way_but_not_a_new_time(cast: Cast, clock) -> None:
    first, second = two_rooms(cast)
    with cast.acting() as change:
        plan(change, [(first, clock.now + timedelta(minutes=5)), (second, clock.now + timedelta(minutes=30))])
        first.arrive(change, ArrivalMethod.DESK)
    due = first.due_at
    with cast.acting() as change:
        plan(change, [(first, clock.now + timedelta(minutes=90)), (second, clock.now + timedelta(minutes=35))])
    assert first.due_at == due
    assert len(itinerary(db.session(), second)) == 2


def test_every_card_of_the_way_changes_when_one_of_its_rooms_does(cast: Cast, clock) -> None:
    first, second = two_rooms(cast)
    with cast.acting() as change:
        plan(change, [(first, clock.now + timedelta(minutes=5)), (second, clock.now + timedelta(minutes=30))])
    audience = f"centre:{cast.centre.id}"
    before = revision(db.session(), audience)[1]
    with cast.acting() as change:
        cast.room("调解二室").seat(change, first.dispute)
    assert set(changed_since(db.session(), audience, before)) == {first.dispute_id, second.dispute_id}
    before = revision(db.session(), audience)[1]
    with cast.acting() as change:
        second.arrive(change, ArrivalMethod.DESK)
        second.release(change)
    assert set(changed_since(db.session(), audience, before)) == {first.dispute_id, second.dispute_id}
    assert len(itinerary(db.session(), first)) == 1
