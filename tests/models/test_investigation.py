"""An investigation record: a draft whose every save is kept, then a text nobody changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.dispute import Dispute
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.investigation import Investigation, Questioning
from tests.support.cast import CLERK, MEDIATOR, Cast
from transaction import db


def questioning(cast: Cast, dispute: Dispute, **facts: object) -> Questioning:
    said = Questioning(datetime(2026, 11, 23, 1, tzinfo=UTC), "甘泉社区", dispute.parties[0], "", "",
                       [cast.person(MEDIATOR), cast.person(CLERK)], text="问:何时停业?")  # fmt: skip
    return replace(said, **facts)


def begun(cast: Cast, **facts: object) -> Investigation:
    dispute = cast.registered()
    with cast.acting(MEDIATOR) as change:
        return Investigation.begin(change, dispute, questioning(cast, dispute, **facts))


def save(cast: Cast, record: Investigation, version: int, who: str = MEDIATOR, **facts: object) -> None:
    with cast.acting(who) as change:
        record.save(change, version, questioning(cast, record.dispute, **facts))


def finish(cast: Cast, record: Investigation) -> None:
    with cast.acting(MEDIATOR) as change:
        record.finish(change)


def test_every_save_is_kept_and_the_last_one_is_the_text(cast: Cast) -> None:
    record = begun(cast)
    for words in ("问:何时停业?答:上月。", "问:何时停业?答:上月初。"):
        save(cast, record, record.version, text=words)
    assert [one.text for one in record.saves] == ["问:何时停业?", "问:何时停业?答:上月。", record.text]
    assert {one.by_id for one in record.saves} == {cast.person(MEDIATOR).id}


def test_the_same_text_saved_again_is_no_second_save(cast: Cast) -> None:
    record = begun(cast)
    save(cast, record, record.version)
    assert len(record.saves) == 1


def test_who_was_overtaken_by_somebody_else_does_not_overwrite(cast: Cast) -> None:
    record = begun(cast)
    opened_at_version = record.version
    save(cast, record, opened_at_version, CLERK, text="记录人所写")
    with pytest.raises(Stale):
        save(cast, record, opened_at_version, text="调解员所写")
    assert record.text == "记录人所写"


def test_ones_own_saves_on_the_way_overtake_nobody(cast: Cast) -> None:
    record = begun(cast)
    opened_at_version = record.version
    save(cast, record, opened_at_version, text="一")
    save(cast, record, opened_at_version, text="一二")
    assert record.text == "一二"


@pytest.mark.parametrize(("facts", "field"), [
    ({"investigators": []}, "investigators"),
    ({"party": None, "name": " "}, "name"),
    ({"held_at": datetime(2099, 1, 1, tzinfo=UTC)}, "on"),
])  # fmt: skip
def test_somebody_asks_somebody_at_a_time_that_has_been(cast: Cast, facts: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        begun(cast, **facts)
    assert broken.value.field == field


def test_a_finished_record_stands(cast: Cast) -> None:
    record = begun(cast)
    finish(cast, record)
    finish(cast, record)
    with pytest.raises(TransitionNotAllowed):
        save(cast, record, record.version, text="改写")
    assert record.is_intact
    assert len(record.text_hash) == 64


def test_an_empty_record_is_not_finished(cast: Cast) -> None:
    record = begun(cast, text=" ")
    with pytest.raises(RuleBroken) as broken:
        finish(cast, record)
    assert broken.value.field == "text"


@pytest.mark.parametrize("statement", [
    "UPDATE investigations SET text = 'x'", "DELETE FROM investigations",
    "UPDATE draft_saves SET text = 'x'", "DELETE FROM draft_saves",
])  # fmt: skip
def test_the_database_refuses_to_change_what_is_finished(cast: Cast, statement: str) -> None:
    finish(cast, begun(cast))
    db.session.close()
    with db.engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.execute(text(statement))


def test_a_draft_may_be_changed_in_the_database(cast: Cast) -> None:
    """The trigger asks whether the record is finished, and nothing else."""
    begun(cast)
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE investigations SET place = 'x'"))


def test_the_hash_finds_a_changed_fact(cast: Cast) -> None:
    record = begun(cast)
    finish(cast, record)
    with db.session.no_autoflush:
        record.held_at += timedelta(minutes=1)
        assert not record.is_intact
    db.session.rollback()


def test_a_supplement_names_the_first_and_waits_for_it(cast: Cast) -> None:
    first = begun(cast)
    said = questioning(cast, first.dispute)
    with pytest.raises(RuleBroken, match="still a draft"), cast.acting(MEDIATOR) as change:
        Investigation.begin(change, first.dispute, said, first)
    finish(cast, first)
    with cast.acting(MEDIATOR) as change:
        second = Investigation.begin(change, first.dispute, said, first)
    assert second.supplements is first
