"""The papers of a dispute on its page, and in their three faces; who made one is kept."""

from io import BytesIO

from docx import Document
from pypdf import PdfReader

from models.dispute import Dispute
from models.event import Event
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from tests.support.cast import CLERK, MANAGER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.morning import tell
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # what a paper is drawn from is read on both in tests/papers


def agreed(cast: Cast) -> str:
    tell(cast)
    return db.session.query(Dispute).filter_by(status=DisputeStatus.AGREED).order_by(Dispute.id).first().reference


def made() -> list[dict[str, object]]:
    return [event.particulars for event in db.session.query(Event).filter_by(kind=EventKind.PAPER_SHOW).order_by("id")]


def test_the_page_of_the_dispute_lists_its_papers_with_what_they_lack(cast: Cast) -> None:
    page = visit(cast.signed_in(), f"/disputes/{cast.registered().reference}")
    card = page.soup.find(id="papers")
    words = card.get_text(" ")
    for part in ("人民调解申请书", "当事人权利义务告知书", "还缺", "待补", "齐备"):
        assert part in words, part
    assert "人民调解协议书" not in words
    assert any(link["href"].endswith("/completion") for link in card.find_all("a"))
    assert made() == []  # the list is no paper


def test_a_paper_is_opened_from_the_card_and_kept_as_an_event(cast: Cast) -> None:
    reference = agreed(cast)
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{reference}").follow("/papers/agreement", "人民调解协议书")
    for part in ("人民币900元", "(2026)甘州人调字第0001号", "19000000032"):
        assert part in page.text, part
    assert made() == [{"paper": "agreement", "file": "page"}]


def test_the_same_paper_comes_as_docx_and_as_pdf(cast: Cast) -> None:
    reference = agreed(cast)
    client = cast.signed_in()
    answer = client.get(f"/disputes/{reference}/papers/agreement/docx")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{reference}-agreement.docx"'
    assert "人民调解协议书" in [one.text for one in Document(BytesIO(answer.data)).paragraphs]
    answer = client.get(f"/disputes/{reference}/papers/agreement/pdf")
    assert answer.mimetype == "application/pdf"
    assert "人民调解协议书" in PdfReader(BytesIO(answer.data)).pages[0].extract_text()
    assert [fact["file"] for fact in made()] == ["docx", "pdf"]


def test_a_paper_that_does_not_apply_is_not_found(cast: Cast) -> None:
    reference, client = cast.registered().reference, cast.signed_in()
    for path in ("papers/agreement", "papers/agreement/pdf", "papers/nonsense"):
        assert client.get(f"/disputes/{reference}/{path}").status_code == 404, path
    assert made() == []


def test_papers_are_made_by_those_of_the_house_alone(cast: Cast) -> None:
    reference = agreed(cast)
    path = f"/disputes/{reference}/papers/agreement"
    officer = cast.holding("officer", "市场监管局").username
    assert cast.signed_in(officer).get(path).status_code == 403
    assert cast.signed_in("zhangyaru").get(path).status_code == 404  # the clerk of a township
    assert cast.signed_in(CLERK).get(path).status_code == 200


def test_the_format_of_numbers_is_a_field_of_the_body(cast: Cast) -> None:
    body = cast.body("甘州区人民调解委员会")
    form = visit(cast.signed_in(MANAGER), f"/administration/bodies/{body.id}").form("/administration/bodies/")
    assert "文号格式须含" in form.submit(422, number_format="第{n}号").text
    form.submit(number_format="甘人调〔{year}〕{n:03}号")
    db.session.refresh(body)
    assert body.number_format == "甘人调〔{year}〕{n:03}号"
