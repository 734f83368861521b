"""Requests for time: asked once, decided once, and only the duty leader's word moves the clock."""

from datetime import timedelta

import pytest

from models.callout import Callout
from models.errors import RuleBroken, TransitionNotAllowed
from models.outbox import Message
from models.time_request import TimeRequest, TimeWish, ask_for_time
from tests.support.cast import LEADER, Cast
from transaction import db


@pytest.fixture
def callout(cast: Cast) -> Callout:
    return cast.whistled().callouts[0]


def asked(
    cast: Cast, callout: Callout, wish: TimeWish = TimeWish.MORE_MINUTES, minutes: int | None = 15
) -> TimeRequest:
    with cast.acting() as change:
        return ask_for_time(change, callout, wish, minutes, "半路爆胎")


def test_asking_moves_nothing_and_tells_the_house(cast: Cast, callout: Callout) -> None:
    due = callout.due_at
    request = asked(cast, callout)
    assert (request.granted, callout.due_at) == (None, due)
    told = db.session.query(Message).filter_by(template="decision").order_by(Message.id)
    assert [(one.recipient_kind, one.not_before - request.asked_at) for one in told] == [
        ("leader", timedelta()), ("deputy", timedelta(minutes=3))
    ]  # fmt: skip


def test_a_second_request_while_one_waits_is_the_same(cast: Cast, callout: Callout) -> None:
    assert asked(cast, callout).id == asked(cast, callout, minutes=40).id


def test_granted_minutes_come_on_top_once(cast: Cast, callout: Callout) -> None:
    due, request = callout.due_at, asked(cast, callout)
    for _twice in range(2):
        with cast.acting(LEADER) as change:
            request.grant(change)
    assert callout.due_at == due + timedelta(minutes=15)
    assert len(callout.extensions) == 1


def test_a_granted_standstill_stops_the_clock(cast: Cast, callout: Callout) -> None:
    request = asked(cast, callout, TimeWish.STANDSTILL, None)
    with cast.acting(LEADER) as change:
        request.grant(change)
    assert callout.open_pause is not None
    assert not callout.is_late(callout.due_at + timedelta(hours=1))


def test_refused_is_refused(cast: Cast, callout: Callout) -> None:
    due, request = callout.due_at, asked(cast, callout)
    with cast.acting(LEADER) as change:
        request.refuse(change)
    assert callout.due_at == due
    with pytest.raises(TransitionNotAllowed), cast.acting(LEADER) as change:
        request.grant(change)
    assert asked(cast, callout).id != request.id


@pytest.mark.parametrize(("minutes", "reason"), [(0, "堵车"), (None, "堵车"), (241, "堵车"), (10, "  ")])
def test_what_a_request_cannot_do_without(cast: Cast, callout: Callout, minutes: int | None, reason: str) -> None:
    with pytest.raises(RuleBroken), cast.acting() as change:
        ask_for_time(change, callout, TimeWish.MORE_MINUTES, minutes, reason)


def test_who_has_come_needs_no_time(cast: Cast, callout: Callout) -> None:
    request = asked(cast, callout)
    with cast.acting() as change:
        callout.stand_down(change, "已解决")
    with pytest.raises(TransitionNotAllowed), cast.acting(LEADER) as change:
        request.grant(change)
