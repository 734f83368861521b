"""The yearly register: gapless numbers, each given once, and never by looking."""

from datetime import UTC, datetime

import pytest

from models.conclusion import Ground, Outcome
from models.errors import RuleBroken
from models.mediation import MediationSession
from models.natures import Nature
from models.number_format import written
from models.register_number import RegisterNumber, enter_in_register, further, register_numbers
from tests.models.test_mediation import conclude, open_session, opened, pay
from tests.support.cast import MANAGER, MEDIATOR, Cast
from tests.support.clock import Clock
from transaction import db

COMMITTEE = "甘州区人民调解委员会"


def number(session: MediationSession) -> str:
    return register_numbers(db.session(), session.dispute).get(session.body_id, "")


def agree(cast: Cast, session: MediationSession) -> None:
    conclude(cast, session, Outcome.AGREED, terms=[pay()])


def test_numbers_follow_each_other_in_the_order_of_the_ends(cast: Cast) -> None:
    first, second, third = opened(cast), opened(cast), opened(cast)
    agree(cast, second)
    conclude(cast, first, Outcome.NOT_AGREED, ground=Ground.GAP, routes_told=True)
    agree(cast, third)
    assert [number(one) for one in (second, first, third)] == [
        f"(2026)甘州人调字第{running:04}号" for running in (1, 2, 3)
    ]


def test_an_end_without_a_paper_of_the_body_takes_no_number(cast: Cast) -> None:
    session = opened(cast)
    conclude(cast, session, Outcome.WITHDRAWN, reason="双方自行和解")
    assert number(session) == ""
    assert db.session.query(RegisterNumber).count() == 0


def test_a_number_that_was_not_committed_is_given_again(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(RuleBroken):
        conclude(cast, session, Outcome.AGREED, terms=[])
    agree(cast, session)
    assert number(session) == "(2026)甘州人调字第0001号"


def test_a_dispute_keeps_its_number(cast: Cast) -> None:
    session = opened(cast)
    agree(cast, session)
    given = number(session)
    with cast.acting() as change:
        again = enter_in_register(change, session.dispute, session.body)
        assert again is not None
        assert again.text == given
    assert (further(given, 1), further(given, 2)) == (given, f"{given}之二")


def test_each_body_and_each_year_has_a_register_of_its_own(cast: Cast, clock: Clock) -> None:
    one = opened(cast)
    agree(cast, one)
    other = opened(cast, nature=Nature.INDUSTRY, body="甘州区消费纠纷人民调解委员会")
    agree(cast, other)
    assert number(other) == "(2026)甘州消调字第0001号"
    # The year is that of Shanghai: half past four in the afternoon of the last day in UTC is the new year there.
    clock.now = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    dispute = cast.registered()
    with cast.acting(MEDIATOR) as change:
        later = open_session(cast, change, dispute)
    agree(cast, later)
    assert number(later) == "(2027)甘州人调字第0001号"


def test_the_format_is_the_bodys_and_leaves_old_numbers_alone(cast: Cast) -> None:
    before, after = opened(cast), opened(cast)
    agree(cast, before)
    body = cast.body(COMMITTEE)
    with cast.acting(MANAGER) as change:
        body.edit(change, body.version, number_format="甘人调〔{year}〕{n:03}号")
    agree(cast, after)
    assert (number(before), number(after)) == ("(2026)甘州人调字第0001号", "甘人调〔2026〕002号")


@pytest.mark.parametrize("bad", ["甘人调{n}号", "甘人调{year}号", "{0.__class__}"])
def test_a_format_that_could_repeat_a_number_is_refused(cast: Cast, bad: str) -> None:
    body = cast.body(COMMITTEE)
    with pytest.raises(RuleBroken, match="needs"), cast.acting(MANAGER) as change:
        body.edit(change, body.version, number_format=bad)


def test_a_format_fills_its_places_and_nothing_else() -> None:
    assert written("{year}-{n:05}-{other}-{n.real}", "甲", 2026, 7) == "2026-00007-{other}-{n.real}"


def test_a_body_without_a_register_gives_no_number(cast: Cast) -> None:
    body = cast.body(COMMITTEE)
    with cast.acting(MANAGER) as change:
        body.edit(change, body.version, register_prefix="")
    session = opened(cast)
    agree(cast, session)
    assert number(session) == ""
