"""Told and consenting, and who may be asked to withdraw."""

import pytest

from models.assignment import Duty, assign, assigned
from models.consent import Consent, RightsNotice, Telling, newest_notices, refusing, tell_rights
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.mediation import MediationSession
from models.natures import OF_COMMITTEES, Nature, closed_natures
from models.party import Party, Side
from models.person import Person
from models.recusal import Recusal, RecusalGround
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from transaction import db


def tell(cast: Cast, party: Party, consent: Consent) -> RightsNotice:
    with cast.acting(MEDIATOR) as change:
        return tell_rights(change, party, Telling.PAPER, consent)


def test_the_last_word_of_a_party_counts_and_the_same_word_is_one(cast: Cast) -> None:
    dispute = cast.registered()
    one = dispute.parties[0]
    first = tell(cast, one, Consent.REFUSES)
    assert tell(cast, one, Consent.REFUSES).id == first.id
    assert refusing(db.session(), dispute) == [one]
    later = tell(cast, one, Consent.AGREES)
    assert newest_notices(db.session(), dispute)[one.id].id == later.id
    assert refusing(db.session(), dispute) == []


@pytest.mark.parametrize("side", [Side.APPLICANT, Side.RESPONDENT])
def test_a_clear_refusal_closes_the_people_s_way(cast: Cast, side: Side) -> None:
    dispute = cast.registered()
    assert closed_natures(db.session(), dispute) == {}
    tell(cast, next(party for party in dispute.parties if party.side is side), Consent.REFUSES)
    assert set(closed_natures(db.session(), dispute)) == set(OF_COMMITTEES)


def test_a_third_party_may_stay_away(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting(MEDIATOR) as change:
        third = Party.add(change, dispute, Side.THIRD, "甘州某商管公司")
    tell(cast, third, Consent.REFUSES)
    assert closed_natures(db.session(), dispute) == {}


def test_a_party_that_was_told_is_not_removed(cast: Cast) -> None:
    dispute = cast.registered()
    tell(cast, dispute.parties[1], Consent.AGREES)
    with pytest.raises(RuleBroken, match="cannot be removed"), cast.acting() as change:
        dispute.parties[1].remove(change, 1)


# -- recusal --------------------------------------------------------------------------------------------------------


def sitting(cast: Cast) -> MediationSession:
    dispute = cast.registered()
    with cast.acting(MEDIATOR) as change:
        return MediationSession.open(change, dispute, Nature.PEOPLES, cast.body("甘州区人民调解委员会"),
                                     cast.person(MEDIATOR), cast.person(CLERK), None, [])  # fmt: skip


def ask(cast: Cast, dispute: Dispute, ground: RecusalGround = RecusalGround.KIN, words: str = "") -> Recusal:
    with cast.acting(CLERK) as change:
        return Recusal.ask(change, dispute.parties[1], Duty.MEDIATOR, ground, words)


def another(cast: Cast) -> Person:
    people = db.session.query(Person).order_by(Person.id)
    return next(one for one in people if one.username not in (MEDIATOR, LEADER) and any(
        held.role == "mediator" for held in one.roles))  # fmt: skip


def test_a_granted_recusal_puts_somebody_else_into_the_chair_at_once(cast: Cast) -> None:
    session = sitting(cast)
    recusal = ask(cast, session.dispute)
    assert ask(cast, session.dispute).id == recusal.id
    successor = another(cast)
    for _again in range(2):
        with cast.acting(LEADER) as change:
            recusal.grant(change, successor)
    assert assigned(session.dispute, Duty.MEDIATOR) == successor
    assert session.mediator == successor
    with pytest.raises(TransitionNotAllowed), cast.acting(LEADER) as change:
        recusal.refuse(change, "无依据")


def test_a_refused_recusal_says_why_and_changes_nothing(cast: Cast) -> None:
    session = sitting(cast)
    recusal = ask(cast, session.dispute)
    with pytest.raises(RuleBroken) as broken, cast.acting(LEADER) as change:
        recusal.refuse(change, " ")
    assert broken.value.field == "reason"
    with cast.acting(LEADER) as change:
        recusal.refuse(change, "并非近亲属")
    assert (recusal.granted, session.mediator) == (False, cast.person(MEDIATOR))


def test_nobody_decides_about_oneself(cast: Cast) -> None:
    recusal = ask(cast, sitting(cast).dispute)
    with pytest.raises(RuleBroken, match="oneself"), cast.acting(MEDIATOR) as change:
        recusal.refuse(change, "我能公正")


def test_who_had_to_withdraw_does_not_come_back(cast: Cast) -> None:
    session = sitting(cast)
    first, successor = ask(cast, session.dispute), another(cast)
    with pytest.raises(RuleBroken) as broken, cast.acting(LEADER) as change:
        first.grant(change, cast.person(MEDIATOR))
    assert broken.value.field == "successor"
    with cast.acting(LEADER) as change:
        first.grant(change, successor)
    second = ask(cast, session.dispute)
    with pytest.raises(RuleBroken), cast.acting(LEADER) as change:
        second.grant(change, cast.person(MEDIATOR))


def test_another_ground_is_said_in_words(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as broken:
        ask(cast, sitting(cast).dispute, RecusalGround.OTHER)
    assert broken.value.field == "words"


def test_nobody_can_be_asked_while_nobody_has_the_duty(cast: Cast) -> None:
    dispute = cast.registered()
    with pytest.raises(RuleBroken, match="Nobody"):
        ask(cast, dispute)
    with cast.acting() as change:
        assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR)
    assert ask(cast, dispute).is_waiting
