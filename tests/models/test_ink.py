"""Signing with the finger: only with consent on record, never where the law wants paper, strokes checked and sealed."""

from datetime import date

import pytest

from models.agreement import TermDraft
from models.clarity import STATUS
from models.conclusion import Outcome
from models.consent import Consent
from models.effect import effective_on
from models.errors import RuleBroken, TransitionNotAllowed
from models.event import Event
from models.final_paper import FinalPaper
from models.ink import (
    agree_to_ink,
    check_strokes,
    end_link,
    is_link_open,
    open_link,
    sign_with_ink,
    strokes_of,
    why_no_ink,
)
from models.record_reading import ReadingWay
from models.representative import Authority, RepresentativeKind
from models.signature import SigningWay
from models.signer import Signer, SignerRole
from models.signing import Heard, read_out
from papers import index
from tests.models.test_mediation import conclude, opened
from tests.papers.test_index import matter
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.finals import STROKES, TODAY, agreed, final, sign
from transaction import db, now


def consent(cast: Cast, paper: FinalPaper, *signers: Signer, word: Consent = Consent.AGREES) -> None:
    with cast.acting(MEDIATOR) as change:
        for one in signers or [one for one in paper.signers if one.is_party]:
            agree_to_ink(change, paper, one, word)


def link(cast: Cast, paper: FinalPaper, signer: Signer) -> None:
    with cast.acting(MEDIATOR) as change:
        open_link(change, paper, signer)


def ink(cast: Cast, paper: FinalPaper, signer: Signer, strokes: str = STROKES, name: str = "") -> None:
    with cast.acting(MEDIATOR) as change:
        sign_with_ink(change, paper, signer, strokes, name or signer.name, "Android Chrome")


def test_both_sides_agree_then_each_signs_once_and_the_strokes_are_sealed(cast: Cast) -> None:
    paper = final(cast)
    one, other = paper.signers[:2]
    consent(cast, paper, one)
    with pytest.raises(RuleBroken, match="both sides"):
        link(cast, paper, one)
    consent(cast, paper, other)
    for signer in (one, other):
        link(cast, paper, signer)
        ink(cast, paper, signer)
        ink(cast, paper, signer)
    [entry] = one.signatures
    assert (entry.way, entry.name, entry.device, entry.text_hash) == (
        SigningWay.INK, "宋佳", "Android Chrome", paper.text_hash)  # fmt: skip
    sealer = cast.app.extensions["sealer"]
    assert entry.ink_sealed is not None
    assert b"M100" not in entry.ink_sealed
    assert strokes_of(entry, sealer) == STROKES
    sign(cast, paper, SignerRole.MEDIATOR, SignerRole.BODY)
    assert paper.mediation.agreement is not None
    assert effective_on(paper.mediation.agreement) == TODAY
    [block] = [one for one in index.written(matter(cast, paper.mediation.dispute), index.BY_CODE["agreement"]).blocks
               if one.kind == "signatures"]  # fmt: skip
    assert [(mark.line, mark.ink) for mark in block.marks] == [(0, STROKES), (1, STROKES)]
    facts = [event.facts for event in db.session.query(Event).filter(Event.kind.like("paper:%"))]
    assert not [text for text in facts if "宋佳" in text or "Android" in text]


@only_sqlite
def test_a_link_ends_with_the_signature_by_hand_with_the_consent_and_at_midnight(cast: Cast, clock: Clock) -> None:
    paper = final(cast)
    one, other = paper.signers[:2]
    assert not is_link_open(paper, one, now())
    consent(cast, paper)
    link(cast, paper, one)
    first = one.link_number
    link(cast, paper, one)
    assert (is_link_open(paper, one, now()), one.link_number) == (True, first + 1)
    with cast.acting(MEDIATOR) as change:
        end_link(change, paper, one)
    assert not is_link_open(paper, one, now())
    link(cast, paper, one)
    consent(cast, paper, other, word=Consent.REFUSES)
    assert not is_link_open(paper, one, now())
    consent(cast, paper, other)
    clock.advance(hours=24)
    assert not is_link_open(paper, one, now())
    with pytest.raises(TransitionNotAllowed, match="over"):
        ink(cast, paper, one)


@only_sqlite
def test_the_seal_and_whoever_cannot_read_need_paper(cast: Cast) -> None:
    paper = final(cast)
    consent(cast, paper)
    with pytest.raises(RuleBroken, match="printed paper"):
        link(cast, paper, paper.signers[-1])
    with cast.acting(MEDIATOR) as change:
        read_out(change, paper, paper.signers[0], Heard(ReadingWay.ALOUD, "罗志明", "柴玉梅"))
    with pytest.raises(RuleBroken, match="fingerprint"):
        link(cast, paper, paper.signers[0])
    with pytest.raises(RuleBroken, match="parties are asked"):
        consent(cast, paper, paper.signers[-1])


@only_sqlite
@pytest.mark.parametrize("category", ["离婚", "继承分家"])
def test_personal_relations_are_signed_on_paper(cast: Cast, category: str) -> None:
    session = agreed(cast, category)
    paper = final(cast, session)
    assert "art. 3" in why_no_ink(session)
    with pytest.raises(RuleBroken, match="Marriage, adoption and inheritance"):
        consent(cast, paper)


@only_sqlite
def test_so_is_what_a_term_says_of_status_or_of_stopping_heat(cast: Cast) -> None:
    assert STATUS.search("解除收养")
    for act, said in (("停止供热一日", "Stopping water"), ("返还押金三百元", "")):
        session = opened(cast)
        conclude(cast, session, Outcome.AGREED, terms=[TermDraft(date(2026, 12, 1), "甘州某健身馆", act=act)])
        assert why_no_ink(session).startswith(said)
        assert bool(why_no_ink(session)) is bool(said)


@pytest.mark.parametrize("strokes", [
    f"{STROKES}Z", f'{STROKES}"/><script>', f"{STROKES}\n", f" {STROKES}", STROKES.replace("L", ","),
    f"{STROKES}L901 1",
    "M1 2L3 4Z", "M1,2L3,4", "<script>", "M1.5 2L90 40", "M-1 2L3 4", "M1 2L3 4 5", "M1 2 L3 4", "M901 2L3 4",
    "M1 301L3 4", "L1 2", "M1 2\n", "M" + "1 2L" * 9000 + "1 2", "", "M1 2", "M1 2L3 4L5 6L7 8L9 9L10 10L11 11L12 12",
])  # fmt: skip
def test_only_whole_numbers_within_the_pad_that_look_like_writing_are_kept(strokes: str) -> None:
    with pytest.raises(RuleBroken) as wrong:
        check_strokes(strokes)
    assert wrong.value.field == "ink"


def test_writing_is_kept() -> None:
    check_strokes(STROKES)


@only_sqlite
def test_a_person_signs_himself_or_through_who_is_on_record_for_him_and_a_unit_through_its_people(cast: Cast) -> None:
    session = agreed(cast)
    person = session.dispute.parties[0]
    with cast.acting() as change:
        person.edit(change, person.version, speakers=[Authority(RepresentativeKind.AGENT, "柴玉梅")])
    paper = final(cast, session)
    consent(cast, paper)
    one, other = paper.signers[:2]
    link(cast, paper, one)
    link(cast, paper, other)
    with pytest.raises(RuleBroken) as wrong:
        ink(cast, paper, one, name="王某")
    assert wrong.value.field == "name"
    ink(cast, paper, one, name="柴 玉梅")
    ink(cast, paper, other, name="店长")
    assert (one.is_signed, other.is_signed) == (True, True)
