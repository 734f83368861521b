"""A final paper is written once: its text is kept sealed, its hash tells every change, signatures give it effect."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from models.agreement import AgreementForm
from models.conclusion import Outcome
from models.confirmation import confirmation_ends
from models.deadline import Deadline
from models.effect import effective_on
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event import Event
from models.final_paper import FinalPaper, PaperKind, finalise, hash_of, supplement_agreement
from models.mandate import unauthorised
from models.natures import Nature
from models.presiding_body import BodyKind
from models.record_reading import ReadingWay
from models.signature import SigningWay
from models.signer import SignerRole
from models.signing import Heard, link_scan, read_out, refuse, sign_on_paper, strike
from papers import index
from tests.models.test_attachment import uploaded
from tests.models.test_mandate import group, note
from tests.models.test_mediation import NAMES, conclude, open_session, opened, pay
from tests.papers.test_index import matter
from tests.papers.test_index import text_of as words_of
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.finals import TODAY, agreed, final, sign, text_of
from transaction import db


def events(kind: str) -> list[dict[str, object]]:
    return [event.particulars for event in db.session.query(Event).filter_by(kind=kind).order_by(Event.id)]


def supplement_agreement_with(cast: Cast, paper: FinalPaper, words: str) -> FinalPaper:
    with cast.acting(MEDIATOR) as change:
        return supplement_agreement(change, paper, paper.text(cast.app.extensions["sealer"]) + words)


def test_the_text_is_kept_sealed_with_its_hash_and_shown_whatever_is_changed_afterwards(cast: Cast) -> None:
    session = agreed(cast)
    before = text_of(cast, session)
    paper = final(cast, session)
    sealer = cast.app.extensions["sealer"]
    assert (paper.version, paper.text(sealer), paper.text_hash) == (1, before, hash_of(before))
    assert paper.is_intact(sealer)
    assert "宋佳".encode() not in paper.text_sealed
    [fact] = events("paper:finalise")
    assert (fact["paper"], fact["version"], fact["digest"]) == ("agreement", 1, paper.text_hash[:32])
    party = session.dispute.parties[0]
    with cast.acting() as change:
        party.edit(change, party.version, name="宋佳佳", address="甘泉社区")
    found = matter(cast, session.dispute)
    shown = words_of(index.written(found, index.BY_CODE["agreement"]).blocks)
    assert "宋佳佳" not in shown
    assert f"定稿第1版，文本校验值{paper.text_hash[:16]}" in shown
    [standing] = [one for one in index.shelf(found) if one.entry.code == "agreement"]
    assert [one.text_hash for one in standing.finals] == [paper.text_hash]
    assert "宋佳佳" in words_of(index.written(found, index.BY_CODE["record"]).blocks)  # not final


@only_sqlite
def test_it_is_made_final_once_and_nobody_overtakes(cast: Cast) -> None:
    session = agreed(cast)
    first = final(cast, session)
    assert final(cast, session) is first
    with pytest.raises(Stale), cast.acting(MEDIATOR) as change:
        finalise(change, session, PaperKind.AGREEMENT, "另一文本")
    assert len(events("paper:finalise")) == 1


@only_sqlite
def test_an_open_session_and_an_oral_agreement_have_nothing_to_sign(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(TransitionNotAllowed), cast.acting(MEDIATOR) as change:
        finalise(change, session, PaperKind.RECORD, "记录")
    oral = agreed(cast, form=AgreementForm.ORAL, performed_at_once=True)
    with pytest.raises(RuleBroken, match="in writing"), cast.acting(MEDIATOR) as change:
        finalise(change, oral, PaperKind.AGREEMENT, "协议")
    assert final(cast, oral, PaperKind.RECORD).version == 1


@pytest.mark.parametrize("attack", ["UPDATE final_papers SET text_hash = 'x'", "DELETE FROM final_papers",
                                    "UPDATE signatures SET way = 'seal'", "DELETE FROM signatures"])  # fmt: skip
def test_the_database_itself_refuses_to_change_what_is_final(cast: Cast, attack: str) -> None:
    sign(cast, final(cast))
    with pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(text(attack))
    db.session.rollback()


def test_parties_mediator_and_seal_give_the_effect_and_the_court_counts_from_that_day(cast: Cast, clock: Clock) -> None:
    session = agreed(cast)
    agreement = session.agreement
    assert agreement is not None
    assert effective_on(agreement) == TODAY  # never made final here: concluded and signed as one
    paper = final(cast, session)
    assert [one.role for one in paper.signers] == [SignerRole.PARTY, SignerRole.PARTY, SignerRole.MEDIATOR,
                                                   SignerRole.BODY]  # fmt: skip
    assert effective_on(agreement) is None
    sign(cast, paper, SignerRole.PARTY, SignerRole.MEDIATOR)
    assert (effective_on(agreement), paper.is_complete) == (None, False)
    assert confirmation_ends(db.session(), agreement) == date(2026, 12, 23)
    clock.advance(days=2)
    sign(cast, paper, SignerRole.BODY, on=date(2026, 11, 25), way=SigningWay.SEAL)
    assert effective_on(agreement) == date(2026, 11, 25)
    [fact] = events("agreement:take-effect")
    assert fact["on"] == "2026-11-25"
    running = select(Deadline.due_on).where(Deadline.code == "judicial_confirmation", Deadline.void_at.is_(None))
    assert db.session.scalars(running).all() == [date(2026, 12, 25)]
    assert confirmation_ends(db.session(), agreement) == date(2026, 12, 25)


@only_sqlite
def test_a_line_is_signed_once_on_a_day_between_the_visit_and_today(cast: Cast) -> None:
    paper = final(cast)
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(RuleBroken) as wrong:
            sign(cast, paper, on=day)
        assert wrong.value.field == "signed_on"
    sign(cast, paper, SignerRole.PARTY, way=SigningWay.FINGERPRINT)
    sign(cast, paper, SignerRole.PARTY, way=SigningWay.HAND)
    assert [one.way for one in paper.signers[0].signatures] == [SigningWay.FINGERPRINT]
    assert [(fact["capacity"], fact["way"]) for fact in events("paper:sign")] == [("party", "fingerprint")] * 2


@only_sqlite
def test_what_was_signed_on_the_day_and_made_final_on_the_next_counts_from_the_day(cast: Cast, clock: Clock) -> None:
    session = agreed(cast)
    agreement = session.agreement
    assert agreement is not None
    clock.advance(days=1)
    paper = final(cast, session)
    sign(cast, paper, on=TODAY)
    assert effective_on(agreement) == TODAY
    assert confirmation_ends(db.session(), agreement) == date(2026, 12, 23)
    second = supplement_agreement_with(cast, paper, "押金另退。")
    with pytest.raises(RuleBroken) as wrong:
        sign(cast, second, on=TODAY)
    assert (wrong.value.field, wrong.value.values["first"]) == ("signed_on", "2026-11-24")


@only_sqlite
def test_the_court_counts_from_a_signature_before_the_entry_and_anew_when_that_was_a_mistake(
    cast: Cast, clock: Clock
) -> None:
    """Written by hand while the power was out: session and agreement are entered on the next day."""
    dispute = cast.registered(category="消费")
    clock.advance(days=1)
    with cast.acting(MEDIATOR) as change:
        session = open_session(cast, change, dispute)
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    paper = final(cast, session)
    running = select(Deadline.started_on).where(Deadline.code == "judicial_confirmation", Deadline.void_at.is_(None))
    sign(cast, paper, on=TODAY)
    assert db.session.scalars(running).all() == [TODAY]
    with cast.acting(MEDIATOR) as change:
        strike(change, paper, paper.signers[0], "误记")
    sign(cast, paper, on=date(2026, 11, 24))
    assert db.session.scalars(running).all() == [date(2026, 11, 24)]


@only_sqlite
def test_outside_the_committees_the_parties_alone_give_the_effect(cast: Cast) -> None:
    session = opened(cast, nature=Nature.WITNESSED, body=NAMES[BodyKind.CENTRE_WITNESS])
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    paper = final(cast, session)
    sign(cast, paper, SignerRole.PARTY)
    assert paper.is_complete


@only_sqlite
def test_who_gave_a_mandate_signs_through_the_representative(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    with cast.acting(MEDIATOR) as change:
        session = open_session(cast, change, dispute)
    note(cast, dispute, *((person, agents[0]) for person in people[1:]))
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    missing = unauthorised(db.session(), dispute)
    names = {one.name for one in final(cast, session).signers}
    assert missing
    assert {person.name for person in missing} <= names
    assert names.isdisjoint({person.name for person in people[1:]})


@only_sqlite
def test_the_scan_lies_beside_the_paper_once_and_only_from_the_same_file(cast: Cast) -> None:
    paper = final(cast)
    [scan] = uploaded(cast, paper.mediation.dispute)
    [other] = uploaded(cast, cast.registered())
    for _twice in range(2):
        with cast.acting(MEDIATOR) as change:
            link_scan(change, paper, scan)
    assert paper.scans == [scan]
    assert len(events("paper:scan")) == 1
    with pytest.raises(RuleBroken, match="not in the file"), cast.acting(MEDIATOR) as change:
        link_scan(change, paper, other)


@only_sqlite
def test_a_party_that_has_to_sign_stays_in_the_file(cast: Cast) -> None:
    paper = final(cast)
    party = paper.mediation.dispute.parties[1]
    with pytest.raises(RuleBroken, match="cannot be removed"), cast.acting() as change:
        party.remove(change, party.version)


@only_sqlite
def test_ink_is_no_way_of_signing_on_paper(cast: Cast) -> None:
    paper = final(cast)
    with pytest.raises(ValueError, match="no way"), cast.acting(MEDIATOR) as change:
        sign_on_paper(change, paper, {paper.signers[0].id: SigningWay.INK}, TODAY)


# -- refused, read out ----------------------------------------------------------------------------------------------


def test_a_refusal_is_kept_with_its_reason_and_may_be_followed_by_a_signature(cast: Cast) -> None:
    paper = final(cast)
    agreement, who = paper.mediation.agreement, paper.signers[1]
    for _twice in range(2):
        with cast.acting(MEDIATOR) as change:
            refuse(change, paper, who, "不认可金额", "罗志明、社区柴玉梅")
    assert (who.refuses, [one.reason for one in who.signatures]) == (True, ["不认可金额"])
    assert [set(fact) & {"reason", "present"} for fact in events("paper:refuse")] == [set()]
    sign(cast, paper, SignerRole.MEDIATOR, SignerRole.BODY)
    assert agreement is not None
    assert effective_on(agreement) is None
    sign(cast, paper, SignerRole.PARTY)
    assert (who.refuses, effective_on(agreement)) == (False, TODAY)
    with pytest.raises(RuleBroken, match="has been signed"), cast.acting(MEDIATOR) as change:
        refuse(change, paper, who, "反悔", "罗志明")


@only_sqlite
def test_a_refusal_names_why_and_before_whom(cast: Cast) -> None:
    paper = final(cast)
    for reason, present, field in ((" ", "罗志明", "reason"), ("不认可", "", "present")):
        with pytest.raises(RuleBroken) as wrong, cast.acting(MEDIATOR) as change:
            refuse(change, paper, paper.signers[0], reason, present)
        assert wrong.value.field == field


@only_sqlite
def test_whoever_cannot_read_hears_it_before_a_witness_and_signs_by_fingerprint(cast: Cast) -> None:
    paper = final(cast)
    who = paper.signers[0]
    aloud = Heard(ReadingWay.ALOUD, "罗志明", "柴玉梅")
    for heard, field in ((replace(aloud, reader=""), "reader"), (replace(aloud, witness="甘州某健身馆"), "witness"),
                         (replace(aloud, way=ReadingWay.INTERPRETER), "interpreter")):  # fmt: skip
        with pytest.raises(RuleBroken) as wrong, cast.acting(MEDIATOR) as change:
            read_out(change, paper, who, heard)
        assert wrong.value.field == field
    for _twice in range(2):
        with cast.acting(MEDIATOR) as change:
            read_out(change, paper, who, aloud)
    assert len(who.readings) == 1
    with pytest.raises(RuleBroken, match="fingerprint"):
        sign(cast, paper, SignerRole.PARTY, way=SigningWay.HAND)
    sign(cast, paper, SignerRole.PARTY, way=SigningWay.FINGERPRINT)
    assert who.is_signed


@only_sqlite
def test_what_was_noted_by_mistake_is_struck_out_and_the_effect_waits_again(cast: Cast, clock: Clock) -> None:
    paper = final(cast)
    agreement = paper.mediation.agreement
    assert agreement is not None
    sign(cast, paper)
    with pytest.raises(RuleBroken) as wrong, cast.acting(MEDIATOR) as change:
        strike(change, paper, paper.signers[1], " ")
    assert wrong.value.field == "reason"
    for _twice in range(2):
        with cast.acting(MEDIATOR) as change:
            strike(change, paper, paper.signers[1], "对方尚未到场")
    assert (effective_on(agreement), [one.way for one in paper.signers[1].signatures]) == (
        None, [SigningWay.BOTH, SigningWay.STRUCK])  # fmt: skip
    clock.advance(days=1)
    sign(cast, paper, on=date(2026, 11, 24))
    assert effective_on(agreement) == date(2026, 11, 24)
    assert confirmation_ends(db.session(), agreement) == date(2026, 12, 24)
