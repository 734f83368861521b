"""What the court does not confirm: a new agreement or a suit; and suspicion of sham mediation, stopped and reported."""

import pytest

from models.closing import close
from models.conclusion import Outcome
from models.confirmation_application import RulingResult, application_of, apply_for_confirmation
from models.dismissal import mediate_anew
from models.errors import RuleBroken, TransitionNotAllowed
from models.filing_handover import FilingHandover, Pack, handover_of, prepare_handover
from models.lifecycle import ClosingType, DisputeStatus
from models.mediation import MediationSession
from models.natures import Nature
from models.outbox import Message
from models.referral import CourtReferral
from models.referral_course import EndGround, ReferralStatus, ReferralStep, SuccessWay
from models.referral_end import Proposal, Report, agreement_of, fail, proposal, succeed
from models.referral_nodes import nodes
from papers.court_pack import pack
from papers.court_reading import case_of
from tests.models.test_court_way_out import PAY, agreed
from tests.models.test_mediation import conclude
from tests.papers.test_index import matter
from tests.support.cast import MEDIATOR, Cast
from tests.support.court import COURT_DESK, TODAY, in_mediation, mediator
from tests.support.databases import only_sqlite
from tests.support.deadlines import one, running
from transaction import db, now


def dismissed(cast: Cast) -> CourtReferral:
    referral = agreed(cast)
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
        apply_for_confirmation(change, agreement_of(referral), TODAY)
    rule(cast, referral, RulingResult.DISMISSED)
    return referral


def rule(cast: Cast, referral: CourtReferral, result: RulingResult) -> None:
    row = application_of(db.session(), agreement_of(referral))
    with cast.acting(COURT_DESK) as change:
        row.accept(change, TODAY)
        row.rule(change, TODAY, result, reason="协议内容不明确")


def test_after_a_dismissal_both_agree_anew_and_ask_once_more(cast: Cast) -> None:
    referral = dismissed(cast)
    assert proposal(db.session(), referral, now()) == Proposal(ReferralStep.RESUME)
    first = agreement_of(referral)
    with cast.acting() as change:
        mediate_anew(change, referral, referral.version)
    over = next(node for node in nodes(db.session(), referral) if node.name == "Mediation over")
    assert (over.on, over.due_on) == (None, one(referral.dispute, "people_mediation").due_on)
    assert (referral.status, referral.dispute.status) == (ReferralStatus.IN_MEDIATION, DisputeStatus.SUSPENDED)
    assert first.lapsed_at is not None
    assert set(running(referral.dispute)) == {"people_mediation"}
    with cast.acting(MEDIATOR) as change:
        session = MediationSession.open(change, referral.dispute, Nature.COURT_ENTRUSTED,
                                        cast.body("甘州区人民调解委员会"), mediator(cast), None, None, [])  # fmt: skip
    conclude(cast, session, Outcome.AGREED, terms=[PAY])
    assert proposal(db.session(), referral, now()) == Proposal(ReferralStep.SUCCEED)
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
        apply_for_confirmation(change, agreement_of(referral), TODAY)
    rule(cast, referral, RulingResult.VALID)
    assert application_of(db.session(), agreement_of(referral)).result is RulingResult.VALID
    assert referral.dispute.status is DisputeStatus.AGREED


@only_sqlite
def test_after_a_dismissal_the_matter_may_go_to_the_court_as_a_suit(cast: Cast) -> None:
    referral = dismissed(cast)
    with cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.DISMISSED, "协议内容不明确"))
        row = prepare_handover(change, referral)
    assert (row.pack, referral.dispute.status) == (Pack.FILING, DisputeStatus.NOT_AGREED)
    assert (referral.way, handover_of(db.session(), referral)) == (None, row)
    assert [one.pack for one in db.session.query(FilingHandover).order_by("id")] == [Pack.CONFIRM, Pack.FILING]
    steps = [node.name for node in nodes(db.session(), referral)]
    assert steps.index("Ruling of the court") < steps.index("Pack handed to the court")
    text = repr(pack(case_of(db.session(), referral, cast.app.extensions["sealer"]), matter(cast, referral.dispute)))
    assert "人民法院裁定驳回司法确认申请" in text
    assert "协议内容不明确" in text
    assert running(referral.dispute) == {}


@only_sqlite
def test_only_a_dismissal_opens_what_was_agreed_and_a_closed_file_is_reopened_first(cast: Cast) -> None:
    referral = agreed(cast)
    with cast.acting() as change:
        succeed(change, referral, referral.version, SuccessWay.CONFIRM)
    other = in_mediation(cast, number="(2026)甘0702诉前调8号")
    with pytest.raises(RuleBroken, match="has not dismissed"), cast.acting() as change:
        fail(change, other, other.version, Report(EndGround.DISMISSED, "未确认"))
    for verb in (lambda change: mediate_anew(change, referral, referral.version),
                 lambda change: fail(change, referral, referral.version, Report(EndGround.GAP, "反悔"))):  # fmt: skip
        with pytest.raises((TransitionNotAllowed, RuleBroken)), cast.acting() as change:
            verb(change)
    with cast.acting() as change:
        apply_for_confirmation(change, agreement_of(referral), TODAY)
        close(change, referral.dispute, ClosingType.SETTLED_WRITTEN, TODAY, TODAY)
    rule(cast, referral, RulingResult.DISMISSED)
    with pytest.raises(RuleBroken, match="reopen"), cast.acting() as change:
        mediate_anew(change, referral, referral.version)


@only_sqlite
def test_suspicion_of_sham_mediation_stops_it_and_tells_the_leader(cast: Cast) -> None:
    referral = in_mediation(cast)
    with cast.acting(MEDIATOR) as change:
        session = MediationSession.open(change, referral.dispute, Nature.COURT_ENTRUSTED,
                                        cast.body("甘州区人民调解委员会"), mediator(cast), None, None, [])  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        fail(change, referral, referral.version, Report(EndGround.SHAM, "双方对借款经过陈述一致但无凭证"))
    assert (referral.status, referral.dispute.status) == (ReferralStatus.FAILED, DisputeStatus.NOT_AGREED)
    assert (session.outcome, session.reason) == (Outcome.SUSPENDED, "涉嫌虚假调解，停止调解")
    assert [one.recipient_kind for one in db.session.query(Message).filter_by(template="sham")] == ["leader"]
