"""What moves the last day of a deadline: standing still, an agreed extension; and what the law does not know."""

from datetime import date

import pytest

from models.errors import RuleBroken
from models.light import Light
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.deadlines import TODAY, accepted, begun, kinds, one


def test_an_appraisal_does_not_count_and_while_it_lasts_nothing_is_late(cast: Cast, clock: Clock) -> None:
    dispute = accepted(cast)
    deadline = one(dispute, "people_mediation")
    clock.advance(days=7)
    with cast.acting() as change:
        deadline.pause(change, deadline.version, date(2026, 11, 30), "伤残鉴定委托书")
    clock.advance(days=40)
    assert deadline.light(clock.now) is Light.STILL
    assert not deadline.is_late(clock.now)
    with cast.acting() as change:
        deadline.resume(change, deadline.version, date(2026, 12, 30))
    # Six days counted before 30 November; 24 more from 30 December on: 22 January, a Friday.
    assert deadline.due_on == date(2027, 1, 22)
    assert kinds(dispute) == ["start", "pause", "resume"]


def test_both_parties_may_extend_and_no_further_than_the_rule_allows(cast: Cast) -> None:
    deadline = begun(cast, accepted(cast), "court_ordinary")
    assert deadline.due_on == date(2026, 12, 8)
    with pytest.raises(RuleBroken, match="longer than may be agreed"), cast.acting() as change:
        deadline.extend(change, deadline.version, 31, "笔录", "双方", TODAY)
    with cast.acting() as change:
        deadline.extend(change, deadline.version, 20, "同意延长笔录", "宋佳、某健身馆", TODAY)
    assert deadline.due_on == date(2026, 12, 28)
    with pytest.raises(RuleBroken, match="longer than may be agreed"), cast.acting() as change:
        deadline.extend(change, deadline.version, 11, "笔录", "双方", TODAY)
    with cast.acting() as change:
        deadline.extend(change, deadline.version, 10, "第二次笔录", "双方", TODAY)
    assert deadline.due_on == date(2027, 1, 7)


def test_what_the_law_does_not_know_is_refused(cast: Cast, clock: Clock) -> None:
    deadline = begun(cast, accepted(cast), "judicial_confirmation")
    with pytest.raises(RuleBroken, match="no extension"), cast.acting() as change:
        deadline.extend(change, deadline.version, 5, "笔录", "双方", TODAY)
    with pytest.raises(RuleBroken, match="stand still"), cast.acting() as change:
        deadline.pause(change, deadline.version, TODAY, "鉴定")
    with pytest.raises(RuleBroken, match="limitation"), cast.acting() as change:
        deadline.renew(change, deadline.version, TODAY, "请求")


def test_nothing_is_extended_paused_or_interrupted_after_the_end(cast: Cast, clock: Clock) -> None:
    dispute = accepted(cast)
    mediation, limitation = (
        one(dispute, "people_mediation"),
        begun(cast, dispute, "wage_limitation", date(2025, 11, 24)),
    )
    clock.advance(days=40)
    late = date(2026, 12, 30)
    for verb in (
        lambda change: mediation.extend(change, mediation.version, 5, "笔录", "双方", late),
        lambda change: mediation.pause(change, mediation.version, late, "鉴定"),
        lambda change: limitation.renew(change, limitation.version, late, "起诉"),
    ):
        with pytest.raises(RuleBroken, match="over on that day"), cast.acting() as change:
            verb(change)
