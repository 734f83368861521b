"""A settled dispute to its place in the archive: told, signed, scanned, supplemented, closed, complete, put away."""

import io
import json
from pathlib import Path

from werkzeug.datastructures import FileStorage

from models.dispute import Dispute
from models.lifecycle import DisputeStatus
from tests.support import papers
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from tests.support.scenario import Scenario
from tests.support.upload import post

TOLD = json.loads((Path(__file__).parents[1] / "data" / "scenarios.json").read_text(encoding="utf-8"))


def settled(cast: Cast, clock: Clock) -> Dispute:
    scenario = Scenario(cast, clock, next(one for one in TOLD if one["id"] == "consumer-prepaid"))
    scenario.play()
    return scenario.dispute


def scanned(page: Page) -> Page:
    """A paper that all have signed, taken in beside its final text: an earlier version that has no scan yet first."""
    form = visit(page.client, page.soup.select("a[href$='/scan']")[-1]["href"]).form("/scan")
    data = dict(form.values()) | {"files": FileStorage(io.BytesIO(papers.pdf(2)), "协议书.pdf")}
    assert post(page.client, form.tag["action"], data).status_code == 303
    return visit(page.client, page.path)


def signed_by_all(page: Page) -> Page:
    return visit(page.client, f"{page.path}?all=1").form("/signatures").submit()


@only_sqlite
def test_the_file_of_a_settled_dispute_goes_into_the_archive(cast: Cast, clock: Clock) -> None:
    dispute = settled(cast, clock)
    desk, mediator = cast.signed_in(), cast.signed_in(MEDIATOR)
    home, archiving = f"/disputes/{dispute.reference}", f"/disputes/{dispute.reference}/archiving"
    assert "结案" in visit(desk, f"{home}/closing/new").form("/closing").submit().text
    page = visit(desk, archiving)
    for lack in ("告知与同意情况", "定稿文本", "签名、盖章", "签署扫描件"):
        assert lack in page.soup.find(id="missing").get_text(), lack
    assert "当事人身份证明" in page.soup.find(id="missing").get_text()
    brought = visit(desk, page.link("/attachments/new")).form("/attachments")
    copies = {"kind": "identity_paper", "files": FileStorage(io.BytesIO(papers.pdf(1)), "身份证.pdf")}
    data = {name: value for name, value in brought.values() if name not in ("files", "photos")}
    assert post(desk, brought.tag["action"], data | copies).status_code == 303
    for party in dispute.parties:
        visit(desk, home).form(f"/parties/{party.id}/rights").submit(press="agrees")

    page = visit(mediator, page.link("/signing")).form("/final-papers", "定稿").submit()
    page = signed_by_all(page)
    supplement = page.follow("/supplements/new").form("/supplements")
    applicant, respondent = dispute.parties
    page = supplement.submit(**{"rows-0-payer": respondent.name, "rows-0-payee": applicant.name, "reason": "漏算手续费",
                                "rows-0-amount_fen": "100", "rows-0-due_on": "2026-12-30"})  # fmt: skip
    assert "签名、盖章" in visit(desk, archiving).soup.find(id="missing").get_text()
    page = scanned(scanned(signed_by_all(page)))  # of both versions
    assert "第2版" in visit(desk, home).soup.find(id="sessions").get_text()
    visit(desk, home).follow("/performance/new").form("/performance").submit(paid_by="cash", evidence="收条")

    assert "必须材料已齐" in visit(desk, archiving).text
    page = visit(desk, archiving).form(archiving).submit(received_by="何敏", place="3柜2盒")
    assert dispute.status is DisputeStatus.ARCHIVED
    assert "2026-0001" in page.text
