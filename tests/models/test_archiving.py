"""Archiving: refused while papers are missing, numbered by year, kept as long as the record proposes; holds."""

from datetime import date

import pytest
from sqlalchemy import select

from models.archiving import Archiving, Shelf, archive, is_over, proposed_retention
from models.closing import close
from models.conclusion import Outcome
from models.dispute import Dispute
from models.ending import withdraw
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.event_kinds import EventKind
from models.legal_hold import hold, hold_of, release
from models.lifecycle import ClosingType, DisputeStatus
from models.reopening import reopen
from models.retention import Retention
from tests.models.test_mediation import conclude, opened, pay
from tests.support.cast import LEADER, MANAGER, Cast
from tests.support.databases import only_sqlite
from transaction import db

DAY, NEXT = date(2026, 11, 23), date(2026, 12, 23)
SHELF = Shelf(Retention.THIRTY_YEARS, "档案室 何敏", "3柜2盒")


def agreed(cast: Cast) -> Dispute:
    session = opened(cast, "消费")
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    return session.dispute


def closed(cast: Cast) -> Dispute:
    dispute = agreed(cast)
    with cast.acting() as change:
        close(change, dispute, ClosingType.SETTLED_WRITTEN, DAY, NEXT)
    return dispute


def test_papers_hold_up_the_archive_and_nothing_else(cast: Cast) -> None:
    dispute = closed(cast)
    with pytest.raises(RuleBroken), cast.acting() as change:
        archive(change, dispute, SHELF, lacking=1)
    with pytest.raises(RuleBroken), cast.acting() as change:
        archive(change, dispute, Shelf(Retention.TEN_YEARS, " "), lacking=0)
    assert dispute.status is DisputeStatus.CLOSED
    for _again in range(2):
        with cast.acting() as change:
            row = archive(change, dispute, SHELF, lacking=0)
    assert row is not None
    assert (row.number, row.kept_until, dispute.status) == ("2026-0001", date(2056, 12, 31), DisputeStatus.ARCHIVED)
    told = db.session.query(Event).filter_by(kind=EventKind.DISPUTE_ARCHIVE).all()
    assert [event.particulars for event in told] == [{"retention": "thirty_years", "year": 2026, "running": 1}]


def test_a_file_that_was_reopened_keeps_its_number(cast: Cast) -> None:
    dispute = closed(cast)
    with cast.acting() as change:
        archive(change, dispute, SHELF, lacking=0)
    with cast.acting(LEADER) as change:
        reopen(change, dispute, "又起纠纷")
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        archive(change, dispute, SHELF, lacking=0)
    with cast.acting() as change:
        withdraw(change, dispute, "双方自行和解")
    with cast.acting() as change:
        close(change, dispute, ClosingType.RECONCILED, DAY, NEXT)
    with cast.acting() as change:
        archive(change, dispute, Shelf(Retention.PERMANENT, "何敏"), lacking=0)
    rows = db.session.query(Archiving).all()
    assert [(row.number, row.retention, row.kept_until) for row in rows] == [("2026-0001", Retention.PERMANENT, None)]


@only_sqlite
def test_a_written_agreement_is_kept_longer(cast: Cast) -> None:
    other, lasting = cast.registered(), agreed(cast)
    assert proposed_retention(db.session(), other) is Retention.TEN_YEARS
    assert proposed_retention(db.session(), lasting) is Retention.THIRTY_YEARS
    with cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, "retention_lasting", Retention.PERMANENT)
    assert proposed_retention(db.session(), other) is Retention.TEN_YEARS
    assert proposed_retention(db.session(), lasting) is Retention.PERMANENT


def test_a_hold_is_set_and_released_with_a_reason(cast: Cast) -> None:
    dispute = cast.registered()
    for verb in (hold, release):
        with pytest.raises(RuleBroken), cast.acting(LEADER) as change:
            verb(change, dispute, " ")
    for _again in range(2):
        with cast.acting(LEADER) as change:
            hold(change, dispute, "法院调阅")
    assert hold_of(db.session(), dispute)
    for _again in range(2):
        with cast.acting(LEADER) as change:
            release(change, dispute, "已归还")
    assert hold_of(db.session(), dispute) is None
    kinds = (EventKind.DOSSIER_HOLD, EventKind.DOSSIER_RELEASE)
    assert db.session.query(Event).filter(Event.kind.in_(kinds)).count() == 2


@pytest.mark.parametrize(("today", "over"), [(date(2056, 12, 31), False), (date(2057, 1, 1), True)])
def test_a_period_is_over_when_its_last_day_has_passed(cast: Cast, today: date, over: bool) -> None:
    dispute = closed(cast)
    with cast.acting() as change:
        row = archive(change, dispute, SHELF, lacking=0)
    assert row.kept_until == date(2056, 12, 31)
    found = db.session.scalars(select(Archiving).join(Archiving.dispute).where(is_over(today))).all()
    assert bool(found) is over
