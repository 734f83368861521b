"""Every paper of every story as DOCX, opened in LibreOffice: no word is lost, no page is empty, each says its number.

Its name keeps it out of the suite, which does without LibreOffice: `scripts/prove` names it. With `PROVE_PAPERS` the
documents and what LibreOffice made of them stay in that folder, to be looked at.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from models.agreement import AgreementForm, TermDraft
from models.conclusion import Outcome
from models.ending import decline
from models.enforcement import CourtRuling
from models.natures import Nature
from models.party import Party, Side
from papers import index
from papers.blocks import Paper
from papers.court_index import COURT_PAPERS
from papers.court_list import hand_over_list
from papers.docx import docx
from tests.journeys.test_scenarios import TOLD
from tests.models.test_mandate import group, note
from tests.models.test_mediation import conclude, open_session, opened
from tests.papers.test_applications import DUE
from tests.papers.test_court import TODAY, failed, packed, read, suit, wild
from tests.papers.test_faces import flat, wild_matter
from tests.papers.test_index import matter
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.office import opened as laid_out
from tests.support.scenario import Scenario

pytestmark = only_sqlite
WITH_FILE = [told for told in TOLD if not told.get("consultation_only")]
A4 = (595, 842)  # points
Check = Callable[[str, dict[str, Paper]], None]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Opens these papers in LibreOffice and reads them back."""

    def look(story: str, papers: dict[str, Paper]) -> None:
        folder = Path(os.environ.get("PROVE_PAPERS", tmp_path)) / story
        folder.mkdir(parents=True, exist_ok=True)
        for code, paper in papers.items():
            (folder / f"{code}.docx").write_bytes(docx(paper))
        for code, content in laid_out(folder, tmp_path / "profile").items():
            _came_back_whole(f"{story} {code}", (folder / f"{code}.docx").read_bytes(), content)

    return look


def _came_back_whole(name: str, document: bytes, content: bytes) -> None:
    pages = PdfReader(BytesIO(content)).pages
    texts = [flat(page.extract_text()) for page in pages]
    body = flat("".join(run.text or "" for run in Document(BytesIO(document)).element.body.iter(qn("w:t"))))
    # In which order cells are read depends on where the page ends, so the characters are counted.
    assert Counter(body) - Counter("".join(texts)) == Counter(), name
    for place, (page, text) in enumerate(zip(pages, texts, strict=True), 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4, name
        foot = f"第{place}页共{len(pages)}页"
        assert foot in text, name
        assert text.replace(foot, ""), f"{name}: page {place} is empty"


@pytest.mark.parametrize("told", WITH_FILE, ids=[told["id"] for told in WITH_FILE])
def test_every_paper_of_a_story_comes_back_whole(cast: Cast, clock: Clock, check: Check, told: dict[str, Any]) -> None:
    scenario = Scenario(cast, clock, told)
    scenario.play()
    found = matter(cast, scenario.dispute)
    check(told["id"], {entry.code: index.written(found, entry) for entry, _need in index.applicable(found)})


def test_wild_words_come_back_whole(cast: Cast, check: Check) -> None:
    found = wild_matter(cast)
    check("wild", {entry.code: index.written(found, entry) for entry, _need in index.applicable(found)})


@pytest.mark.parametrize(("story", "facts"), [("court", wild()), ("court-suit", suit())], ids=["assigned", "suit"])
def test_every_paper_of_the_court_comes_back_whole(cast: Cast, check: Check, story: str, facts: dict[str, Any]) -> None:
    referral = failed(cast, **facts)
    case = read(cast, referral)
    written = {one.code: one.write(case) for one in COURT_PAPERS if one.may(case)}
    check(story, {**written, "pack": packed(cast, referral), "hand-over": hand_over_list([referral], TODAY)})


def test_papers_of_a_crowd_come_back_whole(cast: Cast, check: Check) -> None:
    dispute, few, agents = group(cast)
    with cast.acting() as change:
        people = [Party.add(change, dispute, Side.APPLICANT, f"业主{n}") for n in range(31)]
    note(cast, dispute, *((party, agents[0]) for party in [*few, *people]))
    with cast.acting(MEDIATOR) as change:
        session = open_session(cast, change, dispute)
    terms = [replace(DUE, payee=party.name, amount_fen=90_000 + n) for n, party in enumerate(people)]
    conclude(cast, session, Outcome.AGREED, terms=terms)
    found = matter(cast, dispute)
    check("crowd", {entry.code: index.written(found, entry) for entry, _need in index.applicable(found)})


def test_papers_of_rare_ends_come_back_whole(cast: Cast, clock: Clock, check: Check) -> None:
    def paper(dispute: Any, code: str) -> Paper:
        return index.written(matter(cast, dispute), index.BY_CODE[code])

    refused = cast.registered()
    with cast.acting() as change:
        decline(change, refused, "属于行政复议范围")
    oral = opened(cast, "邻里")
    conclude(cast, oral, Outcome.AGREED, form=AgreementForm.ORAL, performed_at_once=True,
             terms=[TermDraft(TODAY, act="当场清理楼道杂物")])  # fmt: skip
    wages = opened(cast, "拖欠工资", Nature.INDUSTRY, "甘州区劳动争议人民调解委员会")
    conclude(cast, wages, Outcome.AGREED, terms=[DUE])
    confirmed = opened(cast)
    conclude(cast, confirmed, Outcome.AGREED, terms=[DUE])
    assert confirmed.agreement is not None
    with cast.acting() as change:
        CourtRuling.note(change, confirmed.agreement, TODAY, "(2026)甘0702民特12号")
    papers = {"refusal": paper(refused, "refusal"), "oral": paper(oral.dispute, "oral"),
              "review": paper(wages.dispute, "review")}  # fmt: skip
    clock.advance(days=17)
    papers |= {"payment-order": paper(wages.dispute, "payment-order"),
               "enforcement": paper(confirmed.dispute, "enforcement")}  # fmt: skip
    check("rare", papers)
