"""The rules of a session: whose name, which form, and what each end leaves behind."""

from datetime import date, timedelta

import pytest

from models.agreement import AgreementForm, TermDraft
from models.change import Change
from models.conclusion import Conclusion, Outcome
from models.dispute import Dispute
from models.ending import withdraw
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.invitation import Invitation, PhoneResult
from models.lifecycle import DisputeStatus
from models.mediation import MediationSession
from models.natures import (
    BODIES,
    NOT_AT_COURT,
    OF_COMMITTEES,
    OWN_MATTER,
    PRESIDES,
    Nature,
    closed_natures,
    why_not_preside,
)
from models.next_date import next_date
from models.party import Party, Side
from models.presiding_body import BodyKind
from models.visit import Channel
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.unrecorded import by_hand
from transaction import db

TODAY = date(2026, 11, 23)
NAMES = {
    BodyKind.PEOPLE_COMMITTEE: "甘州区人民调解委员会",
    BodyKind.INDUSTRY_COMMITTEE: "甘州区消费纠纷人民调解委员会",
    BodyKind.ADMINISTRATIVE: "市场监管局",
    BodyKind.COURT: "区人民法院",
    BodyKind.CENTRE_WITNESS: "甘州区综治中心",
}


def open_session(cast: Cast, change: Change, dispute: Dispute, nature: Nature = Nature.PEOPLES,
                 body: str = NAMES[BodyKind.PEOPLE_COMMITTEE]) -> MediationSession:  # fmt: skip
    presiding, mediator = cast.body(body), cast.person(MEDIATOR)
    return MediationSession.open(change, dispute, nature, presiding, mediator, None, None, [])


def opened(cast: Cast, category: str = "消费", nature: Nature = Nature.PEOPLES,
           body: str = NAMES[BodyKind.PEOPLE_COMMITTEE]) -> MediationSession:  # fmt: skip
    dispute = cast.registered(category=category)
    with cast.acting(MEDIATOR) as change:
        return open_session(cast, change, dispute, nature, body)


def conclude(cast: Cast, session: MediationSession, outcome: Outcome, **facts: object) -> None:
    with cast.acting(MEDIATOR) as change:
        session.conclude(change, session.version, Conclusion(outcome, **facts))  # type: ignore[arg-type]


def pay(fen: int = 100_00, days: int = 7) -> TermDraft:
    return TermDraft(TODAY + timedelta(days=days), payer="甘州某健身馆", amount_fen=fen)


@pytest.mark.parametrize("nature", list(Nature))
def test_only_fitting_bodies_preside(cast: Cast, nature: Nature) -> None:
    dispute = cast.registered()
    if nature is Nature.COURT_ENTRUSTED:
        with by_hand(), cast.acting():
            dispute.visits[0].channel = Channel.COURT
    for kind in BodyKind:
        if kind in BODIES[nature]:
            continue
        with pytest.raises(RuleBroken) as refused, cast.acting() as change:
            open_session(cast, change, dispute, nature, NAMES[kind])
        assert (refused.value.field, refused.value.msgid) == ("body_id", PRESIDES[nature])
    fitting = min(BODIES[nature], key=list(BodyKind).index)
    with cast.acting() as change:
        open_session(cast, change, dispute, nature, NAMES[fitting])
    assert dispute.status is DisputeStatus.IN_MEDIATION


@only_sqlite
@pytest.mark.parametrize(("opposite", "nature", "refused"), [
    ("市场监管局", Nature.ADMINISTRATIVE, True), ("工商局", Nature.ADMINISTRATIVE, True),
    ("自然资源局", Nature.ADMINISTRATIVE, False), ("市场监管局", Nature.PETITION, False),
])  # fmt: skip
def test_nobody_mediates_a_matter_of_his_own(cast: Cast, opposite: str, nature: Nature, refused: bool) -> None:
    dispute, body = cast.registered(opposite), cast.body(NAMES[BodyKind.ADMINISTRATIVE])
    said = why_not_preside(db.session(), dispute, nature, body)
    assert said == (OWN_MATTER if refused else "")


def test_without_a_court_nothing_is_mediated_as_its_matter(cast: Cast) -> None:
    dispute = cast.registered()
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        open_session(cast, change, dispute, Nature.COURT_ENTRUSTED)
    assert (refused.value.field, refused.value.msgid) == ("nature", NOT_AT_COURT)


def test_a_clear_refusal_closes_the_committees_way_until_it_is_taken_back(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        invitation = Invitation.make(change, dispute, dispute.parties[1])
        invitation.note(change, PhoneResult.REFUSED)
    assert set(closed_natures(db.session(), dispute)) == set(OF_COMMITTEES)
    with pytest.raises(RuleBroken, match="人民调解法") as refused, cast.acting() as change:
        open_session(cast, change, dispute)
    assert refused.value.field == "nature"
    with cast.acting() as change:
        open_session(cast, change, dispute, Nature.ADMINISTRATIVE, NAMES[BodyKind.ADMINISTRATIVE])


def test_a_third_party_that_refuses_closes_nothing(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        third = Party.add(change, dispute, Side.THIRD, "甘肃某建工集团")
        Invitation.make(change, dispute, third).note(change, PhoneResult.REFUSED)
    assert closed_natures(db.session(), dispute) == {}


@pytest.mark.parametrize(("opposite", "closed"), [
    ("人社局", True), ("人社局、自然资源局", True), ("甘州某健身馆、人社局", False), ("甘州某健身馆", False),
    ("", False),
])  # fmt: skip
def test_organs_alone_are_not_mediated_by_a_committee(cast: Cast, opposite: str, closed: bool) -> None:
    dispute = cast.registered(opposite)
    assert bool(closed_natures(db.session(), dispute)) is closed


def test_one_session_at_a_time(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(TransitionNotAllowed, match="open already"), cast.acting() as change:
        open_session(cast, change, session.dispute)
    with pytest.raises(TransitionNotAllowed, match="A session is open"), cast.acting() as change:
        withdraw(change, session.dispute, "双方自行和解")


@pytest.mark.parametrize(("category", "nature", "body", "law"), [
    ("拖欠工资", Nature.INDUSTRY, "甘州区劳动争议人民调解委员会", "第十四条"),
    ("劳动争议", Nature.PEOPLES, NAMES[BodyKind.PEOPLE_COMMITTEE], "第十四条"),
    ("医疗损害", Nature.INDUSTRY, "甘州区医疗纠纷人民调解委员会", "第三十九条"),
    ("消费", Nature.PETITION, NAMES[BodyKind.CENTRE_WITNESS], "第三十三条"),
])  # fmt: skip
def test_the_law_demands_writing(cast: Cast, category: str, nature: Nature, body: str, law: str) -> None:
    session = opened(cast, category, nature, body)
    terms = [TermDraft(TODAY, act="当场付清")]
    with pytest.raises(RuleBroken, match=law) as refused:
        conclude(cast, session, Outcome.AGREED, form=AgreementForm.ORAL, terms=terms, performed_at_once=True)
    assert refused.value.field == "form"
    assert session.ended_at is None
    conclude(cast, session, Outcome.AGREED, form=AgreementForm.WRITTEN, terms=terms)


def test_what_is_paid_later_is_written(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(RuleBroken, match="written"):
        conclude(cast, session, Outcome.AGREED, form=AgreementForm.ORAL, terms=[pay()])
    conclude(cast, session, Outcome.AGREED, form=AgreementForm.ORAL, terms=[pay()], performed_at_once=True)
    assert session.agreement is not None
    assert session.agreement.terms[0].performed_on == TODAY


def test_the_next_date_is_the_first_that_is_still_open(cast: Cast) -> None:
    session = opened(cast)
    conclude(cast, session, Outcome.AGREED, terms=[pay(days=14), pay(days=7)], is_partial=True)
    dispute = session.dispute
    assert (dispute.next_on, next_date(dispute)) == (date(2026, 11, 30), date(2026, 11, 30))
    assert session.agreement is not None
    with cast.acting() as change:
        session.agreement.terms[1].perform(change, TODAY)
    assert (dispute.next_on, next_date(dispute)) == (date(2026, 12, 7), date(2026, 12, 7))


def test_amounts_are_kept_to_the_fen(cast: Cast) -> None:
    session = opened(cast)
    conclude(cast, session, Outcome.AGREED, terms=[pay(186_400_07), pay(1)])
    assert session.agreement is not None
    assert [term.amount_fen for term in session.agreement.terms] == [18_640_007, 1]


def test_a_session_ends_once_and_for_who_read_the_latest(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(Stale), cast.acting() as change:
        session.conclude(change, session.version + 1, Conclusion(Outcome.SUSPENDED, reason="委托鉴定"))
    conclude(cast, session, Outcome.SUSPENDED, reason="委托鉴定")
    with pytest.raises(TransitionNotAllowed, match="has ended"):
        conclude(cast, session, Outcome.WITHDRAWN, reason="和解")
    with pytest.raises(TransitionNotAllowed, match="has ended"), cast.acting() as change:
        session.state(change, "宋佳", "补一句")
