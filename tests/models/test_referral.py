"""A court's referral from its sending to its way back: clocks, steps, what may not be, and what the file then says."""

from datetime import date

import pytest

from models.agreement import TermDraft
from models.conclusion import Ground, Outcome
from models.contact_attempt import AttemptResult, note_attempt
from models.court_number import court_number_problem
from models.dispute_unit import Part, units_with
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.lifecycle import DisputeStatus
from models.mediation import MediationSession
from models.natures import Nature
from models.referral_answer import Acceptance, accept, appoint, consent, decline, roster, same_parties
from models.referral_course import (
    CourtMode,
    EndGround,
    MediatorChoice,
    Procedure,
    ReferralStatus,
    ReferralStep,
    SuccessWay,
    Suitability,
)
from models.referral_end import Proposal, Report, fail, proposal, state_facts, succeed, take_to_court
from tests.models.test_mediation import conclude
from tests.support.cast import CLERK, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.court import NUMBER, TODAY, in_mediation, letter, mediator, received, sent, suit, taken
from tests.support.databases import only_sqlite
from tests.support.deadlines import one, running
from transaction import db, now

ALL = set(Suitability)
PAY = TermDraft(date(2026, 11, 30), payer="甘州某建材公司", amount_fen=3_000_000)


def said(referral: object) -> Proposal | None:
    db.session.expire_all()
    return proposal(db.session(), referral, now())  # type: ignore[arg-type]


def session_of(cast: Cast, referral: object) -> MediationSession:
    with cast.acting(MEDIATOR) as change:
        return MediationSession.open(change, referral.dispute, Nature.COURT_ENTRUSTED,  # type: ignore[attr-defined]
                                     cast.body("甘州区人民调解委员会"), mediator(cast), None, None, [])  # fmt: skip


# Signed on Monday, 23 November 2026: the first day does not count, a last day that is free moves on.
CLOCKS = [
    ({}, "court_assigned", "2026-12-23", "2027-01-22"),
    (suit(), "court_ordinary", "2026-12-08", "2027-01-07"),
    (suit(Procedure.SUMMARY), "court_summary", "2026-11-30", "2026-12-30"),
]


@only_sqlite
@pytest.mark.parametrize(("facts", "code", "due", "longer"), CLOCKS)
def test_the_clock_of_each_mode_runs_from_the_signature(
    cast: Cast, clock: Clock, facts: dict[str, object], code: str, due: str, longer: str
) -> None:
    referral = received(cast, **facts)
    assert referral.answer_due_on == date(2026, 11, 26)
    clock.advance(days=2)
    with cast.acting() as change:
        accept(change, referral, referral.version, Acceptance(ALL, cast.category("买卖合同")))
    asking = {} if referral.both_agreed else {"asking_consent": "2026-11-30"}
    assert running(referral.dispute) == {code: due} | asking
    deadline = one(referral.dispute, code)
    with cast.acting() as change:
        deadline.extend(change, deadline.version, 30, "同意延长笔录", "双方", TODAY)
    assert deadline.due_on.isoformat() == longer
    if referral.mode is CourtMode.ENTRUSTED:
        with pytest.raises(RuleBroken), cast.acting() as change:
            deadline.extend(change, deadline.version, 1, "再延", "双方", TODAY)


@pytest.mark.parametrize(("number", "is_good"), [
    ("(2026)甘0702民初123号", True), ("（2024）甘0702诉前调 45号", True), ("(2026)甘07民终1号之一", True),
    ("(2026)最高法民申12号", True), ("2026-123", False), ("(26)甘0702民初1号", False), ("(2026)甘0702民初号", False),
])  # fmt: skip
def test_numbers_of_courts_have_a_shape(number: str, is_good: bool) -> None:
    assert (court_number_problem(number) is None) == is_good


def test_what_is_taken_on_is_a_dispute_with_nothing_typed_twice(cast: Cast) -> None:
    referral = taken(cast, number=NUMBER)
    dispute, sealer = referral.dispute, cast.app.extensions["sealer"]
    assert (dispute.status, dispute.demand, dispute.amount_fen) == (DisputeStatus.ACCEPTED, referral.claim, 3_000_000)
    assert [(party.side.value, party.name, party.clear(sealer, "phone")) for party in dispute.parties] == [
        ("applicant", "祁万福", "19000000061"), ("respondent", "甘州某建材公司", "19000000062")]  # fmt: skip
    assert [unit.name for unit in units_with(dispute, Part.COURT)] == ["区人民法院"]
    assert (dispute.on_board_since, dispute.visits[0].channel.value) == (None, "court")
    with cast.acting() as change:
        referral.renumber(change, "(2026)甘0702民初124号")
    assert (referral.number, len(referral.numbers)) == ("(2026)甘0702民初124号", 2)


def test_a_matter_that_is_in_the_house_already_is_linked(cast: Cast) -> None:
    known = taken(cast).dispute
    referral = received(cast, number=NUMBER)
    assert same_parties(db.session(), referral) == [known]
    with cast.acting() as change:
        accept(change, referral, referral.version, Acceptance(ALL, known.category, known))
    assert referral.dispute is known
    assert len(known.parties) == 2


@only_sqlite
def test_what_a_letter_cannot_be(cast: Cast) -> None:
    parties = letter(cast).parties
    wrong = [({**suit(), "procedure": None}, "procedure"), ({**suit(), "number": ""}, "number"),
             ({"number": "123"}, "number"), ({"claim": " "}, "claim"),
             ({"parties": parties[:1]}, "parties")]  # fmt: skip
    for facts, field in wrong:
        with pytest.raises(RuleBroken) as refused:
            sent(cast, **facts)
        assert refused.value.field == field
    sent(cast, **suit())
    with pytest.raises(RuleBroken, match="already"):
        sent(cast, **suit(number="（2026）甘0702民初 123号"))
    with cast.acting("jingchunsheng") as change:
        cast.centre.change_setting(change, "mode_assigned", False)
    with pytest.raises(RuleBroken) as refused:
        sent(cast)
    assert refused.value.field == "mode"


def test_declined_with_a_reason_and_unsuitable_is_not_taken(cast: Cast) -> None:
    referral = received(cast)
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        accept(change, referral, referral.version, Acceptance({Suitability.FACTS}, cast.category("买卖合同")))
    assert refused.value.field == "suitability"
    with pytest.raises(RuleBroken), cast.acting() as change:
        decline(change, referral, referral.version, " ")
    with cast.acting() as change:
        decline(change, referral, referral.version, "需要确认身份关系")
    assert (referral.status, referral.ended_on, referral.dispute) == (ReferralStatus.DECLINED, TODAY, None)
    with pytest.raises((TransitionNotAllowed, Stale)), cast.acting() as change:
        accept(change, referral, referral.version, Acceptance(ALL, cast.category("买卖合同")))


def test_three_failed_attempts_are_a_ground_and_two_are_not(cast: Cast) -> None:
    referral = taken(cast)
    other = referral.dispute.parties[1]
    report = Report(EndGround.UNREACHABLE, "三次电话未接")
    for number in range(3):
        assert said(referral) is None
        if number == 2:
            with pytest.raises(RuleBroken), cast.acting() as change:
                fail(change, referral, referral.version, report)
        with cast.acting() as change:
            note_attempt(change, referral, other, AttemptResult.NO_ANSWER)
    assert said(referral) == Proposal(ReferralStep.FAIL, EndGround.UNREACHABLE)
    with cast.acting() as change:
        fail(change, referral, referral.version, report)
    assert (referral.status, referral.dispute.status) == (ReferralStatus.FAILED, DisputeStatus.NOT_AGREED)
    assert running(referral.dispute) == {}


def test_no_consent_and_time_out_are_proposed_and_nothing_goes_back_by_itself(cast: Cast, clock: Clock) -> None:
    waiting, working = taken(cast), in_mediation(cast, **suit(Procedure.SUMMARY))
    assert (said(waiting), said(working)) == (None, None)
    with pytest.raises(RuleBroken), cast.acting() as change:
        fail(change, working, working.version, Report(EndGround.TIME_OUT, "期限届满"))
    clock.advance(days=8)
    assert said(waiting) == Proposal(ReferralStep.FAIL, EndGround.NO_CONSENT)
    assert said(working) == Proposal(ReferralStep.FAIL, EndGround.TIME_OUT)
    assert working.status is ReferralStatus.IN_MEDIATION
    with cast.acting() as change:
        fail(change, working, working.version, Report(EndGround.TIME_OUT, "期限届满"))
    assert working.status is ReferralStatus.FAILED


def test_a_mediator_comes_from_the_roster_and_may_be_replaced(cast: Cast) -> None:
    referral = taken(cast, both_agreed=True)
    with pytest.raises(RuleBroken), cast.acting() as change:
        appoint(change, referral, referral.version, cast.person(CLERK), MediatorChoice.HOUSE)
    first, load = roster(db.session(), referral)[0]
    assert load == 0
    for person in (first, mediator(cast)):
        with cast.acting() as change:
            appoint(change, referral, referral.version, person, MediatorChoice.HOUSE)
    assert referral.status is ReferralStatus.IN_MEDIATION
    assert dict(roster(db.session(), referral))[mediator(cast)] == 1


@pytest.mark.parametrize(("facts", "way", "wrong"), [
    ({}, SuccessWay.CONFIRM, SuccessWay.COURT_PAPER), (suit(), SuccessWay.SUIT_WITHDRAWN, SuccessWay.CONFIRM),
])  # fmt: skip
def test_success_is_proposed_and_only_an_assigned_matter_is_confirmed(
    cast: Cast, facts: dict[str, object], way: SuccessWay, wrong: SuccessWay
) -> None:
    referral = in_mediation(cast, **facts)
    session = session_of(cast, referral)
    conclude(cast, session, Outcome.AGREED, terms=[PAY])
    assert said(referral) == Proposal(ReferralStep.SUCCEED)
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        succeed(change, referral, referral.version, wrong)
    assert refused.value.field == "way"
    with cast.acting() as change:
        succeed(change, referral, referral.version, way)
    assert ("judicial_confirmation" in running(referral.dispute)) == (way is SuccessWay.CONFIRM)


def test_failure_keeps_the_facts_both_have_confirmed(cast: Cast) -> None:
    referral = in_mediation(cast)
    with cast.acting() as change:
        state_facts(change, referral, referral.version, "双方确认欠款三万元", TODAY)
    session = session_of(cast, referral)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.GAP, "差距大"))
    conclude(cast, session, Outcome.NOT_AGREED, ground=Ground.GAP, routes_told=True)
    assert said(referral) == Proposal(ReferralStep.FAIL, EndGround.GAP)
    with cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.GAP, "差距大", "被申请人两次无故不到"))
    assert (referral.undisputed, referral.dispute.status) == ("双方确认欠款三万元", DisputeStatus.NOT_AGREED)


def test_a_stale_page_changes_nothing_and_consent_is_given_once(cast: Cast) -> None:
    referral = taken(cast)
    old = referral.version
    with cast.acting() as change:
        consent(change, referral, old)
    with pytest.raises(Stale), cast.acting() as change:
        consent(change, referral, old)
    assert "asking_consent" not in running(referral.dispute)


def test_the_parties_own_matter_goes_to_the_court_once(cast: Cast) -> None:
    dispute, kind = cast.registered(), letter(cast).case_type
    found = set()
    for _again in range(2):
        with cast.acting() as change:
            found.add(take_to_court(change, dispute, cast.unit("区人民法院"), kind).id)
    assert len(found) == 1
