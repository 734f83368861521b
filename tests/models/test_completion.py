"""Completing a file: who ticked a risk, who stands in the roster, who is told of a further visit."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from models.completion import Particulars, complete, enrol
from models.dispute import Dispute
from models.dispute_unit import Part, give_part
from models.errors import RuleBroken, Stale
from models.outbox import Message
from models.party import Side
from models.registration import join
from models.risk import Risk
from models.visit import VisitPurpose
from tests.support.cast import MEDIATOR, Cast
from transaction import db


def completed(cast: Cast, dispute: Dispute, username: str, **changes: object) -> None:
    wanted = replace(Particulars.of(dispute), **changes)
    with cast.acting(username) as change:
        complete(change, dispute, dispute.version, wanted)


def test_a_risk_keeps_who_ticked_it_as_long_as_it_stands(cast: Cast) -> None:
    dispute = cast.registered()
    completed(cast, dispute, "xuwenjing", risks={Risk.THREAT, Risk.AGITATED})
    completed(cast, dispute, MEDIATOR, risks={Risk.THREAT, Risk.WEAPON})
    names = {tick.risk: tick.by_id for tick in dispute.risks}
    assert names == {Risk.THREAT: cast.person("xuwenjing").id, Risk.WEAPON: cast.person(MEDIATOR).id}


def test_nothing_changed_is_no_new_version(cast: Cast) -> None:
    dispute = cast.registered()
    completed(cast, dispute, MEDIATOR)
    assert dispute.version == 1


def test_the_demand_stays_and_the_slower_one_is_told(cast: Cast) -> None:
    dispute = cast.registered()
    with pytest.raises(RuleBroken, match="one sentence"):
        completed(cast, dispute, MEDIATOR, demand="")
    with pytest.raises(Stale), cast.acting() as change:
        complete(change, dispute, 7, Particulars.of(dispute))


def test_a_roster_completes_who_is_known_by_number_or_by_a_name_still_without_one(cast: Cast) -> None:
    dispute = cast.registered()
    people = [
        {"name": "宋佳", "id_number": "620702198605220069"},
        {"name": "李守国", "id_number": "620702198310010056"},
        {"name": "宋佳", "id_number": "620702197903120037"},
    ]
    with cast.acting() as change:
        assert enrol(change, dispute, people) == 2
    with cast.acting() as change:
        assert enrol(change, dispute, people) == 0
    assert [party.name for party in dispute.parties if party.side is Side.APPLICANT] == ["宋佳", "李守国", "宋佳"]


def test_whoever_leads_is_told_of_a_further_visit(cast: Cast) -> None:
    dispute, unit = cast.registered(), cast.unit("水务局")
    with cast.acting() as change:
        dispute.lock(change)
        give_part(change, dispute, unit.id, Part.LEAD)
        join(change, dispute, VisitPurpose.URGE, 2, "来催")
    told = db.session.scalars(select(Message).where(Message.template == "further_visit")).all()
    assert [(message.recipient_kind, message.recipient_id) for message in told] == [("unit", unit.id)]
