"""A final paper is never changed: what is added becomes a version of its own, signed anew, the earlier one stays."""

from datetime import date

import pytest

from models.effect import effective_on
from models.errors import RuleBroken, Stale
from models.event import Event
from models.final_paper import FinalPaper, PaperKind, finalise, supplement_agreement
from models.mediation import MediationSession
from models.record_supplement import supplement
from models.signer import SignerRole
from models.signing import sign_on_paper
from papers import index
from papers.final import shown
from papers.kept import kept, unpacked
from papers.supplement import mended_since, supplemented_agreement, supplemented_record
from tests.models.test_ink import consent, ink, link
from tests.papers.test_index import matter, text_of
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.finals import STROKES, TODAY, agreed, final, sign
from transaction import db

WORDS = "健身馆另于同日退还储物柜押金50元。"


def supplemented(cast: Cast, paper: FinalPaper, words: str = WORDS) -> FinalPaper:
    found, sealer = matter(cast, paper.mediation.dispute), cast.app.extensions["sealer"]
    text = kept(supplemented_agreement(found, paper, sealer, words, "漏写押金"))
    with cast.acting(MEDIATOR) as change:
        return supplement_agreement(change, paper, text)


def test_a_supplement_is_version_two_with_its_own_hash_and_the_first_stays_in_effect(cast: Cast, clock: Clock) -> None:
    first = final(cast)
    agreement = first.mediation.agreement
    assert agreement is not None
    consent(cast, first)
    link(cast, first, first.signers[0])
    ink(cast, first, first.signers[0])
    sign(cast, first)
    clock.advance(days=1)
    second = supplemented(cast, first)
    sealer = cast.app.extensions["sealer"]
    assert (second.version, second.is_newest, first.is_newest) == (2, True, False)
    assert second.text_hash != first.text_hash
    old, new = unpacked(first.text(sealer)).blocks, unpacked(second.text(sealer)).blocks
    assert new[: len(old)] == old
    for part in ("（补充）", WORDS, "补充原因：漏写押金。", "2026年11月24日"):
        assert part in text_of(new[len(old) :]), part
    assert [one.is_signed for one in second.signers] == [False] * 4
    assert (effective_on(agreement), second.is_complete) == (TODAY, False)
    # The ink of the first version stays where it was written; the new lines are empty.
    signed = [one for one in shown(second, sealer).blocks if one.kind == "signatures"]
    assert [[mark.ink for mark in one.marks] for one in signed] == [[STROKES], []]
    words = text_of(index.written(matter(cast, first.mediation.dispute), index.BY_CODE["agreement"]).blocks)
    assert f"定稿第2版，文本校验值{second.text_hash[:16]}" in words
    sign(cast, second, on=date(2026, 11, 24))
    assert (effective_on(agreement), second.is_complete) == (TODAY, True)
    assert db.session.query(Event).filter_by(kind="agreement:take-effect").count() == 1
    with pytest.raises(RuleBroken, match="newer version"), cast.acting(MEDIATOR) as change:
        sign_on_paper(change, first, {}, TODAY)
    with pytest.raises(Stale):
        supplemented(cast, first, "另一补充。")


@only_sqlite
def test_a_version_nobody_signed_gives_way_to_the_one_that_is_signed(cast: Cast) -> None:
    first = final(cast)
    second = supplemented(cast, first)
    assert second.mediation.agreement is not None
    assert effective_on(second.mediation.agreement) is None
    sign(cast, second)
    assert effective_on(second.mediation.agreement) == TODAY
    assert not first.is_complete


@only_sqlite
def test_what_is_mended_in_the_record_goes_into_its_next_version_once(cast: Cast) -> None:
    session = agreed(cast)
    _mend(cast, session, "应为九个月")
    first = final(cast, session, PaperKind.RECORD)
    sealer = cast.app.extensions["sealer"]
    assert "应为九个月" in first.text(sealer)
    assert mended_since(first) == []
    _mend(cast, session, "到场人另有柴玉梅")
    [one] = mended_since(first)
    text = kept(supplemented_record(matter(cast, session.dispute), first, sealer))
    assert (text.count("应为九个月"), text.count(one.text)) == (1, 1)
    with cast.acting(MEDIATOR) as change:
        second = finalise(change, session, PaperKind.RECORD, text, after=1, mended=2)
    db.session.refresh(session)
    assert (second.version, mended_since(second)) == (2, [])
    sign(cast, second, SignerRole.PARTY, SignerRole.MEDIATOR, SignerRole.BODY)
    assert second.is_complete
    with pytest.raises(RuleBroken, match="where it was taken down"), cast.acting(MEDIATOR) as change:
        supplement_agreement(change, second, "文本")


def _mend(cast: Cast, session: MediationSession, words: str) -> None:
    with cast.acting(MEDIATOR) as change:
        supplement(change, session, "笔误", words)
