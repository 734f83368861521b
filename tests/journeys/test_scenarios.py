"""The invented disputes of a fortnight, from the door to the result, through the real pages by the roles concerned."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import current_app

from models.event import Break, verify
from models.lifecycle import DisputeStatus
from models.visit import Visit
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.scenario import Scenario
from transaction import db

TOLD = json.loads((Path(__file__).parents[1] / "data" / "scenarios.json").read_text(encoding="utf-8"))
ENDS = {
    "达成协议": DisputeStatus.AGREED,
    "即时履行": DisputeStatus.AGREED,
    "调解不成": DisputeStatus.NOT_AGREED,
    "中止": DisputeStatus.SUSPENDED,
    "转办理": DisputeStatus.HANDED_OVER,
    "当事人撤回": DisputeStatus.WITHDRAWN,
}


@pytest.mark.parametrize("told", TOLD, ids=[told["id"] for told in TOLD])
def test_a_dispute_takes_its_course(cast: Cast, clock: Clock, told: dict[str, Any]) -> None:
    scenario = Scenario(cast, clock, told)
    scenario.play()
    if told.get("consultation_only"):
        visit = db.session.query(Visit).one()
        assert (visit.answer, visit.dispute_id) == (told["answer"], None)
    else:
        check(scenario)
    results = list(verify(db.session(), current_app.extensions["sealer"].key("events")))
    assert not [result for result in results if isinstance(result, Break)]


def check(scenario: Scenario) -> None:
    """What the record must say at the end of this dispute."""
    dispute, told = scenario.dispute, scenario.told
    assert dispute.status is ENDS[told["mediation"]["outcome"]]
    assert dispute.head_count == told["batch_persons"]
    assert dispute.facts == told["facts"]
    assert [claim.text for claim in dispute.claims] == told["claims"]
    names = {
        told_party["name"] for key in ("applicants", "respondents", "third_parties") for told_party in told.get(key, [])
    }
    assert {party.name for party in dispute.parties} == names
    assert dispute.on_board_since is None
    if "terms" in told["mediation"]:
        check_terms(scenario)
    if "unit" in told["mediation"]:
        assert dispute.hand_overs[-1].unit.name == told["mediation"]["unit"]
        assert dispute.hand_overs[-1].reply_by.isoformat() == told["mediation"]["reply_by"]


def check_terms(scenario: Scenario) -> None:
    told, session = scenario.told["mediation"], scenario.dispute.sessions[-1]
    assert session.on_site == told["on_site"]
    said = [
        (term.due_on.isoformat(), term.payer, (term.amount_fen or 0) / 100, term.act)
        for term in session.agreement.terms
    ]
    assert said == [
        (term["due"], term.get("payer", ""), term.get("amount", 0), term.get("action", "")) for term in told["terms"]
    ]
