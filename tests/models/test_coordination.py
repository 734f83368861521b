"""提请区级协调: asked once, waits for the district, ends with one sentence or with the unit's coming."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.board import changed_since, revision
from models.callout import ArrivalMethod
from models.coordination import Coordination
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.ladder import Step, take
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from transaction import db

WORDS = "区委办已通知分管领导，10时前到场"


@pytest.fixture
def asked(cast: Cast, clock: Clock) -> Coordination:
    """Half an hour after the limit the centre's leader asks the district."""
    callout = cast.whistled("住建局").callouts[0]
    clock.now = callout.due_at + timedelta(minutes=30)
    with cast.acting(LEADER) as change:
        take(change, callout, Step.COORDINATION)
    return db.session.scalars(select(Coordination)).one()


def waiting(cast: Cast, unit: str = "甘州区") -> list[Coordination]:
    rows = Coordination.asked_of([cast.unit(unit).path]).where(Coordination.still_waiting())
    return list(db.session.scalars(rows))


def test_the_district_above_the_house_is_asked_once(cast: Cast, asked: Coordination) -> None:
    with cast.acting(LEADER) as change:
        take(change, asked.callout, Step.COORDINATION)
    assert [one.unit.name for one in db.session.scalars(select(Coordination))] == ["甘州区"]
    assert waiting(cast) == [asked]
    assert waiting(cast, "住建局") == []
    assert list(db.session.scalars(Coordination.asked_of([]))) == []


def test_one_sentence_ends_it_and_changes_the_card(cast: Cast, asked: Coordination) -> None:
    audience = f"centre:{cast.centre.id}"
    before = revision(db.session(), audience)[1]
    with cast.acting("qidongsheng") as change:
        asked.arrange(change, f" {WORDS} ")
    assert (asked.arranged, asked.is_waiting, waiting(cast)) == (WORDS, False, [])
    assert changed_since(db.session(), audience, before) == [asked.callout.dispute_id]
    event = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert event.kind == "callout:arrange"
    assert WORDS not in event.facts


def test_the_same_sentence_twice_is_one(cast: Cast, asked: Coordination) -> None:
    for _ in range(2):
        with cast.acting("qidongsheng") as change:
            asked.arrange(change, WORDS)
    assert len(db.session.scalars(select(Event).where(Event.kind == "callout:arrange")).all()) == 1
    with pytest.raises(TransitionNotAllowed), cast.acting("qidongsheng") as change:
        asked.arrange(change, "另一句")


def test_words_are_needed(cast: Cast, asked: Coordination) -> None:
    with pytest.raises(RuleBroken), cast.acting("qidongsheng") as change:
        asked.arrange(change, "  ")


def test_a_unit_that_comes_ends_it_too(cast: Cast, asked: Coordination) -> None:
    with cast.acting() as change:
        asked.callout.arrive(change, ArrivalMethod.DESK)
    assert waiting(cast) == []
    with pytest.raises(TransitionNotAllowed), cast.acting("qidongsheng") as change:
        asked.arrange(change, WORDS)


def test_a_unit_noted_as_missing_still_waits_for_the_district(cast: Cast, asked: Coordination) -> None:
    with cast.acting() as change:
        asked.callout.miss(change)
    assert waiting(cast) == [asked]
