"""A message on its way out is in one worker's hands at a time, and says afterwards what became of it."""

from models.channel import MessageChannel
from models.outbox import LEASE, Message, MessageState
from models.sending import Reason, Result, Taken, begin, lost, settle, take
from tests.support.cast import Cast
from tests.support.channels import gateway, outside
from tests.support.clock import Clock
from transaction import db, writing

TIMED_OUT = Result(MessageState.UNKNOWN, Reason.TIMED_OUT)
SENT = Result(MessageState.SENT)


def waiting(cast: Cast, **facts: object) -> MessageChannel:
    channel = gateway(cast, "http://127.0.0.1:9/", **facts)
    cast.whistled()
    return channel


def taken(clock: Clock) -> Taken | None:
    with writing() as session:
        return take(session, clock.now)


def begun(clock: Clock, one: Taken) -> Taken | None:
    with writing() as session:
        return begin(session, one, clock.now)


def settled(one: Taken, result: Result, clock: Clock, *, knows_keys: bool = False) -> bool:
    with writing() as session:
        return settle(session.get_one(Message, one.id), one, result, knows_keys, clock.now)


def test_a_message_is_in_one_hand_at_a_time(cast: Cast, clock: Clock) -> None:
    waiting(cast)
    assert taken(clock) is not None
    assert taken(clock) is None


def test_a_busy_channel_waits(cast: Cast, clock: Clock) -> None:
    channel = waiting(cast)
    with writing() as session:
        assert take(session, clock.now, [channel.id]) is None


def test_what_was_taken_and_never_begun_is_due_again(cast: Cast, clock: Clock) -> None:
    waiting(cast)
    first = taken(clock)
    clock.now += LEASE
    clock.advance(seconds=1)
    second = taken(clock)
    assert begun(clock, first) is None, "the first worker has lost it"
    assert begun(clock, second) is not None
    assert [one.attempts for one in outside()] == [1]


def test_what_was_begun_is_lost_after_its_lease_and_not_due(cast: Cast, clock: Clock) -> None:
    waiting(cast)
    begun(clock, taken(clock))
    assert lost(db.session(), clock.now) == []
    clock.now += 2 * LEASE
    assert taken(clock) is None
    assert [one.id for one in lost(db.session(), clock.now)] == [outside()[0].id]


def test_whoever_comes_after_the_lease_may_only_say_that_it_was_accepted(cast: Cast, clock: Clock) -> None:
    waiting(cast)
    slow = begun(clock, taken(clock))
    clock.now += 2 * LEASE
    assert settled(slow, Result(MessageState.UNKNOWN, Reason.LOST), clock)
    assert not settled(slow, Result(MessageState.FAILED, Reason.REFUSED), clock)
    assert settled(slow, SENT, clock)
    assert not settled(slow, TIMED_OUT, clock)
    assert [(one.state, one.reason) for one in outside()] == [(MessageState.SENT, "")]


def test_an_unknown_one_goes_out_again_only_where_its_key_is_known(cast: Cast, clock: Clock) -> None:
    waiting(cast)
    settled(begun(clock, taken(clock)), TIMED_OUT, clock, knows_keys=True)
    clock.advance(hours=1)
    again = taken(clock)
    assert again is not None
    settled(begun(clock, again), TIMED_OUT, clock)
    clock.advance(hours=1)
    assert taken(clock) is None
    assert [one.state for one in outside()] == [MessageState.UNKNOWN]
