"""The invented disputes play through the real pages; then their whole file is written and read back."""

import json
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from models.mediation import Outcome
from papers import index
from papers.docx import docx
from papers.page import ROOT, html
from papers.pdf import pdf
from papers.reading import matter_of
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.scenario import Scenario
from transaction import db, now

TOLD = [told for told in json.loads((ROOT / "tests/data/scenarios.json").read_text("utf-8"))
        if not told.get("consultation_only")]  # fmt: skip
# Drawn as PDF too: a group with a table of workers, one of a court, one of a township.
DRAWN = ("wage-12-workers", "traffic-court", "video-remote-township")
OF_OUTCOME = {Outcome.AGREED: {"record"}, Outcome.NOT_AGREED: {"record", "termination"},
              Outcome.WITHDRAWN: {"record", "termination"}}  # fmt: skip


def flat(text: str) -> str:
    return "".join(text.split())


def words_of(content: bytes) -> str:
    """Every run of the body in its order; asking the table for its cells one by one takes many times as long."""
    return flat("".join(run.text or "" for run in Document(BytesIO(content)).element.body.iter(qn("w:t"))))


@only_sqlite
@pytest.mark.parametrize("told", TOLD, ids=[told["id"] for told in TOLD])
def test_the_whole_file_is_written_and_read_back(cast: Cast, clock: Clock, told: dict[str, Any]) -> None:
    scenario = Scenario(cast, clock, told)
    scenario.play()
    dispute = scenario.dispute
    matter = matter_of(db.session(), dispute, cast.app.extensions["sealer"], now())
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
    if told["id"] in DRAWN:
        for code in ("record", "agreement", "acceptance"):
            if code in papers:
                drawn = flat("".join(one.extract_text() for one in PdfReader(BytesIO(pdf(papers[code]))).pages))
                assert flat(dispute.parties[0].name) in drawn, code
