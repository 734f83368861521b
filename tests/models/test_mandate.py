"""Who of a group has signed for whom: only those who have are bound by their representatives."""

from datetime import date

import pytest

from models.agreement import TermDraft
from models.conclusion import Conclusion, Outcome
from models.dispute import Dispute
from models.errors import RuleBroken, Stale
from models.event import Event
from models.mandate import MandatePaper, groups, mandates_of, note_mandates, unauthorised
from models.mediation import MediationSession
from models.natures import Nature
from models.party import Party, Side
from tests.support.cast import MEDIATOR, Cast
from transaction import db

SIGNED = date(2026, 11, 20)


def group(cast: Cast) -> tuple[Dispute, list[Party], list[Party]]:
    """Two representatives and three others against one company."""
    dispute = cast.registered()
    with cast.acting() as change:
        agents = [Party.add(change, dispute, Side.APPLICANT, f"代表{n}", represents_others=True) for n in "甲乙"]
        for agent in agents:
            agent.represents_others = True
        others = [Party.add(change, dispute, Side.APPLICANT, f"业主{n}") for n in "丙丁"]
    return dispute, [dispute.parties[0], *others], agents


def note(cast: Cast, dispute: Dispute, *pairs: tuple[Party, Party], signed_on: date | None = SIGNED) -> None:
    with cast.acting() as change:
        wanted = {(principal.id, agent.id) for principal, agent in pairs}
        note_mandates(change, dispute, dispute.version, wanted, MandatePaper.ELECTION, signed_on)


def test_whoever_has_signed_for_nobody_is_missing(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    assert [(one.represented, one.agents) for one in groups(dispute)] == [(people, agents)]
    assert unauthorised(db.session(), dispute) == people
    note(cast, dispute, (people[0], agents[0]), (people[0], agents[1]), (people[2], agents[1]))
    assert unauthorised(db.session(), dispute) == [people[1]]
    given = mandates_of(db.session(), dispute)
    assert given[people[2].id, agents[1].id].signed_on == SIGNED


def test_a_mandate_is_taken_back_and_the_others_keep_their_day(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    note(cast, dispute, (people[0], agents[0]), (people[1], agents[0]))
    note(cast, dispute, (people[1], agents[0]), (people[2], agents[0]), signed_on=date(2026, 11, 23))
    given = mandates_of(db.session(), dispute)
    assert {pair: one.signed_on for pair, one in given.items()} == {
        (people[1].id, agents[0].id): SIGNED,
        (people[2].id, agents[0].id): date(2026, 11, 23),
    }
    last = db.session.query(Event).filter_by(kind="mandate:note").order_by(Event.id.desc()).first()
    assert last is not None
    assert (last.particulars["added"], last.particulars["gone"]) == (1, 1)


def test_nothing_is_noted_when_nothing_changes(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    note(cast, dispute, (people[0], agents[0]))
    version = dispute.version
    note(cast, dispute, (people[0], agents[0]), signed_on=None)
    assert dispute.version == version


@pytest.mark.parametrize(("signed_on", "field"), [(None, "signed_on"), (date(2026, 11, 24), "signed_on")])
def test_a_mandate_has_the_day_it_was_signed(cast: Cast, signed_on: date | None, field: str) -> None:
    dispute, people, agents = group(cast)
    with pytest.raises(RuleBroken) as refused:
        note(cast, dispute, (people[0], agents[0]), signed_on=signed_on)
    assert refused.value.field == field
    assert mandates_of(db.session(), dispute) == {}


def test_nobody_speaks_for_the_other_side(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    for pair in ((dispute.parties[1], agents[0]), (people[0], people[1]), (agents[0], agents[1])):
        with pytest.raises(RuleBroken, match="same side"):
            note(cast, dispute, pair)


def test_two_who_tick_at_once_do_not_undo_each_other(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    version = dispute.version
    note(cast, dispute, (people[0], agents[0]))
    with pytest.raises(Stale), cast.acting() as change:
        note_mandates(change, dispute, version, {(people[1].id, agents[0].id)}, MandatePaper.POWER, SIGNED)


def test_the_mandates_of_a_party_go_with_it(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    note(cast, dispute, (people[1], agents[0]), (people[2], agents[0]))
    with cast.acting() as change:
        people[1].remove(change, people[1].version)
    db.session.expire_all()
    assert [principal for principal, _agent in mandates_of(db.session(), dispute)] == [people[2].id]


def test_a_share_of_somebody_who_signed_for_nobody_is_advised_against(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    note(cast, dispute, (people[0], agents[0]), (people[2], agents[0]))
    day = date(2026, 12, 1)
    terms = [TermDraft(day, "甘州某健身馆", party.name, 100_00) for party in people]
    with cast.acting(MEDIATOR) as change:
        session = MediationSession.open(change, dispute, Nature.PEOPLES, cast.body("甘州区人民调解委员会"),
                                        cast.person(MEDIATOR), None, None, [])  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        session.conclude(change, session.version, Conclusion(Outcome.AGREED, terms=terms))
    assert session.agreement is not None
    said = [(one.code, one.position, one.facts) for one in session.agreement.remarks if "unbound" in one.code]
    assert said == [("share_unbound", 2, {}), ("unbound", None, {"count": 1})]
