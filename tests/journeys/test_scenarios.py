"""The invented disputes of a fortnight, from the door to the result, through the real pages by the roles concerned.

Then the whole file of each is written and read back.
"""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from flask import current_app
from pypdf import PdfReader

from models.conclusion import Outcome
from models.event import Break, verify
from models.lifecycle import DisputeStatus
from models.visit import Visit
from papers import index
from papers.docx import docx
from papers.page import html
from papers.pdf import pdf
from papers.reading import matter_of
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.scenario import Scenario
from transaction import db, now

TOLD = json.loads((Path(__file__).parents[1] / "data" / "scenarios.json").read_text(encoding="utf-8"))
ENDS = {
    "达成协议": DisputeStatus.AGREED,
    "即时履行": DisputeStatus.AGREED,
    "调解不成": DisputeStatus.NOT_AGREED,
    "中止": DisputeStatus.SUSPENDED,
    "转办理": DisputeStatus.HANDED_OVER,
    "当事人撤回": DisputeStatus.WITHDRAWN,
}
# Drawn as PDF too: a group with a table of workers, one of a court, one of a township.
DRAWN = ("wage-12-workers", "traffic-court", "video-remote-township")
OF_OUTCOME = {Outcome.AGREED: {"record"}, Outcome.NOT_AGREED: {"record", "termination"},
              Outcome.WITHDRAWN: {"record", "termination"}}  # fmt: skip


@pytest.mark.parametrize("told", TOLD, ids=[told["id"] for told in TOLD])
def test_a_dispute_takes_its_course(cast: Cast, clock: Clock, told: dict[str, Any]) -> None:
    scenario = Scenario(cast, clock, told)
    scenario.play()
    if told.get("consultation_only"):
        visit = db.session.query(Visit).one()
        assert (visit.answer, visit.dispute_id) == (told["answer"], None)
    else:
        check(scenario)
        if db.engine.dialect.name == "sqlite":  # what is written comes from rows that check() has seen on both
            check_papers(scenario)
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


def check_papers(scenario: Scenario) -> None:
    """Every paper of the file says what the record says, on the page and in the document."""
    dispute = scenario.dispute
    matter = matter_of(db.session(), dispute, scenario.cast.app.extensions["sealer"], now())
    papers = {entry.code: index.written(matter, entry) for entry, _need in index.applicable(matter)}
    for code, paper in papers.items():
        page = flat(BeautifulSoup(html(paper), "lxml").get_text())
        document = words_of(docx(paper))
        for field in paper.fields:
            for line in [] if field.label == "Outcome of the session" else field.value.splitlines():
                assert flat(line) in page, (code, field.label)
                assert flat(line) in document, (code, field.label)
    first = flat(html(papers.get("application") or papers["acceptance"]))
    for party in dispute.parties:
        assert flat(party.name) in first
    assert flat(dispute.facts or dispute.demand)[:20] in first
    for session in dispute.sessions:
        assert set(OF_OUTCOME.get(session.outcome, ())) - papers.keys() == set() or session is not dispute.sessions[-1]
        assert (session.agreement is None) or papers.keys() & {"agreement", "oral"}
    if scenario.told["id"] in DRAWN:
        for code in ("record", "agreement", "acceptance"):
            if code in papers:
                drawn = flat("".join(one.extract_text() for one in PdfReader(BytesIO(pdf(papers[code]))).pages))
                assert flat(dispute.parties[0].name) in drawn, code


def flat(text: str) -> str:
    return "".join(text.split())


def words_of(content: bytes) -> str:
    """Every run of the body in its order; asking the table for its cells one by one takes many times as long."""
    return flat("".join(run.text or "" for run in Document(BytesIO(content)).element.body.iter(qn("w:t"))))
