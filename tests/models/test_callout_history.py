"""Any order of taps and any step of the clock: what a callout says of itself never contradicts itself.

`PROVE_EXAMPLES` is the number of histories drawn on each database; `scripts/prove` draws many.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.callout import ArrivalMethod, Callout, Officer
from models.change import Change
from models.correction import Tap, arrive_after_all, take_back
from models.errors import RuleBroken
from models.event import Break, verify
from models.extension import extend
from models.ladder import Step, take
from models.objection import Objection, ObjectionChannel
from models.pause import PauseReason, pause, resume
from models.telephone_call import CallResult, note_call
from models.visit_plan import plan
from tests.support.cast import LEADER, Cast
from tests.support.clock import MORNING
from transaction import db

EXAMPLES = int(os.environ.get("PROVE_EXAMPLES", "25"))
STEPS = st.sampled_from([0, 1, 4, 16, 31, 200, -1, -20, -180])


def decide(change: Change, callout: Callout, *, uphold: bool) -> None:
    objection = callout.open_objection
    if objection is not None:
        objection.uphold(change, None) if uphold else objection.reject(change)


def confirm(change: Change, callout: Callout) -> None:
    if callout.open_objection is not None:
        callout.open_objection.confirm(change)


VERBS = {
    "deliver": lambda change, one: one.deliver(change),
    "acknowledge": lambda change, one: one.acknowledge(change),
    "set out": lambda change, one: one.set_out(change),
    "arrive": lambda change, one: one.arrive(change, ArrivalMethod.DESK),
    "send another": lambda change, one: one.substitute(change, Officer("王建国")),
    "confirm": lambda change, one: one.confirm_arrival(change),
    "release": lambda change, one: one.release(change),
    "stand down": lambda change, one: one.stand_down(change, "已和解"),
    "see stand-down": lambda change, one: one.see_stand_down(change),
    "miss": lambda change, one: one.miss(change),
    "after all": lambda change, one: arrive_after_all(change, one, "后来到了", ArrivalMethod.DESK),
    "told": lambda change, one: note_call(change, one, CallResult.TOLD, "王建国"),
    "no answer": lambda change, one: note_call(change, one, CallResult.NO_ANSWER),
    "object": lambda change, one: Objection.raise_for(change, one, "不归我们", "", ObjectionChannel.LINK),
    "confirm objection": confirm,
    "uphold": lambda change, one: decide(change, one, uphold=True),
    "reject": lambda change, one: decide(change, one, uphold=False),
    "pause": lambda change, one: pause(change, one, PauseReason.ROAD_CLOSED),
    "resume": lambda change, one: resume(change, one),
    "extend": lambda change, one: extend(change, one, one.version, 10, "人在乡镇"),
    "plan": lambda change, one: plan(change, [(one, MORNING + timedelta(minutes=50))]),
    **{f"ladder {step}": lambda change, one, step=step: take(change, one, step) for step in Step},
    **{f"take back {tap}": lambda change, one, tap=tap: take_back(change, one, tap, "按错了") for tap in Tap},
}
ONCE_EACH = {"extend"}  # a decision over a version, not a tap


def facts_of(callout: Callout) -> tuple[object, ...]:
    columns = tuple(getattr(callout, column.key) for column in Callout.__table__.columns)
    beside = (callout.pauses, callout.extensions, callout.calls, callout.steps, callout.corrections,
              callout.objections)  # fmt: skip
    return (*columns, *(len(rows) for rows in beside))


def try_to(cast: Cast, callout: Callout, name: str) -> bool:
    try:
        with cast.acting(LEADER) as change:
            VERBS[name](change, callout)
    except RuleBroken:
        return False
    db.session.refresh(callout)
    return True


def check(callout: Callout, now) -> None:
    moments = (callout.delivered_at, callout.acknowledged_at, callout.on_the_way_at, callout.arrived_at,
               callout.released_at, callout.stood_down_at, callout.no_show_at, callout.due_at)  # fmt: skip
    assert all(moment >= callout.sounded_at for moment in moments if moment)
    assert (callout.minutes_taken or 0) >= 0
    assert all(one.length >= timedelta() for one in callout.pauses)
    assert sum(one.is_running for one in callout.pauses) <= 1
    if callout.arrived_at:
        assert callout.delivered_at
        assert callout.acknowledged_at
    if callout.released_at:
        assert callout.arrived_at
        assert callout.released_at >= callout.arrived_at
    if callout.on_the_way_at:
        assert callout.acknowledged_at
    if callout.stood_down_at or callout.no_show_at:
        assert callout.arrived_at is None
    ends = [callout.released_at, callout.stood_down_at, callout.no_show_at]
    assert sum(end is not None for end in ends) <= 1
    if not callout.is_open or callout.arrived_at:
        assert callout.open_pause is None
    if callout.open_pause:
        assert not callout.is_late(now)
    if callout.planned_at:
        assert callout.due_at >= callout.planned_at


@given(taps=st.lists(st.tuples(STEPS, st.sampled_from(sorted(VERBS))), max_size=14))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tapped_and_however_the_clock_jumps(cast: Cast, clock, taps: list[tuple[int, str]]) -> None:
    clock.now = MORNING
    callout = cast.whistled(room=None).callouts[0]
    for minutes, name in taps:
        clock.advance(minutes=minutes)
        done = try_to(cast, callout, name)
        check(callout, clock.now)
        if done and name not in ONCE_EACH:
            before = facts_of(callout)
            try_to(cast, callout, name)
            assert facts_of(callout) == before, name
    assert not [found for found in verify(db.session(), cast.app.extensions["sealer"].key("events"))
                if isinstance(found, Break)]  # fmt: skip
