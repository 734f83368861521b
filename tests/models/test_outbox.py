"""Messages stand beside their event, are taken by one worker, and come back when the worker dies with them."""

import pytest
from sqlalchemy import select

from models.errors import RuleBroken
from models.event import Event
from models.outbox import LEASE, Message, MessageState, claim, oldest_waiting
from tests.support.cast import Cast
from tests.support.channels import gateway
from tests.support.clock import Clock
from transaction import db, writing


def messages() -> list[Message]:
    db.session.rollback()
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def claimed(clock: Clock) -> list[int]:
    with writing() as session:
        return claim(session, clock.now)


def test_each_callout_has_one_message_beside_the_event_of_the_whistle(cast: Cast) -> None:
    whistle = cast.whistled("市场监管局", "人社局")
    event = db.session.scalars(select(Event).where(Event.kind == "whistle:sound")).one()
    assert [(one.event_id, one.recipient_kind, one.recipient_id, one.template) for one in messages()] == [
        (event.id, "callout", callout.id, "callout") for callout in whistle.callouts
    ]
    assert {one.state for one in messages()} == {MessageState.PENDING}


def test_a_refused_whistle_sends_nothing(cast: Cast) -> None:
    whistle = cast.whistled()
    with pytest.raises(RuleBroken):
        cast.whistled(dispute=whistle.dispute)
    assert len(messages()) == 1


def test_a_message_is_taken_once(cast: Cast, clock: Clock) -> None:
    cast.whistled("市场监管局", "人社局")
    first = claimed(clock)
    assert len(first) == 2
    assert claimed(clock) == []
    assert {(one.state, one.attempts) for one in messages()} == {(MessageState.CLAIMED, 1)}


def test_what_a_dead_worker_held_comes_back_after_its_lease(cast: Cast, clock: Clock) -> None:
    cast.whistled()
    taken = claimed(clock)
    clock.now += LEASE
    assert claimed(clock) == []
    clock.advance(seconds=1)
    assert claimed(clock) == taken
    assert [one.attempts for one in messages()] == [2]


def test_what_is_sent_or_unknown_is_never_taken_again(cast: Cast, clock: Clock) -> None:
    cast.whistled("市场监管局", "人社局", "住建局")
    claimed(clock)
    with writing() as session:
        for one, state in zip(session.scalars(select(Message).order_by(Message.id)),
                              (MessageState.SENT, MessageState.UNKNOWN, MessageState.FAILED), strict=True):  # fmt: skip
            one.state = state
    clock.now += 10 * LEASE
    assert claimed(clock) == []


def test_a_message_waits_for_its_time(cast: Cast, clock: Clock) -> None:
    cast.whistled()
    with writing() as session:
        session.scalars(select(Message)).one().not_before = clock.now + LEASE
    assert claimed(clock) == []
    clock.now += LEASE
    assert len(claimed(clock)) == 1


def test_the_boards_are_told_how_long_the_oldest_message_waits(cast: Cast, clock: Clock) -> None:
    assert oldest_waiting(db.session()) is None
    cast.whistled()
    made = clock.now
    clock.advance(minutes=3)
    cast.whistled("人社局", room="调解一室")
    assert oldest_waiting(db.session()) == made


def test_a_message_holds_neither_text_nor_link() -> None:
    columns = set(Message.__table__.columns.keys())
    assert columns & {"text", "body", "link", "address", "telephone", "name"} == set()


def test_what_waits_at_a_gateway_does_not_make_the_boards_look_old(cast: Cast, clock: Clock) -> None:
    gateway(cast, "http://127.0.0.1:9/")
    cast.whistled()
    with writing() as session:
        for one in session.scalars(select(Message).where(Message.channel_id.is_(None))):
            one.state = MessageState.SENT
    assert [one.state for one in messages()] == [MessageState.SENT, MessageState.PENDING]
    assert claimed(clock) == []
    assert oldest_waiting(db.session()) is None
