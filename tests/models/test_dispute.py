"""The life of a dispute: every move from every state, and what each one takes with it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from models.callout import ArrivalMethod
from models.change import Change
from models.closing import close
from models.dispute import Dispute
from models.dispute_unit import Part, units_with
from models.ending import OVER, decline, withdraw
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.hand_over import HandOverOrder, hand_over, take_back
from models.lifecycle import CLOSING_TYPES, MOVES, ClosingType, DisputeStatus, Move
from models.reopening import reopen
from tests.support.cast import CLERK, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from transaction import db, writing

TODAY = date(2026, 11, 23)


def put(dispute: Dispute, status: DisputeStatus) -> None:
    """Place the dispute in a state, past every rule."""
    with writing() as session:
        session.execute(update(Dispute).where(Dispute.id == dispute.id).values(status=status))
    db.session.expire_all()


@only_sqlite
@pytest.mark.parametrize("status", list(DisputeStatus))
def test_each_state_allows_its_own_moves_and_no_other(cast: Cast, status: DisputeStatus) -> None:
    dispute = cast.registered()
    for move in Move:
        put(dispute, status)
        sources, target = MOVES[move]
        if status in sources:
            with cast.acting() as change:
                dispute.advance(change, move, {"unit": 1, "reply_by": "2026-11-30", "closing": "ended"})
            assert dispute.status is target
        else:
            with pytest.raises(TransitionNotAllowed), cast.acting() as change:
                dispute.advance(change, move)
            assert dispute.status is status


def test_the_status_moves_only_for_who_has_read_the_latest(cast: Cast) -> None:
    """The version counts every move, so that an older reader is told."""
    dispute = cast.registered()
    before = dispute.version
    with cast.acting() as change:
        dispute.accept(change)
    assert dispute.version == before + 1
    with pytest.raises(Stale), cast.acting() as change:
        dispute.edit(change, before, facts="另一个人的文字")
    assert dispute.facts == ""


@pytest.mark.parametrize(("move", "verb"), [
    (Move.DECLINE, decline), (Move.WITHDRAW, withdraw), (Move.TAKE_BACK, take_back), (Move.REOPEN, reopen),
])  # fmt: skip
def test_a_step_back_needs_its_reason(cast: Cast, move: Move, verb: Callable[[Change, Dispute, str], None]) -> None:
    dispute = cast.registered()
    put(dispute, next(iter(MOVES[move][0])))
    with pytest.raises(RuleBroken, match="reason"), cast.acting() as change:
        verb(change, dispute, "  ")
    with cast.acting() as change:
        verb(change, dispute, "理由")
    assert [(remark.about, remark.text) for remark in dispute.remarks] == [(move, "理由")]
    assert dispute.remarks[0].by_id == cast.person(CLERK).id


def test_whoever_is_awaited_is_stood_down_and_whoever_came_is_released(cast: Cast) -> None:
    whistle = cast.whistled("市场监管局", "总工会")
    came, awaited = whistle.callouts
    with cast.acting() as change:
        came.arrive(change, ArrivalMethod.DESK)
    with cast.acting() as change:
        withdraw(change, whistle.dispute, "双方自行和解")
    assert came.released_at is not None
    assert (awaited.released_at, awaited.stand_down_reason) == (None, OVER)
    assert whistle.dispute.on_board_since is None


def close_as(change: Change, dispute: Dispute, closing: ClosingType, **facts: date | None) -> None:
    close(change, dispute, closing, facts.get("told", TODAY), facts.get("next_on", TODAY + timedelta(days=30)))


@pytest.mark.parametrize(("facts", "field"), [
    ({"told": None}, "notice_given_on"), ({"next_on": None}, "next_on"),
    ({"told": TODAY + timedelta(days=1)}, "notice_given_on"), ({"next_on": TODAY - timedelta(days=1)}, "next_on"),
])  # fmt: skip
def test_closing_needs_notice_and_next_date(cast: Cast, facts: dict[str, date | None], field: str) -> None:
    dispute = cast.registered()
    put(dispute, DisputeStatus.WITHDRAWN)
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        close_as(change, dispute, ClosingType.RECONCILED, **facts)
    assert refused.value.field == field
    assert dispute.status is DisputeStatus.WITHDRAWN


@only_sqlite
def test_a_closing_type_fits_the_state(cast: Cast) -> None:
    dispute = cast.registered()
    for status, types in CLOSING_TYPES.items():
        put(dispute, status)
        wrong = next(one for one in ClosingType if one not in types)
        with pytest.raises(RuleBroken, match="not closed in this way"), cast.acting() as change:
            close_as(change, dispute, wrong)
        with cast.acting() as change:
            close_as(change, dispute, types[0])
        assert (dispute.status, dispute.closing_type) == (DisputeStatus.CLOSED, types[0])


def test_every_state_that_can_be_closed_knows_how() -> None:
    assert set(CLOSING_TYPES) == MOVES[Move.CLOSE][0]


def test_the_lead_goes_with_the_hand_over_and_comes_back(cast: Cast, clock: Clock) -> None:
    dispute = cast.whistled().dispute
    first, second = cast.unit("综合执法局"), cast.unit("住建局")
    for unit in (first, second):
        with cast.acting() as change:
            hand_over(change, dispute, HandOverOrder(unit.id, "值班负责人", TODAY + timedelta(days=7)))
        assert units_with(dispute, Part.LEAD) == [unit]
        with cast.acting() as change:
            take_back(change, dispute, "不属其职责")
        assert units_with(dispute, Part.LEAD) == []
    assert dispute.status is DisputeStatus.ACCEPTED


@pytest.mark.parametrize(("person", "days", "field"), [("", 7, "hand_over_person"), ("某队长", -1, "reply_by")])
def test_a_hand_over_names_a_person_and_a_day_to_come(cast: Cast, person: str, days: int, field: str) -> None:
    dispute = cast.whistled().dispute
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        hand_over(change, dispute, HandOverOrder(cast.unit("住建局").id, person, TODAY + timedelta(days=days)))
    assert refused.value.field == field
    assert dispute.status is DisputeStatus.ACCEPTED


def test_a_reply_stands_as_it_was_taken_down(cast: Cast) -> None:
    dispute = cast.whistled().dispute
    with cast.acting() as change:
        row = hand_over(change, dispute, HandOverOrder(cast.unit("住建局").id, "某科长", TODAY))
    with cast.acting() as change:
        row.note_reply(change, "已责令整改")
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        row.note_reply(change, "另一种说法")
    assert row.reply == "已责令整改"
