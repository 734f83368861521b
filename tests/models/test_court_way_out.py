"""The way out of a court's matter: confirmed or dismissed, filed with priority or back to trial, and by whom."""

from datetime import date

import pytest

from models.agreement import TermDraft
from models.conclusion import Outcome
from models.confirmation import why_not
from models.confirmation_application import RulingResult, application_of, apply_for_confirmation
from models.enforcement import CourtRuling
from models.errors import RuleBroken, TransitionNotAllowed
from models.filing_handover import (
    Pack,
    file_referral,
    handover_of,
    may_release,
    prepare_handover,
    release_handover,
)
from models.mediation import MediationSession
from models.natures import Nature
from models.referral import CourtReferral
from models.referral_confirmation import ask_court
from models.referral_course import EndGround, ReferralStatus, SuccessWay
from models.referral_end import Report, agreement_of, fail, succeed
from models.referral_nodes import nodes
from papers.blocks import Paper
from papers.court_pack import pack
from papers.court_reading import case_of
from tests.models.test_mediation import conclude
from tests.papers.test_index import matter
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.court import COURT_DESK, TODAY, in_mediation, mediator, suit
from tests.support.databases import only_sqlite
from tests.support.deadlines import one, running
from transaction import db

PAY = TermDraft(date(2026, 11, 30), payer="甘州某建材公司", amount_fen=3_000_000)


def agreed(cast: Cast, **facts: object) -> CourtReferral:
    referral = in_mediation(cast, **facts)
    with cast.acting(MEDIATOR) as change:
        session = MediationSession.open(change, referral.dispute, Nature.COURT_ENTRUSTED,
                                        cast.body("甘州区人民调解委员会"), mediator(cast), None, None, [])  # fmt: skip
    conclude(cast, session, Outcome.AGREED, terms=[PAY])
    return referral


def failed(cast: Cast, **facts: object) -> CourtReferral:
    referral = in_mediation(cast, **facts)
    with cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.GAP, "差距大", "两次无故不到"))
    return referral


def said(paper: Paper) -> str:
    return repr(paper.blocks)


def test_an_assigned_matter_is_confirmed_within_thirty_days(cast: Cast, clock: Clock) -> None:
    referral = agreed(cast)
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
    agreement = agreement_of(referral)
    assert one(referral.dispute, "judicial_confirmation").due_on == date(2026, 12, 23)
    clock.advance(days=2)
    with pytest.raises(RuleBroken), cast.acting() as change:
        apply_for_confirmation(change, agreement, date(2026, 11, 26))
    found = set()
    for _again in range(2):
        with cast.acting() as change:
            found.add(apply_for_confirmation(change, agreement, date(2026, 11, 25)).id)
    assert len(found) == 1
    row = application_of(db.session(), agreement)
    assert one(referral.dispute, "confirmation_acceptance").due_on == date(2026, 11, 30)
    with pytest.raises(TransitionNotAllowed), cast.acting(COURT_DESK) as change:
        row.rule(change, date(2026, 11, 25), RulingResult.VALID)
    clock.advance(days=2)
    with cast.acting(COURT_DESK) as change:
        row.accept(change, date(2026, 11, 27))
    assert one(referral.dispute, "confirmation_ruling").due_on == date(2026, 12, 14)
    clock.advance(days=10)
    with cast.acting(COURT_DESK) as change:
        row.rule(change, date(2026, 12, 7), RulingResult.VALID, "(2026)甘0702民特12号")
    assert db.session.query(CourtRuling).one().number == "(2026)甘0702民特12号"
    assert set(running(referral.dispute)) == {"term_due"}


def test_too_late_is_too_late_and_a_dismissal_has_its_reason(cast: Cast, clock: Clock) -> None:
    referral = agreed(cast)
    agreement = agreement_of(referral)
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
        row = apply_for_confirmation(change, agreement, TODAY)
    with cast.acting(COURT_DESK) as change:
        row.accept(change, TODAY)
    with pytest.raises(RuleBroken) as refused, cast.acting(COURT_DESK) as change:
        row.rule(change, TODAY, RulingResult.DISMISSED)
    assert refused.value.field == "reason"
    with cast.acting(COURT_DESK) as change:
        row.rule(change, TODAY, RulingResult.DISMISSED, reason="协议内容不明确")
    assert (row.result, db.session.query(CourtRuling).count()) == (RulingResult.DISMISSED, 0)
    other = agreed(cast, number="(2026)甘0702诉前调9号")
    clock.advance(days=31)
    with pytest.raises(RuleBroken), cast.acting() as change:
        apply_for_confirmation(change, agreement_of(other), date(2026, 12, 24))


def test_the_agreement_on_a_suit_is_never_confirmed(cast: Cast) -> None:
    referral = agreed(cast, **suit())
    assert why_not(agreement_of(referral))
    with pytest.raises(RuleBroken), cast.acting() as change:
        apply_for_confirmation(change, agreement_of(referral), TODAY)


@pytest.mark.parametrize(("facts", "kind", "words", "not_said"), [
    ({}, Pack.FILING, "优先立案", "案件受理费"), (suit(), Pack.TRIAL, "案件受理费", "优先立案"),
])  # fmt: skip
def test_the_pack_asks_for_filing_or_for_trial(
    cast: Cast, facts: dict[str, object], kind: Pack, words: str, not_said: str
) -> None:
    referral = failed(cast, **facts)
    found = set()
    for _again in range(2):
        with cast.acting() as change:
            found.add(prepare_handover(change, referral).id)
    row = handover_of(db.session(), referral)
    assert (len(found), row.pack, referral.status) == (1, kind, ReferralStatus.RETURNED)
    text = said(pack(case_of(db.session(), referral, cast.app.extensions["sealer"]), matter(cast, referral.dispute)))
    assert words in text
    assert not_said not in text
    assert all(one in text for one in ("两次无故不到", "送货单", "祁万福", "无争议事实"))
    with cast.acting(COURT_DESK) as change:
        file_referral(change, referral, "(2026)甘0702民初300号", TODAY)
    assert (referral.status, referral.number) == (ReferralStatus.FILED, "(2026)甘0702民初300号")


def test_a_second_person_lets_the_pack_out_where_the_house_wants_it(cast: Cast) -> None:
    with cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, "pack_by_two", True)
    referral = failed(cast)
    with cast.acting() as change:
        prepare_handover(change, referral)
    with pytest.raises(RuleBroken), cast.acting(COURT_DESK) as change:
        file_referral(change, referral, "(2026)甘0702民初300号", TODAY)
    with pytest.raises(RuleBroken), cast.acting() as change:
        release_handover(change, referral)
    with cast.acting(LEADER) as change:
        release_handover(change, referral)
    assert referral.status is ReferralStatus.RETURNED


@only_sqlite
def test_an_agreement_is_let_out_by_a_second_person_as_well(cast: Cast) -> None:
    with cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, "pack_by_two", True)
    referral, sealer = agreed(cast), cast.app.extensions["sealer"]
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
    row = handover_of(db.session(), referral)
    assert (row.pack, row.released_at, case_of(db.session(), referral, sealer).has_left) == (Pack.CONFIRM, None, False)
    for verb in (release_handover, lambda change, one: ask_court(change, one, TODAY)):
        with pytest.raises(RuleBroken), cast.acting() as change:
            verb(change, referral)
    assert [may_release(db.session(), row, cast.person(one).id) for one in (CLERK, LEADER)] == [False, True]
    with cast.acting(LEADER) as change:
        release_handover(change, referral)
        ask_court(change, referral, TODAY)
    assert case_of(db.session(), referral, sealer).has_left
    assert referral.status is ReferralStatus.SUCCEEDED


@only_sqlite
def test_a_pack_that_waits_is_anybodys_to_let_out_once_the_rule_is_given_up(cast: Cast) -> None:
    for wanted in (True, False):
        with cast.acting(MANAGER) as change:
            cast.centre.change_setting(change, "pack_by_two", wanted)
        if wanted:
            referral = failed(cast)
            with cast.acting() as change:
                prepare_handover(change, referral)
    with cast.acting() as change:
        release_handover(change, referral)
    assert referral.status is ReferralStatus.RETURNED


@only_sqlite
def test_the_court_notes_its_own_paper_and_a_suit_that_was_withdrawn(cast: Cast) -> None:
    for place, (way, facts) in enumerate({SuccessWay.COURT_PAPER: suit(), SuccessWay.REPORT: {}}.items()):
        referral = agreed(cast, **{**facts, "number": f"(2026)甘0702民初{place + 1}号"})
        with cast.acting() as change:
            succeed(change, referral, referral.version, way)
        row = handover_of(db.session(), referral)
        assert row.awaits_court is (way is SuccessWay.COURT_PAPER)
        if row.awaits_court:
            with cast.acting(COURT_DESK) as change:
                file_referral(change, referral, "", TODAY)
            assert (row.filed_on, referral.status) == (TODAY, ReferralStatus.SUCCEEDED)
            assert ("Concluded by the court", TODAY) in [(one.name, one.on) for one in nodes(db.session(), referral)]
        else:
            with pytest.raises(RuleBroken), cast.acting(COURT_DESK) as change:
                file_referral(change, referral, "", TODAY)


@only_sqlite
def test_the_court_gives_itself_ten_more_days_once(cast: Cast, clock: Clock) -> None:
    referral = agreed(cast)
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
        row = ask_court(change, referral, TODAY)
    with pytest.raises(TransitionNotAllowed), cast.acting(COURT_DESK) as change:
        row.prolong(change, TODAY, "需要补充材料")
    with cast.acting(COURT_DESK) as change:
        row.accept(change, TODAY)
    for _again in range(2):
        with cast.acting(COURT_DESK) as change:
            row.prolong(change, TODAY, "需要补充材料")
    assert one(referral.dispute, "confirmation_ruling").due_on == date(2026, 12, 18)
