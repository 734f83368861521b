"""The unit's own answer: said after the arrival, kept beside the fact of the session, never overwritten."""

from datetime import date

import pytest

from models.callout import AnswerResult, ArrivalMethod, Callout
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.unit_answer import UnitAnswer, newest_answer
from tests.support.cast import Cast
from transaction import db


def arrived(cast: Cast) -> Callout:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    return callout


def comments() -> int:
    return db.session.query(Event).filter_by(kind="callout:comment").count()


def test_the_unit_says_it_once_and_may_say_it_anew(cast: Cast) -> None:
    callout = arrived(cast)
    for _ in range(2):
        with cast.acting() as change:
            UnitAnswer.state(change, callout, AnswerResult.ANSWERED, " 三日内退款 ")
    assert comments() == 1
    with cast.acting() as change:
        UnitAnswer.state(change, callout, AnswerResult.TAKEN_BACK, "需核对合同", date(2026, 11, 30))
    assert newest_answer(db.session(), callout).due_on == date(2026, 11, 30)
    assert [row.answer for row in db.session.query(UnitAnswer).order_by(UnitAnswer.id)] == ["三日内退款", "需核对合同"]
    assert callout.result is None


@pytest.mark.parametrize(
    ("result", "answer", "due_on", "field"),
    [
        (AnswerResult.ANSWERED, " ", None, "answer"),
        (AnswerResult.TAKEN_BACK, "核对", None, "due_on"),
        (AnswerResult.TAKEN_BACK, "核对", date(2026, 11, 22), "due_on"),
    ],
)
def test_words_and_dates_that_are_missing_or_over(cast: Cast, result, answer, due_on, field) -> None:
    callout = arrived(cast)
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        UnitAnswer.state(change, callout, result, answer, due_on)
    assert refused.value.field == field


@pytest.mark.parametrize("case", ["not there", "gone"])
def test_it_is_said_between_arrival_and_release(cast: Cast, case: str) -> None:
    callout = arrived(cast) if case == "gone" else cast.whistled().callouts[0]
    if case == "gone":
        with cast.acting() as change:
            callout.release(change)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        UnitAnswer.state(change, callout, AnswerResult.NEEDS_AUTHORITY, "")
