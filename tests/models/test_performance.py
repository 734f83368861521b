"""What was paid or done under a term: receipts add up, wrong ones are struck out, a breach has its way on."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.agreement import Agreement, AgreementForm, Term, TermDraft
from models.breach import ReminderChannel, is_in_default, is_overdue, remind, reminder_words, whole_rest
from models.closing import close
from models.conclusion import Conclusion, Outcome
from models.due_course import running
from models.enforcement import CourtRuling, Way, next_way
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.event_kinds import EventKind
from models.lifecycle import ClosingType, Move
from models.mediation import MediationSession
from models.natures import Nature
from models.performance import PaidBy, note_performance
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from transaction import db

TODAY = date(2026, 11, 23)
DUE, NEXT = date(2026, 12, 1), date(2027, 1, 1)


def agreed(cast: Cast, category: str = "消费", nature: Nature = Nature.PEOPLES, body: str = "甘州区人民调解委员会",
           clause: str = "逾期一次付清") -> Agreement:  # fmt: skip
    """900 yuan on 1 December, 600 on 1 January, and the card cancelled on 5 December."""
    dispute = cast.registered(category=category)
    terms = [TermDraft(DUE, "甘州某健身馆", "宋佳", 900_00), TermDraft(NEXT, "甘州某健身馆", "宋佳", 600_00),
             TermDraft(date(2026, 12, 5), act="注销会员卡")]  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        session = MediationSession.open(change, dispute, nature, cast.body(body), cast.person(MEDIATOR), None, None, [])
        session.conclude(change, session.version, Conclusion(Outcome.AGREED, default_clause=clause, terms=terms))
    assert session.agreement is not None
    return session.agreement


def pay(cast: Cast, term: Term, fen: int | None = None, on: date = TODAY) -> None:
    with cast.acting(MEDIATOR) as change:
        note_performance(change, term, on, fen, PaidBy.CASH, "收条一张")


def kinds(*wanted: EventKind) -> list[str]:
    return [kind for kind in db.session.scalars(select(Event.kind).order_by(Event.id)) if kind in wanted]


def test_a_part_payment_leaves_the_rest_due(cast: Cast) -> None:
    term = agreed(cast).terms[0]
    pay(cast, term, 300_00)
    assert (term.paid_fen, term.rest_fen, term.performed_on) == (300_00, 600_00, None)
    pay(cast, term, 600_00)
    assert (term.paid_fen, term.rest_fen, term.performed_on) == (900_00, 0, TODAY)
    assert kinds(EventKind.TERM_PAY_PART, EventKind.TERM_PERFORM) == [EventKind.TERM_PAY_PART, EventKind.TERM_PERFORM]


def test_without_an_amount_the_whole_rest_was_paid_and_an_act_is_done(cast: Cast) -> None:
    first, _second, act = agreed(cast).terms
    pay(cast, first, 1)
    pay(cast, first)
    pay(cast, act)
    assert [entry.amount_fen for entry in first.performances] == [1, 899_99]
    assert (first.performed_on, act.performed_on, act.performances[0].paid_by) == (TODAY, TODAY, None)


@pytest.mark.parametrize(("fen", "on", "field"), [
    (900_01, TODAY, "amount_fen"), (0, TODAY, "amount_fen"), (1, TODAY + timedelta(days=1), "performed_on"),
])  # fmt: skip
def test_more_than_is_due_nothing_and_tomorrow_are_refused(cast: Cast, fen: int, on: date, field: str) -> None:
    term = agreed(cast).terms[0]
    with pytest.raises(RuleBroken) as refused:
        pay(cast, term, fen, on)
    assert refused.value.field == field
    assert term.performances == []


def test_a_covered_term_takes_no_more(cast: Cast) -> None:
    term = agreed(cast).terms[0]
    pay(cast, term)
    pay(cast, term)
    assert len(term.performances) == 1


def test_a_wrong_entry_is_struck_out_with_its_reason_and_stays(cast: Cast) -> None:
    agreement = agreed(cast)
    term, dispute = agreement.terms[0], agreement.mediation.dispute
    pay(cast, term)
    assert dispute.next_on == date(2026, 12, 5)
    with pytest.raises(RuleBroken, match="reason"), cast.acting() as change:
        term.performances[0].strike(change, " ")
    for _again in range(2):
        with cast.acting() as change:
            term.performances[0].strike(change, "登记到别的案件")
    assert (term.performed_on, term.rest_fen, dispute.next_on) == (None, 900_00, DUE)
    assert term.performances[0].strike_reason == "登记到别的案件"
    assert kinds(EventKind.TERM_STRIKE) == [EventKind.TERM_STRIKE]
    pay(cast, term, 100_00)
    assert len(term.performances) == 2


def test_an_archived_file_takes_no_entry(cast: Cast) -> None:
    agreement = agreed(cast)
    dispute = agreement.mediation.dispute

    with cast.acting() as change:
        close(change, dispute, ClosingType.SETTLED_WRITTEN, TODAY, DUE)
        dispute.advance(change, Move.ARCHIVE)
    with pytest.raises(TransitionNotAllowed, match="archived"):
        pay(cast, agreement.terms[0])


def test_the_default_clause_shows_the_whole_rest_once_something_is_overdue(cast: Cast) -> None:
    agreement = agreed(cast)
    pay(cast, agreement.terms[0], 300_00)
    assert not is_in_default(agreement, DUE)
    assert is_in_default(agreement, DUE + timedelta(days=1))
    assert whole_rest(agreement) == 1_200_00
    assert not is_in_default(agreed(cast, clause=""), DUE + timedelta(days=1))


def test_a_reminder_is_possible_when_overdue_and_kept_once_a_day(cast: Cast, clock: Clock) -> None:
    term = agreed(cast).terms[0]
    with pytest.raises(TransitionNotAllowed, match="overdue"), cast.acting() as change:
        remind(change, term, ReminderChannel.TELEPHONE)
    clock.advance(days=9)
    for _again in range(2):
        with cast.acting() as change:
            remind(change, term, ReminderChannel.TELEPHONE)
    assert len(term.reminders) == 1
    assert kinds(EventKind.TERM_REMIND) == [EventKind.TERM_REMIND]
    assert not is_overdue(term, DUE)


def test_the_words_of_the_reminder_stand_alone(cast: Cast) -> None:
    agreement = agreed(cast)
    pay(cast, agreement.terms[0], 300_00)
    words = reminder_words(agreement.terms[0], cast.centre, date(2026, 12, 3))
    said = ("甘州某健身馆", "2026年11月23日", "2026年12月1日", "支付900元", "已付300元", "尚有600元", "逾期一次付清")
    for part in (*said, cast.centre.name):
        assert part in words
    assert "尚未登记履行" in reminder_words(agreement.terms[2], cast.centre, date(2026, 12, 9))


def test_what_comes_next_follows_from_nature_kind_and_ruling(cast: Cast, clock: Clock) -> None:
    plain = agreed(cast)
    labour = agreed(cast, "拖欠工资", Nature.INDUSTRY, "甘州区劳动争议人民调解委员会")
    witnessed = agreed(cast, "消费", Nature.WITNESSED, "甘州区综治中心")
    session = db.session()
    assert next_way(session, plain.terms[0]).way is Way.SUIT
    assert next_way(session, plain.terms[0]).law != next_way(session, witnessed.terms[0]).law
    assert next_way(session, labour.terms[0]).way is Way.PAYMENT_ORDER
    assert next_way(session, labour.terms[2]).way is Way.ARBITRATION
    clock.advance(days=3)
    with cast.acting() as change:
        CourtRuling.note(change, plain, date(2026, 11, 25), "(2026)甘0702民特12号")
    way = next_way(session, plain.terms[0])
    # The last instalment falls due on 1 January 2027; New Year's Day of 2029 is a Monday, and no day to end on.
    assert (way.way, way.until) == (Way.ENFORCEMENT, date(2029, 1, 2))


def test_a_ruling_lies_between_agreement_and_today_and_never_on_words_alone(cast: Cast) -> None:
    agreement = agreed(cast)
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(RuleBroken, match="ruling"), cast.acting() as change:
            CourtRuling.note(change, agreement, day)
    agreement.form = AgreementForm.ORAL
    db.session.commit()
    with pytest.raises(RuleBroken, match="oral"), cast.acting() as change:
        CourtRuling.note(change, agreement, TODAY)


def test_what_the_court_confirmed_is_not_waited_for_any_longer(cast: Cast) -> None:
    agreement = agreed(cast)
    with cast.acting() as change:
        assert running(change, agreement.mediation.dispute, "judicial_confirmation")
        CourtRuling.note(change, agreement, TODAY, "(2026)甘0702民特12号")
        assert running(change, agreement.mediation.dispute, "judicial_confirmation") == []
