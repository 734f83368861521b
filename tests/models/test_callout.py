"""A callout: told once, corrected with a reason, late by its own clock, its state never stored."""

import pytest

from models.arrival import arrival_key, arrive_by_code, arrive_by_value, code_now, value_now
from models.callout import WRONG_CODES, AnswerResult, ArrivalMethod, CalloutState, Officer
from models.correction import Tap, take_back
from models.errors import RuleBroken
from models.event import Event
from tests.support.cast import Cast
from transaction import db


def test_the_state_follows_what_happened(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    seen = [callout.state]
    steps = (callout.deliver, callout.acknowledge, callout.set_out,
             lambda change: callout.arrive(change, ArrivalMethod.DESK), callout.release)  # fmt: skip
    for step in steps:
        with cast.acting() as change:
            step(change)
        seen.append(callout.state)
    assert seen == [
        CalloutState.SOUNDED,
        CalloutState.DELIVERED,
        CalloutState.ACKNOWLEDGED,
        CalloutState.ON_THE_WAY,
        CalloutState.ARRIVED,
        CalloutState.RELEASED,
    ]


def test_a_telephone_note_counts_as_delivered_and_acknowledged(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.tell_by_telephone(change, "王建国")
    assert callout.delivered_at == callout.acknowledged_at is not None
    assert callout.officer_name == "王建国"


@pytest.mark.parametrize("verb", ["tell_by_telephone", "stand_down"])
def test_words_are_needed(cast: Cast, verb: str) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(RuleBroken), cast.acting() as change:
        getattr(callout, verb)(change, " ")


def test_a_wrong_arrival_is_corrected_and_recorded_again(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
        take_back(change, callout, Tap.ARRIVE, "认错人")
    clock.advance(minutes=25)
    assert callout.is_late(clock.now)
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.RECORDER)
    assert (callout.minutes_taken, callout.corrections[0].reason) == (25, "认错人")


def test_the_officers_telephone_is_sealed_and_stays_with_the_name(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.substitute(change, Officer("王建国", "副队长", "19000002222"))
    sealed = callout.officer_phone_sealed
    assert change.sealer.open("callouts", "officer_phone", callout.uid, sealed) == "19000002222"
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK, Officer("王建国", "队长"))
    assert (callout.officer_phone_sealed, callout.officer_post) == (sealed, "队长")


def test_another_name_does_not_inherit_the_telephone(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.substitute(change, Officer("王建国", "", "19000002222"))
        callout.substitute(change, Officer("李国庆"))
    assert callout.officer_phone_sealed is None


def test_no_name_reaches_the_events(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.substitute(change, Officer("王建国", "副队长", "19000002222"))
        callout.arrive(change, ArrivalMethod.DESK, Officer("王建国", "副队长"))
        take_back(change, callout, Tap.ARRIVE, "认错了王建国")
    facts = " ".join(db.session.scalars(db.select(Event.facts)))
    assert "王建国" not in facts
    assert "1900000" not in facts


def test_five_wrong_codes_and_then_not_even_the_right_one(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    code = code_now(arrival_key(cast.app.extensions["sealer"], cast.centre.id), clock.now)
    for _ in range(WRONG_CODES):
        with cast.acting() as change:
            assert not arrive_by_code(change, callout, f"{(int(code) + 5) % 10000:04d}", Officer("王建国"))
    with pytest.raises(RuleBroken, match="Five wrong codes"), cast.acting() as change:
        arrive_by_code(change, callout, code, Officer("王建国"))
    with cast.acting() as change:
        callout.open_code_entry(change)
        assert arrive_by_code(change, callout, code, Officer("王建国"))


def test_a_tap_before_the_whistle_counts_from_the_whistle(cast: Cast, clock) -> None:
    value = value_now(arrival_key(cast.app.extensions["sealer"], cast.centre.id), clock.now)
    clock.advance(minutes=3)
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        arrive_by_value(change, callout, value, None)
    assert callout.minutes_taken == 0


def test_codes_are_off_without_outside_network(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        cast.centre.change_setting(change, "no_internet", True)
    with pytest.raises(RuleBroken, match="switched off"), cast.acting() as change:
        arrive_by_code(change, callout, "0000", Officer("王建国"))


def test_a_question_taken_back_needs_its_date(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        callout.give_answer(change, callout.version, AnswerResult.TAKEN_BACK, "回去研究", None)
    assert refused.value.field == "answer_due_on"
