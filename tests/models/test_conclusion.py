"""How a session ends: what each outcome needs, and what it does to dispute and house."""

from datetime import timedelta

import pytest

from models.conclusion import Ground, Outcome
from models.consent import Consent, Telling, tell_rights
from models.errors import RuleBroken
from models.hand_over import HandOverOrder
from models.lifecycle import DisputeStatus
from models.next_date import next_date
from tests.models.test_mediation import TODAY, conclude, open_session, opened, pay
from tests.support.cast import MEDIATOR, Cast
from transaction import db


@pytest.mark.parametrize(("outcome", "facts", "status"), [
    (Outcome.AGREED, {"terms": [pay()]}, DisputeStatus.AGREED),
    (Outcome.NOT_AGREED, {"ground": Ground.GAP, "routes_told": True}, DisputeStatus.NOT_AGREED),
    (Outcome.SUSPENDED, {"reason": "委托鉴定"}, DisputeStatus.SUSPENDED),
    (Outcome.WITHDRAWN, {"reason": "双方自行和解"}, DisputeStatus.WITHDRAWN),
])  # fmt: skip
def test_each_end_moves_the_dispute_and_frees_the_house(
    cast: Cast, outcome: Outcome, facts: dict[str, object], status: DisputeStatus
) -> None:
    whistle = cast.whistled("市场监管局", room="调解二室")
    with cast.acting() as change:
        session = open_session(cast, change, whistle.dispute)
    conclude(cast, session, outcome, on_site=True, **facts)
    assert (session.outcome, session.on_site, session.dispute.status) == (outcome, True, status)
    assert session.dispute.on_board_since is None
    assert [callout.is_open for callout in whistle.callouts] == [False]
    assert cast.room("调解二室").current_use(db.session()) is None


def test_a_hand_over_in_the_room_sets_the_date_of_the_reply(cast: Cast) -> None:
    session = opened(cast)
    order = HandOverOrder(cast.unit("综合执法局").id, "大队值班负责人", TODAY + timedelta(days=3))
    conclude(cast, session, Outcome.HANDED_OVER, hand_over=order)
    assert session.dispute.status is DisputeStatus.HANDED_OVER
    assert next_date(session.dispute) == TODAY + timedelta(days=3)


@pytest.mark.parametrize(("outcome", "facts", "field"), [
    (Outcome.AGREED, {}, "terms"),
    (Outcome.NOT_AGREED, {"routes_told": True}, "ground"),
    (Outcome.NOT_AGREED, {"ground": Ground.GAP}, "routes_told"),
    (Outcome.NOT_AGREED, {"ground": Ground.OTHER, "reason": " ", "routes_told": True}, "reason"),
    (Outcome.SUSPENDED, {"reason": " "}, "reason"),
    (Outcome.WITHDRAWN, {"reason": ""}, "reason"),
    (Outcome.HANDED_OVER, {}, "hand_over_unit"),
])  # fmt: skip
def test_an_end_that_says_too_little_is_refused(
    cast: Cast, outcome: Outcome, facts: dict[str, object], field: str
) -> None:
    session = opened(cast)
    with pytest.raises(RuleBroken) as refused:
        conclude(cast, session, outcome, **facts)
    assert refused.value.field == field
    assert (session.ended_at, session.dispute.status) == (None, DisputeStatus.IN_MEDIATION)


def test_nobody_agrees_for_a_party_that_has_refused_on_record(cast: Cast) -> None:
    session = opened(cast)
    party = session.dispute.parties[1]
    with cast.acting(MEDIATOR) as change:
        tell_rights(change, party, Telling.TELEPHONE, Consent.REFUSES)
    with pytest.raises(RuleBroken, match="refused mediation"):
        conclude(cast, session, Outcome.AGREED, terms=[pay()])
    with cast.acting(MEDIATOR) as change:
        tell_rights(change, party, Telling.PAPER, Consent.AGREES)
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    assert session.dispute.status is DisputeStatus.AGREED
