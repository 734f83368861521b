"""A batch of whole files: one at a time for each person, drawn by one worker, offered when all of it is there."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from models.batch import MOST_FILES, Batch, BatchState, Omission
from models.batch_drawing import LEASE, MOST_ATTEMPTS, Drawn, due, ended, give_back, settle, take, unwanted
from models.closing import close
from models.dispute import Dispute
from models.ending import withdraw
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.lifecycle import ClosingType
from tests.support.cast import CLERK, LEADER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from transaction import db, now, writing

FIRST, SECOND = "worker-1", "worker-2"


def closed(cast: Cast, count: int = 1) -> list[Dispute]:
    disputes = [cast.registered() for _one in range(count)]
    for dispute in disputes:
        with cast.acting() as change:
            withdraw(change, dispute, "双方自行和解")
        with cast.acting() as change:
            close(change, dispute, ClosingType.RECONCILED, date(2026, 11, 23), date(2026, 12, 23))
    return disputes


def ordered(cast: Cast, *disputes: Dispute, by: str = CLERK) -> Batch:
    with cast.acting(by) as change:
        return Batch.order(change, cast.centre, cast.person(by).id, uuid4().hex, disputes)


def taken(worker: str, at: datetime | None = None) -> tuple[int, int | None] | None:
    with writing() as session:
        found = take(session, at or now(), worker)
        return (found[0].id, found[1].place if found[1] else None) if found else None


def written(batch: Batch, place: int, worker: str, result: Omission | None = None) -> bool:
    drawn: Drawn = f"{place:064}", 12, 3400
    with writing() as session:
        return settle(session, batch.files[place - 1].id, worker, now(), result or drawn)


def told(batch: Batch) -> list[tuple[str, dict[str, object]]]:
    events = db.session.query(Event).filter_by(subject_kind="batch", subject_id=batch.id).order_by(Event.id)
    return [(event.kind, event.particulars) for event in events]


def test_a_person_has_one_batch_at_a_time_of_settled_disputes(cast: Cast) -> None:
    disputes = closed(cast, 2)
    for wrong in ([], [cast.registered()], [disputes[0]] * (MOST_FILES + 1)):
        with pytest.raises(RuleBroken):
            ordered(cast, *wrong)
    batch = ordered(cast, *disputes)
    with pytest.raises(RuleBroken, match="still being drawn"):
        ordered(cast, disputes[0])
    assert ordered(cast, disputes[0], by=LEADER).id != batch.id
    for _again in range(2):
        with cast.acting() as change:
            batch.cancel(change)
    assert told(batch) == [("batch:order", {"count": 2}), ("batch:cancel", {"count": 0})]
    assert ordered(cast, disputes[0]).state is BatchState.DRAWING


def test_a_dead_worker_is_followed_after_its_lease_and_no_file_is_drawn_twice(cast: Cast) -> None:
    batch = ordered(cast, *closed(cast, 2))
    assert taken(FIRST) == (batch.id, 1)
    assert taken(SECOND) is None
    assert written(batch, 1, FIRST)
    assert taken(FIRST) == (batch.id, 2)
    assert taken(SECOND, now() + LEASE + timedelta(seconds=1)) == (batch.id, 2)
    assert not written(batch, 2, FIRST)  # it was only slow: what it has drawn is not wanted any more
    assert written(batch, 2, SECOND)
    assert not written(batch, 2, SECOND)
    with cast.acting() as change:
        batch.finish(change)
    assert (batch.state, [one.attempts for one in batch.files]) == (BatchState.READY, [1, 2])
    assert told(batch)[-1] == ("batch:finish", {"drawn": 2, "omitted": 0})


def test_a_worker_that_stops_gives_back_what_it_has_in_hand(cast: Cast) -> None:
    batch = ordered(cast, *closed(cast))
    assert taken(FIRST) == (batch.id, 1)
    with writing() as session:
        give_back(session, batch.files[0].id, FIRST)
    assert taken(SECOND) == (batch.id, 1)
    assert batch.files[0].attempts == 1


def test_what_ends_one_worker_after_the_other_is_left_out_and_the_rest_goes_on(cast: Cast) -> None:
    batch = ordered(cast, *closed(cast, 2))
    for _worker in range(MOST_ATTEMPTS):
        assert taken(FIRST) == (batch.id, 1)
    assert taken(FIRST) == (batch.id, 2)
    assert written(batch, 2, FIRST, Omission.MATERIAL_LOST)
    assert taken(FIRST) == (batch.id, None)
    with cast.acting() as change:
        batch.finish(change)
    assert [one.omission for one in batch.files] == [Omission.NOT_DRAWN, Omission.MATERIAL_LOST]
    assert told(batch)[-1] == ("batch:finish", {"drawn": 0, "omitted": 2})


def test_a_batch_with_a_file_that_waits_is_not_offered(cast: Cast) -> None:
    batch = ordered(cast, *closed(cast, 2))
    taken(FIRST)
    written(batch, 1, FIRST)
    with cast.acting() as change:
        batch.finish(change)
    assert batch.state is BatchState.DRAWING


def test_what_is_cancelled_while_it_is_drawn_is_not_kept(cast: Cast) -> None:
    batch = ordered(cast, *closed(cast, 2))
    taken(FIRST)
    written(batch, 1, FIRST)
    taken(FIRST)
    with cast.acting() as change:
        batch.cancel(change)
    assert not written(batch, 2, FIRST)
    assert [one.place for one in unwanted(db.session())] == [1]
    assert db.session.scalars(due(now(), FIRST)).first() is None


@only_sqlite
@pytest.mark.parametrize(
    ("ready", "kept_until"),
    [
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 14, 30, tzinfo=UTC), datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
    ],
)
def test_it_is_kept_until_midnight_of_the_house(
    cast: Cast, clock: Clock, ready: datetime, kept_until: datetime
) -> None:
    batch = ordered(cast, *closed(cast))
    clock.now = ready
    taken(FIRST)
    written(batch, 1, FIRST)
    with cast.acting() as change:
        batch.finish(change)
    assert (batch.kept_until, ended(db.session(), kept_until - timedelta(seconds=1))) == (kept_until, [])
    clock.now = kept_until
    assert ended(db.session(), now()) == [batch.id]
    with cast.acting() as change:
        batch.end(change)
    assert (batch.state, [one.place for one in unwanted(db.session())]) == (BatchState.OVER, [1])
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        batch.cancel(change)


def test_each_dispute_remembers_that_its_file_was_taken_out(cast: Cast) -> None:
    batch = ordered(cast, *closed(cast, 2))
    for place in (1, 2):
        taken(FIRST)
        written(batch, place, FIRST)
    with cast.acting() as change:
        batch.hand_out(change, batch.files)
    exports = db.session.query(Event).filter_by(kind="dossier:export").order_by(Event.id).all()
    assert [event.subject_id for event in exports] == [one.dispute_id for one in batch.files]
    assert {event.particulars["batch"] for event in exports} == {batch.id}
    assert told(batch)[-1] == ("batch:hand-out", {"count": 2})
