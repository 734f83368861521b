"""One change: all of it or nothing, once for each form, seen by every board it concerns."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from models.actor import Actor, ActorKind
from models.board import BoardChange, changed_since, revision
from models.counter import Counter, next_number
from models.dispute import Dispute
from models.ending import decline
from models.errors import AlreadySubmitted, RuleBroken
from models.event import Event
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from models.registration import Entry, register
from tests.support.cast import Cast
from transaction import SubmittedForm, db, transaction, writing

WORKER = Actor(ActorKind.WORKER)


def entry(cast: Cast) -> Entry:
    return Entry(1, "宋佳", "19000000032", cast.category("消费"), "甘州某健身馆", "退还余额")


def counted(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table))


def test_what_fails_at_the_end_leaves_nothing(cast: Cast) -> None:
    before = counted(Event)
    centre, what = cast.centre, entry(cast)
    with pytest.raises(ValueError, match="at the end"), cast.acting() as change:
        raise ValueError(f"at the end of {register(change, centre, what)}")
    assert (counted(Dispute), counted(Event), counted(Counter)) == (0, before, 0)


def test_after_a_failure_the_next_change_is_as_good_as_new(cast: Cast) -> None:
    with pytest.raises(RuleBroken), cast.acting():
        raise RuleBroken("no")
    assert cast.registered().number.endswith("-001")


def test_one_change_at_a_time_in_one_request(cast: Cast) -> None:
    with cast.acting(), pytest.raises(RuntimeError, match="open already"), cast.acting():
        pass


def test_a_form_sent_again_gives_back_the_first_result(cast: Cast) -> None:
    form, centre, what = SubmittedForm.of("0" * 32, {"a": "b"}), cast.centre, entry(cast)
    with transaction(WORKER, form) as change:
        register(change, centre, what)
        change.location = "/visits/1/slip"
    with pytest.raises(AlreadySubmitted) as again, transaction(WORKER, form) as change:
        register(change, centre, what)
    assert again.value.location == "/visits/1/slip"
    assert counted(Dispute) == 1


def test_the_same_key_with_other_words_is_refused(cast: Cast) -> None:
    with transaction(WORKER, SubmittedForm.of("0" * 32, {"a": "b"})):
        pass
    with pytest.raises(RuleBroken, match="other words"), transaction(WORKER, SubmittedForm.of("0" * 32, {"a": "c"})):
        pass


def test_a_form_that_was_refused_may_be_sent_again(cast: Cast) -> None:
    form = SubmittedForm.of("0" * 32, {"a": "b"})
    with pytest.raises(RuleBroken), transaction(WORKER, form):
        raise RuleBroken("no")
    with transaction(WORKER, form) as change:
        change.record("centre:1", EventKind.SETTING_CHANGE, ("centre", 1), setting="x")


def test_the_digest_of_a_form_is_what_it_says_and_not_in_which_order() -> None:
    one = SubmittedForm.of("k", {"a": "1", "b": "2"})
    assert one == SubmittedForm.of("k", {"b": "2", "a": "1"})
    assert one != SubmittedForm.of("k", {"a": "1", "b": "3"})


def test_numbers_have_no_gap_and_no_double_when_twenty_ask_at_once(app: Flask, cast: Cast) -> None:
    given: list[int] = []

    def ask() -> None:
        with app.app_context(), transaction(WORKER) as change:
            given.append(next_number(change, "test:1"))

    threads = [threading.Thread(target=ask) for _one in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(given) == list(range(1, 13))


def test_a_number_that_was_not_used_is_given_again(cast: Cast) -> None:
    with pytest.raises(RuleBroken), transaction(WORKER) as change:
        raise RuleBroken(str(next_number(change, "test:1")))
    with transaction(WORKER) as change:
        assert next_number(change, "test:1") == 1


def test_a_change_raises_the_revision_of_every_board_it_concerns_once(cast: Cast) -> None:
    dispute = cast.whistled().dispute
    unit = cast.unit("市场监管局").id
    audiences = [f"centre:{dispute.centre_id}", f"dispute:{dispute.id}", f"unit:{unit}"]
    before = [revision(db.session(), audience) for audience in audiences]
    with cast.acting() as change:
        dispute.callouts[0].acknowledge(change)
        dispute.callouts[0].set_out(change)
    after = [revision(db.session(), audience) for audience in audiences]
    assert [new[1] - old[1] for new, old in zip(after, before, strict=True)] == [1, 1, 1]
    assert [new[0] for new in after] == [old[0] for old in before]
    for audience, (_epoch, n) in zip(audiences, before, strict=True):
        assert changed_since(db.session(), audience, n) == [dispute.id]


def test_whoever_waited_for_his_turn_sees_what_the_one_before_has_done(cast: Cast, app: Flask) -> None:
    """Between reading a dispute and having its lock somebody else may decline it; SQLite lets nobody in between."""
    dispute = cast.registered()

    def decline_elsewhere() -> None:
        with app.app_context():
            same = db.session.get(Dispute, key)
            with transaction(WORKER) as change:
                decline(change, same, "不属本中心")

    key, is_alone = dispute.id, db.engine.dialect.name == "sqlite"
    if is_alone:
        decline_elsewhere()
    with cast.acting() as change:
        if not is_alone:
            assert dispute.status is DisputeStatus.REGISTERED
            decline_elsewhere()
        change.open_streams(dispute.stream)
        assert dispute.status is DisputeStatus.DECLINED


def test_a_board_nobody_changed_has_no_revision(cast: Cast) -> None:
    assert revision(db.session(), "centre:99") == ("0", 0)
    cast.registered()
    assert revision(db.session(), "centre:99") == ("0", 0)


def test_a_refused_change_moves_no_board(cast: Cast) -> None:
    dispute = cast.registered()
    before = revision(db.session(), "centre:1"), counted(BoardChange)
    with pytest.raises(RuleBroken), cast.acting() as change:
        raise RuleBroken(str(decline(change, dispute, "不属本中心")))
    assert (revision(db.session(), "centre:1"), counted(BoardChange)) == before


def test_a_change_without_an_event_writes_operational_rows_only(cast: Cast) -> None:
    before = counted(Event)
    with writing() as session:
        session.execute(select(1))
    assert counted(Event) == before
