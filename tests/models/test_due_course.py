"""What starts and ends deadlines by itself: acceptance, session, agreement, hand-over, performance, reply."""

from datetime import date

import pytest

from models.agreement import AgreementForm, TermDraft
from models.conclusion import Conclusion, Ground, Outcome
from models.deadline import Deadline
from models.hand_over import HandOverOrder, hand_over, take_back
from models.light import Light
from models.natures import Nature
from models.registration import Entry, register
from models.visit import Channel
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.deadlines import accepted, agree, one, running, session
from transaction import db


@pytest.mark.parametrize(
    ("category", "code", "due"),
    [("消费", "people_mediation", "2026-12-23"), ("劳动争议", "labour_mediation", "2026-12-08"),
     ("医疗", "medical_mediation", "2027-01-05")],
)  # fmt: skip
def test_acceptance_starts_the_period_of_its_kind(cast: Cast, category: str, code: str, due: str) -> None:
    assert running(accepted(cast, category)) == {code: due}


def test_a_petition_is_answered_within_fifteen_days_and_handled_within_sixty(cast: Cast) -> None:
    with cast.acting() as change:
        entry = Entry(2, "宋佳", "19000000032", cast.category("消费"), "某公司", "退款", channel=Channel.PETITION)
        dispute = register(change, cast.centre, entry).dispute
    assert running(dispute) == {"petition_notice": "2026-12-08"}
    session(cast, dispute, Nature.PETITION)
    assert running(dispute) == {"petition_settlement": "2027-01-22"}
    assert one(dispute, "petition_notice").met_with == "已告知受理"
    assert one(dispute, "people_mediation").light(cast.app.extensions["clock"]()) is Light.VOID


def test_an_agreement_ends_the_mediation_and_starts_what_follows_it(cast: Cast) -> None:
    dispute = accepted(cast, "劳动争议")
    agree(
        cast,
        dispute,
        TermDraft(date(2026, 12, 20), "甘州某健身馆", "宋佳", 5000_00),
        TermDraft(date(2027, 1, 20), act="道歉"),
    )
    assert running(dispute) == {
        "term_due": "2027-01-20", "judicial_confirmation": "2026-12-23", "arbitration_review": "2026-12-08",
    }  # fmt: skip
    assert db.session.query(Deadline).filter_by(dispute_id=dispute.id, code="term_due").count() == 2
    assert one(dispute, "labour_mediation").met_with == "达成调解协议"


def test_a_day_the_parties_agreed_on_is_not_moved_by_a_weekend(cast: Cast) -> None:
    dispute = accepted(cast)
    agree(cast, dispute, TermDraft(date(2026, 12, 20), "甘州某健身馆", "宋佳", 100))
    assert one(dispute, "term_due").due_on == date(2026, 12, 20)


def test_an_oral_agreement_cannot_be_confirmed(cast: Cast) -> None:
    dispute = accepted(cast)
    agree(cast, dispute, TermDraft(date(2026, 12, 20), act="道歉"), form=AgreementForm.ORAL)
    assert "judicial_confirmation" not in running(dispute)


def test_no_day_runs_for_what_a_court_does_not_confirm(cast: Cast) -> None:
    dispute = accepted(cast, "离婚")
    agree(cast, dispute, TermDraft(date(2026, 12, 20), act="归还衣物2箱", proof="收条"))
    assert "judicial_confirmation" not in running(dispute)


def test_performance_meets_its_own_term(cast: Cast, clock: Clock) -> None:
    dispute = accepted(cast)
    agree(
        cast,
        dispute,
        TermDraft(date(2026, 12, 1), "甘州某健身馆", "宋佳", 100),
        TermDraft(date(2026, 12, 9), act="道歉"),
    )
    clock.advance(days=9)
    first = dispute.sessions[-1].agreement.terms[0]
    with cast.acting() as change:
        first.perform(change, date(2026, 12, 2))
    terms = db.session.query(Deadline).filter_by(dispute_id=dispute.id, code="term_due").order_by(Deadline.id).all()
    assert [term.light(clock.now) for term in terms] == [Light.MET_LATE, Light.SOON]


def test_the_unit_owns_the_reply_to_a_hand_over(cast: Cast, clock: Clock) -> None:
    dispute, unit = accepted(cast), cast.unit("市场监管局")
    with cast.acting() as change:
        row = hand_over(change, dispute, HandOverOrder(unit.id, "汪海燕", date(2026, 11, 30)))
    reply = one(dispute, "hand_over_reply")
    assert (reply.unit_id, reply.due_on, reply.is_promise) == (unit.id, date(2026, 11, 30), True)
    assert one(dispute, "people_mediation").met_with == "已转办理"
    clock.advance(days=8)
    assert reply.light(clock.now) is Light.LATE
    with cast.acting() as change:
        row.note_reply(change, "已退款")
    assert reply.light(clock.now) is Light.MET_LATE


def test_taken_back_the_reply_is_not_awaited_and_mediation_has_its_period_again(cast: Cast, clock: Clock) -> None:
    dispute = accepted(cast)
    with cast.acting() as change:
        hand_over(change, dispute, HandOverOrder(cast.unit("住建局").id, "汪海燕", date(2026, 12, 30)))
    clock.advance(days=1)
    with cast.acting() as change:
        take_back(change, dispute, "改由中心调解")
    assert running(dispute) == {"people_mediation": "2026-12-24"}
    assert one(dispute, "hand_over_reply").void_reason


@pytest.mark.parametrize("outcome", [Outcome.NOT_AGREED, Outcome.WITHDRAWN])
def test_every_end_of_the_mediation_ends_its_period(cast: Cast, outcome: Outcome) -> None:
    dispute = accepted(cast)
    sitting = session(cast, dispute)
    end = Conclusion(outcome, reason="撤回", ground=Ground.GAP, routes_told=True)
    with cast.acting(MEDIATOR) as change:
        sitting.conclude(change, sitting.version, end)
    assert running(dispute) == {}


@only_sqlite
@pytest.mark.parametrize(("category", "for_appraisal", "due"), [
    ("消费", True, "2026-12-28"), ("消费", False, "2026-12-23"), ("劳动争议", True, "2026-12-08"),
])  # fmt: skip
def test_only_an_appraisal_stops_the_period_and_only_where_the_law_says_so(
    cast: Cast, clock: Clock, category: str, for_appraisal: bool, due: str
) -> None:
    sitting = session(cast, accepted(cast, category))
    with cast.acting(MEDIATOR) as change:
        end = Conclusion(Outcome.SUSPENDED, reason="委托鉴定", for_appraisal=for_appraisal)
        sitting.conclude(change, sitting.version, end)
    clock.advance(days=5)
    session(cast, sitting.dispute)
    assert set(running(sitting.dispute).values()) == {due}
