"""Deadlines in a dispute: started by hand, what moves them, who may not, and what the file says of it."""

from datetime import date, timedelta

import pytest

from models.deadline import start
from models.deadlines import CLOCKS
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.light import Light
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.deadlines import TODAY, accepted, begun


def test_every_clock_that_may_be_started_by_hand_can_be(cast: Cast, clock: Clock) -> None:
    dispute = cast.registered()
    for code in (code for code, clock_ in CLOCKS.items() if clock_.by_hand):
        with cast.acting() as change:
            deadline = start(change, dispute, code, date(2026, 11, 20), at=clock.now - timedelta(days=3))
        assert deadline.due_on > date(2026, 11, 20), code
        assert deadline.warn_on is None or deadline.warn_on > TODAY, code


def test_a_clock_runs_once_for_the_same_thing_and_once_for_each_party(cast: Cast) -> None:
    dispute = cast.registered()
    first = begun(cast, dispute, "injury_worker")
    assert begun(cast, dispute, "injury_worker", date(2026, 11, 1)).id == first.id
    with cast.acting() as change:
        other = start(change, dispute, "injury_worker", date(2026, 11, 1), about=f"party:{dispute.parties[0].id}")
    assert (other.id != first.id, other.due_on) == (True, date(2027, 11, 1))


@pytest.mark.parametrize(
    ("code", "on", "field"),
    [("injury_worker", TODAY + timedelta(days=1), "started_on"), ("hand_over_reply", TODAY, "until"),
     ("first_contact", TODAY, "time")],
)  # fmt: skip
def test_what_a_start_cannot_do_without(cast: Cast, code: str, on: date, field: str) -> None:
    dispute = cast.registered()
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        start(change, dispute, code, on)
    assert refused.value.field == field


def test_hours_run_from_moment_to_moment(cast: Cast, clock: Clock) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        deadline = start(change, dispute, "first_contact", TODAY, at=clock.now)
    assert deadline.due_at == clock.now + timedelta(hours=24)
    assert not deadline.is_late(clock.advance(hours=24))
    assert deadline.is_late(clock.advance(minutes=1))


def test_a_limitation_that_is_interrupted_begins_anew(cast: Cast) -> None:
    dispute = accepted(cast)
    old = begun(cast, dispute, "arbitration_limitation", date(2026, 1, 15))
    assert old.due_on == date(2027, 1, 15)
    with cast.acting() as change:
        new = old.renew(change, old.version, TODAY, "向调解组织提出请求")
    assert (old.light(cast.app.extensions["clock"]()), new.started_on, new.due_on) == (
        Light.VOID, TODAY, date(2027, 11, 23)
    )  # fmt: skip


def test_who_was_slower_is_told_and_what_is_over_stays_over(cast: Cast) -> None:
    deadline = begun(cast, accepted(cast), "judicial_confirmation")
    version = deadline.version
    with cast.acting() as change:
        deadline.meet(change, version, TODAY, "司法确认申请书")
    with pytest.raises(Stale), cast.acting() as change:
        deadline.void(change, version, "误起算")
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        deadline.void(change, deadline.version, "误起算")


@pytest.mark.parametrize("on", [TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_nothing_is_done_before_it_began_or_on_a_day_to_come(cast: Cast, on: date) -> None:
    deadline = begun(cast, accepted(cast), "judicial_confirmation")
    with pytest.raises(RuleBroken, match="between"), cast.acting() as change:
        deadline.meet(change, deadline.version, on, "申请书")


@pytest.mark.parametrize("words", ["", "   "])
def test_the_file_says_why(cast: Cast, words: str) -> None:
    deadline = begun(cast, accepted(cast), "court_ordinary")
    for verb in (
        lambda change: deadline.void(change, deadline.version, words),
        lambda change: deadline.meet(change, deadline.version, TODAY, words),
        lambda change: deadline.pause(change, deadline.version, TODAY, words),
        lambda change: deadline.extend(change, deadline.version, 5, "笔录", words, TODAY),
    ):
        with pytest.raises(RuleBroken, match="reason"), cast.acting() as change:
            verb(change)
