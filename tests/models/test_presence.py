"""Silence of the house: what counts, what holds the ladder, and the list that is left afterwards."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.callout import ArrivalMethod
from models.event import Event
from models.outage import OutageReview, close_outage, outages
from models.presence import Presence, holds, note, prune, silences, silent_since
from tests.support.cast import Cast
from tests.support.clock import Clock
from transaction import db, writing


def heard(cast: Cast, at: datetime) -> None:
    centre_id = cast.centre.id
    with writing() as session:
        note(session, centre_id, at)


def test_who_never_asked_is_not_missed(cast: Cast, clock: Clock) -> None:
    assert not holds(db.session(), cast.centre, clock.now)


def test_two_minutes_without_a_question_are_silence(cast: Cast, clock: Clock) -> None:
    began = clock.now
    heard(cast, began)
    assert not holds(db.session(), cast.centre, clock.advance(minutes=2))
    assert silent_since(db.session(), cast.centre, clock.advance(seconds=1)) == began
    heard(cast, clock.now)
    assert not holds(db.session(), cast.centre, clock.now)


def test_a_closed_house_is_not_silent(cast: Cast, clock: Clock) -> None:
    heard(cast, clock.now)
    assert not holds(db.session(), cast.centre, clock.advance(hours=2, minutes=40))  # 13:00, the break
    afternoon = clock.advance(hours=1, minutes=33)  # 14:33: since the house opened again
    assert silent_since(db.session(), cast.centre, afternoon) == afternoon - timedelta(minutes=3)


def test_a_span_is_written_at_most_every_twenty_seconds(cast: Cast, clock: Clock) -> None:
    heard(cast, clock.now)
    heard(cast, clock.now + timedelta(seconds=19))
    assert db.session.scalars(select(Presence)).one().until == clock.now
    heard(cast, clock.now + timedelta(seconds=20))
    assert db.session.scalars(select(Presence)).one().until == clock.now + timedelta(seconds=20)


def test_a_silence_lists_who_was_awaited_until_somebody_closes_it(cast: Cast, clock: Clock) -> None:
    early, awaited = cast.whistled("市场监管局", "人社局").callouts
    with cast.acting() as change:
        early.arrive(change, ArrivalMethod.DESK)
    heard(cast, clock.advance(minutes=1))
    clock.advance(minutes=10)
    assert outages(db.session(), cast.centre, clock.now) == []
    heard(cast, clock.now)
    [outage] = outages(db.session(), cast.centre, clock.now)
    assert (outage.minutes, outage.callouts) == (10, [awaited])
    for _twice in range(2):
        with cast.acting() as change:
            close_outage(change, cast.centre, outage)
    assert outages(db.session(), cast.centre, clock.now) == []
    assert db.session.query(OutageReview).count() == 1
    assert db.session.query(Event).filter_by(kind="outage:close").count() == 1


def test_a_silence_in_which_nobody_was_awaited_asks_nothing(cast: Cast, clock: Clock) -> None:
    heard(cast, clock.now)
    heard(cast, clock.advance(minutes=10))
    assert len(list(silences(db.session(), cast.centre, clock.now))) == 1
    assert outages(db.session(), cast.centre, clock.now) == []


def test_a_night_is_no_outage(cast: Cast, clock: Clock) -> None:
    cast.whistled()
    heard(cast, clock.advance(hours=7, minutes=40))  # 18:00
    heard(cast, clock.advance(hours=14, minutes=31))  # 8:31 the next day
    assert outages(db.session(), cast.centre, clock.now) == []


def test_old_spans_are_forgotten(cast: Cast, clock: Clock) -> None:
    heard(cast, clock.now)
    with writing() as session:
        prune(session, clock.now + timedelta(days=32))
    assert db.session.query(Presence).count() == 0
