"""Follow-ups plan themselves, move and fall away with the record; calls end them; what comes back is counted."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from models.change import Change
from models.closing import close
from models.completion import Particulars, complete
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.follow_up import FollowUp, FollowUpReason
from models.follow_up_call import CallOutcome, CallReport, Satisfaction, Sign, note_follow_up
from models.lifecycle import ClosingType, DisputeStatus
from models.performance import note_performance
from models.reopening import Rebounds, Reopening, ReopeningKind, rebounds, reopen
from models.risk import Risk
from tests.models.test_performance import DUE, TODAY, agreed, pay
from tests.support.cast import LEADER, MEDIATOR, Cast
from tests.support.clock import Clock
from transaction import db

R = FollowUpReason


def waiting(dispute: Dispute) -> list[tuple[R, date]]:
    rows = db.session.scalars(select(FollowUp).where(FollowUp.dispute_id == dispute.id).order_by(FollowUp.due_on))
    return [(row.reason, row.due_on) for row in rows if row.is_open]


def the(dispute: Dispute, reason: R) -> FollowUp:
    rows = db.session.scalars(
        select(FollowUp).where(FollowUp.dispute_id == dispute.id, FollowUp.reason == reason).order_by(FollowUp.id)
    )
    return next(row for row in rows if row.is_open)


def settle(change: Change, dispute: Dispute) -> None:
    close(change, dispute, ClosingType.SETTLED_WRITTEN, TODAY, DUE)


def tick(cast: Cast, dispute: Dispute, *risks: Risk) -> None:

    with cast.acting() as change:
        complete(change, dispute, dispute.version, replace(Particulars.of(dispute), risks=set(risks)))


def call(cast: Cast, row: FollowUp, outcome: CallOutcome, who: str = LEADER, **said: object) -> None:
    with cast.acting(who) as change:
        note_follow_up(change, row, CallReport(outcome, **said))  # type: ignore[arg-type]


TERMS = [(R.TERM, DUE), (R.TERM, date(2026, 12, 5)), (R.TERM, date(2027, 1, 1))]


def test_an_agreement_plans_seven_days_and_each_due_day(cast: Cast) -> None:
    agreement = agreed(cast)
    assert waiting(agreement.mediation.dispute) == [(R.AGREEMENT, date(2026, 11, 30)), *TERMS]
    owner = the(agreement.mediation.dispute, R.TERM).owner
    assert owner is not None
    assert owner.username == MEDIATOR


def test_what_is_performed_is_not_asked_about_and_what_is_struck_is_again(cast: Cast) -> None:
    agreement = agreed(cast)
    dispute, term = agreement.mediation.dispute, agreement.terms[0]
    pay(cast, term, 100_00)
    assert (R.TERM, DUE) in waiting(dispute)
    pay(cast, term)
    assert (R.TERM, DUE) not in waiting(dispute)
    with cast.acting() as change:
        term.performances[1].strike(change, "没有到账")
    assert (R.TERM, DUE) in waiting(dispute)


def test_a_closing_plans_a_month_and_belongs_to_no_mediator(cast: Cast) -> None:
    dispute = agreed(cast).mediation.dispute
    with cast.acting() as change:
        settle(change, dispute)
    assert (R.CLOSING, date(2026, 12, 23)) in waiting(dispute)
    assert the(dispute, R.CLOSING).owner is None


def test_the_days_are_the_centres(cast: Cast) -> None:
    with cast.acting() as change:
        cast.centre.change_setting(change, "follow_up_agreement", 3)
    assert waiting(agreed(cast).mediation.dispute)[0] == (R.AGREEMENT, date(2026, 11, 26))


def test_red_risk_is_visited_four_times_instead(cast: Cast) -> None:
    dispute = agreed(cast).mediation.dispute
    tick(cast, dispute, Risk.AGITATED)
    assert (R.AGREEMENT, date(2026, 11, 30)) in waiting(dispute)
    tick(cast, dispute, Risk.THREAT)
    red = [due for reason, due in waiting(dispute) if reason is R.RISK]
    assert red == [date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 23)]
    assert R.AGREEMENT not in [reason for reason, _due in waiting(dispute)]
    tick(cast, dispute)
    assert waiting(dispute) == [(R.AGREEMENT, date(2026, 11, 30)), *TERMS]


def test_a_result_ends_it_and_a_second_one_changes_nothing(cast: Cast) -> None:
    dispute = agreed(cast).mediation.dispute
    row = the(dispute, R.AGREEMENT)
    call(cast, row, CallOutcome.UNPERFORMED, signs=[Sign.NEW_QUARREL], satisfaction=Satisfaction.FAIRLY)
    call(cast, row, CallOutcome.PERFORMED)
    assert [(one.outcome, [sign.sign for sign in one.signs]) for one in row.calls] == [
        (CallOutcome.UNPERFORMED, [Sign.NEW_QUARREL])
    ]
    tick(cast, dispute, Risk.AGITATED)  # planning again does not make up for what was done
    assert (R.AGREEMENT, date(2026, 11, 30)) not in waiting(dispute)


def test_three_calls_that_nobody_answers_end_it(cast: Cast) -> None:
    row = the(agreed(cast).mediation.dispute, R.AGREEMENT)
    for due in (date(2026, 11, 24), date(2026, 11, 24)):
        call(cast, row, CallOutcome.NO_ANSWER)
        assert (row.due_on, row.is_open) == (due, True)
    call(cast, row, CallOutcome.NO_ANSWER)
    assert not row.is_open


def test_another_day_is_the_chosen_one_or_the_next_working_day(cast: Cast, clock: Clock) -> None:
    clock.advance(days=4)  # a Friday
    row = the(agreed(cast).mediation.dispute, R.AGREEMENT)
    call(cast, row, CallOutcome.ANOTHER_DAY)
    assert row.due_on == date(2026, 11, 30)
    call(cast, row, CallOutcome.ANOTHER_DAY, next_on=date(2026, 12, 8))
    assert row.due_on == date(2026, 12, 8)
    with pytest.raises(RuleBroken, match="day to come"):
        call(cast, row, CallOutcome.ANOTHER_DAY, next_on=date(2026, 11, 27))


def test_the_mediator_does_not_ask_how_satisfied_people_are(cast: Cast) -> None:
    row = the(agreed(cast).mediation.dispute, R.AGREEMENT)
    for who, said, field in (
        (MEDIATOR, {"satisfaction": Satisfaction.VERY}, "satisfaction"),
        (LEADER, {"satisfaction": Satisfaction.DISSATISFIED}, "advice"),
    ):
        with pytest.raises(RuleBroken) as refused:
            call(cast, row, CallOutcome.PERFORMED, who, **said)
        assert refused.value.field == field
    with pytest.raises(RuleBroken, match="Nobody was reached"):
        call(cast, row, CallOutcome.NO_ANSWER, satisfaction=Satisfaction.VERY)
    call(cast, row, CallOutcome.PERFORMED, MEDIATOR)
    assert row.calls[0].satisfaction is Satisfaction.NOT_ASKED


def test_reopening_keeps_the_number_voids_the_visits_and_counts_within_ninety_days(cast: Cast, clock: Clock) -> None:
    dispute = agreed(cast).mediation.dispute
    number, papers = dispute.number, len(dispute.sessions)
    with cast.acting() as change:
        settle(change, dispute)
    row = the(dispute, R.CLOSING)
    clock.advance(days=90)
    with cast.acting() as change:
        reopen(change, dispute, "又起争执")
    kept = db.session.scalars(select(Reopening)).one()
    assert (kept.kind, kept.days, kept.is_rebound) == (ReopeningKind.REBOUND, 90, True)
    assert (dispute.status, dispute.number, len(dispute.sessions)) == (DisputeStatus.ACCEPTED, number, papers)
    assert waiting(dispute) == []
    assert rebounds(db.session(), cast.centre.id, clock.now) == Rebounds(1, 1)
    with pytest.raises(TransitionNotAllowed, match="not needed"):
        call(cast, row, CallOutcome.PERFORMED)


@pytest.mark.parametrize(("kind", "days"), [(ReopeningKind.MISTAKE, 1), (ReopeningKind.REBOUND, 91)])
def test_a_mistake_and_a_late_return_are_no_rebound(cast: Cast, clock: Clock, kind: ReopeningKind, days: int) -> None:
    dispute = agreed(cast).mediation.dispute
    with cast.acting() as change:
        settle(change, dispute)
    clock.advance(days=days)
    with cast.acting() as change:
        reopen(change, dispute, "重新办理", kind)
    assert not db.session.scalars(select(Reopening)).one().is_rebound
    assert rebounds(db.session(), cast.centre.id, clock.now).number == 0


def test_performing_everything_leaves_only_the_question_after_the_agreement(cast: Cast) -> None:
    agreement = agreed(cast)
    with cast.acting() as change:
        for term in agreement.terms:
            note_performance(change, term, TODAY)
    assert waiting(agreement.mediation.dispute) == [(R.AGREEMENT, date(2026, 11, 30))]
