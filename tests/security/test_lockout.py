"""Five wrong passwords are five, however many are guessed at the same time."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models.event import Event
from models.person import Person, Throttle
from security import sessions
from seeds.demo import PASSWORD
from tests.support.cast import CLERK, Cast
from transaction import db

ADDRESS = "10.0.0.9"
GUESSES = 9


def guess(cast: Cast, password: str) -> Person | None:
    with cast.app.app_context():
        return sessions.check(CLERK, password, ADDRESS)


def refusals() -> Counter[str]:
    db.session.rollback()
    told = db.session.query(Event.facts).filter(Event.stream == "security")
    return Counter(json.loads(facts)["reason"] for [facts] in told)


def test_of_guesses_made_at_once_five_are_answered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are compared before the first one is counted."""
    compared, compare = Barrier(GUESSES), sessions.check_password

    def together(stored: str, password: str) -> bool:
        right = compare(stored, password)
        compared.wait()
        return right

    monkeypatch.setattr(sessions, "check_password", together)
    db.session.rollback()
    with ThreadPoolExecutor(GUESSES) as guessers:
        list(guessers.map(lambda number: guess(cast, f"Wrong-{number}"), range(GUESSES)))
    assert refusals() == {"sign-in": sessions.PAIR_FAILURES, "locked": GUESSES - sessions.PAIR_FAILURES}
    assert db.session.get_one(Throttle, f"{CLERK}|{ADDRESS}").failures == sessions.PAIR_FAILURES
    assert db.session.query(Event).filter_by(kind="person:lock").count() == 1


def test_the_right_one_is_refused_when_five_wrong_ones_were_faster(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was compared while the account was open; its answer comes after the five."""
    enter = sessions.transaction

    def after_five(*given: object):
        monkeypatch.setattr(sessions, "transaction", enter)
        for number in range(sessions.PAIR_FAILURES):
            guess(cast, f"Wrong-{number}")
        return enter(*given)

    monkeypatch.setattr(sessions, "transaction", after_five)
    assert sessions.check(CLERK, PASSWORD, ADDRESS) is None
    assert refusals() == {"sign-in": sessions.PAIR_FAILURES, "locked": 1}


def test_a_name_that_is_made_up_of_another_and_its_address_counts_for_nobody_else(cast: Cast) -> None:
    for number in range(sessions.PAIR_FAILURES):
        assert sessions.check(f"{CLERK}|{ADDRESS}", f"Wrong-{number}", "10.0.0.66") is None
    assert sessions.check(CLERK, "Wrong", ADDRESS) is None  # his own first one
    assert sessions.check(CLERK, PASSWORD, ADDRESS) is not None
