"""A supplement that changes terms: they follow when all have signed it, what ended stays with its reason."""

from datetime import date

import pytest
from sqlalchemy import select

from models.agreement import Agreement, TermDraft
from models.breach import is_overdue
from models.deadline import RUNNING, Deadline
from models.enforcement import CourtRuling
from models.errors import RuleBroken, Stale
from models.event import Event
from models.final_paper import FinalPaper
from models.follow_up import FollowUp, FollowUpReason
from models.lateness import unperformed
from models.performance import PaidBy, note_performance
from models.signer import Signer, SignerRole
from models.signing import strike
from models.term_change import supplement_terms, waiting
from models.unsigned import lapse
from papers import index
from papers.kept import kept
from papers.supplement import supplemented_agreement
from tests.papers.test_index import matter, text_of
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.finals import final, sign
from transaction import db

LATER = date(2027, 1, 15)
REASON = "对方资金周转困难"


def owed(fen: int) -> TermDraft:
    return TermDraft(LATER, "甘州某健身馆", amount_fen=fen)


def amended(cast: Cast, paper: FinalPaper, *added: TermDraft) -> FinalPaper:
    """All open terms end, these come in their place."""
    agreement = paper.mediation.agreement
    ended = [term for term in agreement.terms if term.is_open]
    text = supplemented_agreement(matter(cast, paper.mediation.dispute), paper, cast.app.extensions["sealer"], "",
                                  REASON, ended, added)  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        return supplement_terms(change, paper, kept(text), REASON, ended, added)


def due(agreement: Agreement) -> list[tuple[str, date]]:
    """The running deadlines of terms."""
    rows = select(Deadline).where(Deadline.dispute_id == agreement.mediation.dispute_id, RUNNING,
                                  Deadline.code == "term_due").order_by(Deadline.id)  # fmt: skip
    return [(one.item, one.due_on) for one in db.session.scalars(rows)]


def asked_about(agreement: Agreement) -> set[int | None]:
    rows = db.session.query(FollowUp).filter_by(reason=FollowUpReason.TERM, voided_at=None, done_at=None)
    return {row.term_id for row in rows if row.dispute_id == agreement.mediation.dispute_id}


def test_terms_follow_when_all_have_signed_and_the_old_ones_stay_with_their_reason(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    agreement = first.mediation.agreement
    [old] = agreement.terms
    before = old.due_on
    half = owed(20_000)
    second = amended(cast, first, half)
    text = second.text(cast.app.extensions["sealer"])
    for part in ("不再履行", "2027年1月15日", "贰佰元整", REASON):
        assert part in text, part
    sign(cast, second, SignerRole.PARTY)
    assert ([term.id for term in agreement.terms], due(agreement)) == ([old.id], [("1", before)])
    assert len(waiting(agreement)) == 2
    sign(cast, second)
    [new], [ended] = agreement.terms, agreement.struck_terms
    assert (new.position, new.amount_fen, new.due_on, new.since_version) == (2, 20_000, LATER, 2)
    assert (ended.id, ended.strike_reason, ended.until_version, ended.rest_fen) == (old.id, REASON, 2, old.amount_fen)
    assert due(agreement) == [("2", LATER)]
    assert first.mediation.dispute.next_on == LATER
    assert asked_about(agreement) == {new.id}
    assert waiting(agreement) == []
    [event] = db.session.query(Event).filter_by(kind="agreement:amend")
    assert event.particulars == {"paper": "agreement", "version": 2, "ended": 1, "added": 1}
    statement = select(Agreement.id).where(unperformed(), Agreement.id == agreement.id)
    assert len(db.session.execute(statement).all()) == 1
    assert not is_overdue(ended, date(2027, 12, 31))
    with pytest.raises(RuleBroken, match="has ended this term"), cast.acting(MEDIATOR) as change:
        note_performance(change, ended, date(2026, 11, 23))


@only_sqlite
def test_what_was_performed_while_signatures_were_missing_is_not_ended(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    [term] = first.mediation.agreement.terms
    second = amended(cast, first, owed(5_000))
    with cast.acting(MEDIATOR) as change:
        term.perform(change, date(2026, 11, 23))
    sign(cast, second)
    terms = first.mediation.agreement.terms
    assert [(one.position, one.is_open) for one in terms] == [(1, False), (2, True)]


@only_sqlite
def test_a_third_version_carries_what_the_second_left_waiting(cast: Cast) -> None:
    first = final(cast)
    second = amended(cast, first, owed(20_000))
    third = amended_again(cast, second)
    sign(cast, third)
    agreement = first.mediation.agreement
    assert [(one.amount_fen, one.since_version) for one in agreement.terms] == [(20_000, 2)]
    assert waiting(agreement) == []


def amended_again(cast: Cast, paper: FinalPaper) -> FinalPaper:
    text = supplemented_agreement(matter(cast, paper.mediation.dispute), paper, cast.app.extensions["sealer"],
                                  "押金另退。", "漏写")  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        return supplement_terms(change, paper, kept(text), "漏写", [], [])


@only_sqlite
def test_what_the_court_has_confirmed_is_not_changed_and_what_was_paid_stays_receipted(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    [term] = first.mediation.agreement.terms
    with cast.acting(MEDIATOR) as change:
        note_performance(change, term, date(2026, 11, 23), 4_000, PaidBy.CASH)
    second = amended(cast, first, owed(6_000))
    with pytest.raises(Stale), cast.acting(MEDIATOR) as change:
        supplement_terms(change, second, "文本", "理由", [term], [])
    sign(cast, second)
    found = matter(cast, first.mediation.dispute)
    receipts = text_of(index.written(found, index.BY_CODE["receipt"]).blocks)
    assert receipts.count("今收到") == 2
    assert "肆拾元整" in receipts
    with cast.acting() as change:
        CourtRuling.note(change, first.mediation.agreement, date(2026, 11, 23))
    with pytest.raises(RuleBroken, match="as they were confirmed"):
        amended(cast, second, owed(1_000))
    with pytest.raises(RuleBroken, match="as they were confirmed"):
        struck(cast, second.signers[0])


@only_sqlite
def test_an_unclear_term_is_refused_and_one_that_changed_meanwhile_too(cast: Cast) -> None:
    first = final(cast)
    with pytest.raises(RuleBroken, match="cannot be enforced"):
        amended(cast, first, TermDraft(LATER, "甘州某健身馆", act="尽快退还储物柜押金"))
    [term] = first.mediation.agreement.terms
    with cast.acting(MEDIATOR) as change:
        term.perform(change, date(2026, 11, 23))
    with pytest.raises(Stale), cast.acting(MEDIATOR) as change:
        supplement_terms(change, first, "文本", "理由", [term], [])
    assert [paper.version for paper in first.mediation.final_papers] == [1]


def struck(cast: Cast, signer: Signer) -> None:
    with cast.acting(MEDIATOR) as change:
        strike(change, signer.paper, signer, "对方尚未到场")


def test_a_signature_struck_out_takes_the_terms_back_until_all_have_signed_again(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    agreement = first.mediation.agreement
    [old] = agreement.terms
    before = due(agreement)
    second = amended(cast, first, owed(20_000))
    sign(cast, second)
    for _twice in range(2):
        struck(cast, second.signers[1])
    assert (agreement.terms, due(agreement), len(waiting(agreement))) == ([old], before, 2)
    assert (old.is_open, old.strike_reason, old.until_version) == (True, "", None)
    assert first.mediation.dispute.next_on == old.due_on
    assert asked_about(agreement) == {old.id}
    [gone] = agreement.struck_terms
    assert (gone.since_version, gone.until_version) == (2, 2)
    [event] = db.session.query(Event).filter_by(kind="agreement:take-back")
    assert event.particulars == {"paper": "agreement", "version": 2, "ended": 1, "added": 1}
    sign(cast, second)
    [new] = agreement.terms
    assert (new.amount_fen, new.due_on, due(agreement)) == (20_000, LATER, [("3", LATER)])
    assert waiting(agreement) == []


@only_sqlite
def test_a_version_all_have_signed_holds_what_an_earlier_one_lost(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    second = amended(cast, first, owed(20_000))
    sign(cast, second)
    third = amended_again(cast, second)
    sign(cast, third)
    agreement = first.mediation.agreement
    struck(cast, second.signers[0])
    assert [one.since_version for one in agreement.terms] == [2]
    struck(cast, third.signers[0])
    assert [one.since_version for one in agreement.terms] == [1]


@only_sqlite
def test_of_an_agreement_that_came_to_nothing_no_term_comes_back(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    second = amended(cast, first, owed(20_000))
    sign(cast, second)
    with cast.acting() as change:
        lapse(change, first.mediation, "法院裁定驳回")
    struck(cast, second.signers[0])
    assert due(first.mediation.agreement) == []


@only_sqlite
def test_a_signature_stays_while_a_term_it_brought_is_performed(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    second = amended(cast, first, owed(20_000))
    sign(cast, second)
    [new] = first.mediation.agreement.terms
    with cast.acting(MEDIATOR) as change:
        note_performance(change, new, date(2026, 11, 23), 5_000, PaidBy.CASH)
    with pytest.raises(RuleBroken, match="strike out the receipt first"):
        struck(cast, second.signers[0])
    assert second.is_complete
    with cast.acting(MEDIATOR) as change:
        new.performances[0].strike(change, "登错")
    struck(cast, second.signers[0])
    assert [one.since_version for one in first.mediation.agreement.terms] == [1]
