"""Taps made without signal: counted at the step at which the code was typed, within ten minutes."""

from datetime import timedelta

import pytest

from models.arrival import arrival_key, arrive_by_code, code_now
from models.callout import ArrivalMethod, Callout, Officer
from models.codes import arrival_step
from models.errors import RuleBroken, TransitionNotAllowed
from models.meeting import join_meeting, meeting_link_problem
from models.whistle import CalloutOrder, Level, WhistleOrder, sound
from tests.support.cast import Cast

OFFICER = Officer("汪海燕")


def code_at(cast: Cast, callout: Callout, at) -> str:
    return code_now(arrival_key(cast.app.extensions["sealer"], callout.dispute.centre_id), at)


@pytest.mark.parametrize(("late", "minutes", "sure"), [(1, 5, True), (9, 5, True), (12, 17, False)])
def test_a_kept_code_counts_at_its_step(cast: Cast, clock, late: int, minutes: int, sure: bool) -> None:
    callout = cast.whistled().callouts[0]
    typed = clock.advance(minutes=5)
    code = code_at(cast, callout, typed)
    clock.advance(minutes=late)
    with cast.acting() as change:
        assert arrive_by_code(change, callout, code, OFFICER, arrival_step(typed))
    assert callout.minutes_taken == minutes
    assert (callout.arrival_confirmed_at is not None) is sure
    assert (callout.arrival_step, callout.arrival_received_at) == (arrival_step(typed), clock.now)


def test_a_code_is_wrong_at_another_step(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    typed = clock.advance(minutes=5)
    code = code_at(cast, callout, typed)
    others = (typed + timedelta(seconds=30 * n) for n in (1, 2, 6, 7, 8))
    assert code not in {code_at(cast, callout, at) for at in others}
    clock.advance(minutes=4)
    with cast.acting() as change:
        assert not arrive_by_code(change, callout, code, OFFICER, arrival_step(typed) + 2)
    with cast.acting() as change:
        assert not arrive_by_code(change, callout, code, OFFICER)
    assert callout.wrong_codes == 2


@pytest.mark.parametrize("hours", [-1, 1, 5])
def test_a_phone_with_a_strange_clock_types_what_is_shown_now(cast: Cast, clock, hours: int) -> None:
    callout = cast.whistled().callouts[0]
    code, step = code_at(cast, callout, clock.now), arrival_step(clock.now + timedelta(hours=hours))
    with cast.acting() as change:
        assert arrive_by_code(change, callout, code, OFFICER, step)
    assert callout.arrival_received_at is None


def test_a_code_older_than_the_morning_proves_nothing(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    typed = clock.now
    code = code_at(cast, callout, typed)
    clock.advance(hours=4, minutes=1)
    with cast.acting() as change:
        assert not arrive_by_code(change, callout, code, OFFICER, arrival_step(typed))


def by_video(cast: Cast, url: str = "https://meeting.example.cn/123") -> Callout:
    dispute = cast.registered()
    with cast.acting() as change:
        order = WhistleOrder([CalloutOrder(cast.unit("平山湖蒙古族乡").id)], Level.VIDEO, video_url=url)
        return sound(change, dispute, order).callouts[0]


def test_joining_the_meeting_is_the_arrival(cast: Cast) -> None:
    callout = by_video(cast)
    with cast.acting() as change:
        join_meeting(change, callout, OFFICER)
        join_meeting(change, callout, Officer("王建国"))
    assert (callout.arrival_method, callout.officer_name) == (ArrivalMethod.VIDEO, "汪海燕")
    assert callout.arrival_confirmed_at is not None


def test_a_whistle_by_video_needs_its_link(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        by_video(cast, "")
    assert refused.value.field == "video_url"
    plain = cast.whistled().callouts[0]
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        join_meeting(change, plain, OFFICER)


@pytest.mark.parametrize(
    "url", ["http://a.cn/1", "a.cn/1", "https://", "javascript:alert(1)", "https://u:p@a.cn", "https://a.cn/ b",
            "https://[x", "https://a.cn/" + "9" * 500]
)  # fmt: skip
def test_what_is_no_address_of_a_meeting(url: str) -> None:
    assert meeting_link_problem(url)
