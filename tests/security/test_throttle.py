"""Only so often within a minute: counted per kind and asker, told once to whoever watches."""

import json

from models.actor import Actor, ActorKind
from models.event import Event
from models.event_kinds import EventKind
from security.throttle import takes_turn
from tests.support.cast import Cast
from tests.support.clock import Clock
from transaction import db

SOMEBODY = Actor(ActorKind.USER, 1)


def turns(asker: str = "1", times: int = 1) -> list[bool]:
    return [takes_turn(SOMEBODY, "upload", asker, 3) for _time in range(times)]


def test_after_the_most_of_a_minute_the_next_ones_wait_for_its_end(cast: Cast, clock: Clock) -> None:
    assert turns(times=3) == [True] * 3
    clock.advance(seconds=59)
    assert turns(times=2) == [False] * 2
    assert turns("2") == [True]
    clock.advance(seconds=1)
    assert turns(times=4) == [True, True, True, False]
    told = db.session.query(Event).filter_by(stream="security", kind=EventKind.SECURITY_REFUSE).all()
    assert [json.loads(one.facts)["route"] for one in told] == ["upload", "upload"]
