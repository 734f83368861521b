"""The three faces of a paper: whatever is typed comes out as it was typed, on the page, in DOCX and in PDF."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader

from models.dispute import Dispute
from models.lifecycle import DisputeStatus
from papers import index
from papers.blocks import Cell, Paper, Paragraph, Table, Title, head, plain
from papers.docx import docx
from papers.matter import Matter
from papers.page import ROOT, html
from papers.pdf import pdf
from papers.reading import matter_of
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.morning import tell
from transaction import db, now

WILD = "<w:p/>&amp; {{7*7}} {% raw %} \U0001f600 \U00020bb7野家 \u4dae 阿依·古丽"
LONG = "长" * 200


def flat(text: str) -> str:
    """Without the breaks a page or a cell puts into a line."""
    return "".join(text.split())


def words_of_docx(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return flat("\n".join([*(one.text for one in document.paragraphs), *cells]))


def words_of_pdf(content: bytes) -> str:
    return flat("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def words_of_page(paper: Paper) -> str:
    return flat(BeautifulSoup(html(paper), "lxml").get_text())


# Columns that are too narrow for the whole of it: PostgreSQL would refuse, and so would the forms.
SHORT = {"officer", "post", "agent", "channel", "screen", "holiday", "contact", "taker", "ethnic", "capacity"}


def wild_matter(cast: Cast) -> Matter:
    """An agreement of people and words that no template expects; the dispute's own facts are the longest."""

    def say(field: str, words: str) -> str:
        if field in ("phone", "id"):
            return words
        return WILD if field in SHORT else f"{WILD}{LONG[:100]}"

    tell(cast, say)
    dispute = db.session.query(Dispute).filter_by(status=DisputeStatus.AGREED).order_by(Dispute.id).first()
    with cast.acting() as change:
        dispute.edit(change, dispute.version, facts=f"{WILD}{LONG * 5}\n{WILD}")
        for party in dispute.parties:
            party.edit(
                change, party.version, name=f"{WILD}{LONG}"[:200], address=f"{WILD}{LONG}", ethnic_group="裕固族"
            )
    # What is final stays as it was signed; here everything is drawn anew.
    return replace(matter_of(db.session(), dispute, cast.app.extensions["sealer"], now()), finals={})


# Codes of the record that the paper says in words of its own.
SAID_OTHERWISE = {"Outcome of the session"}


@only_sqlite
def test_wild_words_come_out_as_typed_on_every_page_and_in_every_docx(cast: Cast) -> None:
    matter = wild_matter(cast)
    looked_at = 0
    for entry, _need in index.applicable(matter):
        paper = index.written(matter, entry)
        page, document = words_of_page(paper), words_of_docx(docx(paper))
        for field in paper.fields:
            lines = [] if field.label in SAID_OTHERWISE else flat_lines(field.value)
            for line in lines:
                assert line in page, (entry.code, field.label)
                assert line in document, (entry.code, field.label)
            looked_at += flat(WILD) in flat(field.value)
    assert looked_at > 20, "the payload is hardly on any paper: this test looks at nothing"


def flat_lines(text: str) -> list[str]:
    return [flat(line) for line in plain(text).splitlines() if line.strip()]


@only_sqlite
def test_three_papers_as_pdf_hold_every_word(cast: Cast) -> None:
    matter = wild_matter(cast)
    for code in ("agreement", "record", "acceptance"):
        paper = index.written(matter, index.BY_CODE[code])
        drawn = words_of_pdf(pdf(paper))
        for part in ("<w:p/>&amp;{{7*7}}", "\U00020bb7野家", "阿依·古丽"):
            assert part in drawn, (code, part)


def paper_of(*texts: str) -> Paper:
    table = Table((head("甲", "乙"), *((Cell(text), Cell(text)) for text in texts)), (50, 50), heads=1)
    return Paper("试纸", (Title(texts[0], texts[-1]), *(Paragraph(text) for text in texts), table))


@pytest.mark.parametrize("text", [WILD, LONG, "\x00\x07\x1b[31m", "\ud800", "行一\n行二\t三", "=SUM(A1)", "]]>-->"])
def test_any_text_reopens_and_loses_nothing(text: str) -> None:
    paper = paper_of(text)
    wanted = flat(plain(text))
    assert wanted in words_of_page(paper)
    content = docx(paper)
    assert wanted in words_of_docx(content)
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None


def test_a_long_text_runs_over_pages_and_its_table_head_is_repeated() -> None:
    rows = tuple((Cell(str(place)), Cell(LONG)) for place in range(40))
    paper = Paper("长表", (Title("长表"), Table((head("序号", "事实"), *rows), (20, 80), heads=1)))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf(paper))).pages]
    assert len(pages) > 3
    assert all("序号" in page for page in pages)
    assert f"共 {len(pages)} 页" in " ".join(pages[-1].split())
    assert sum(page.count("长") for page in pages) == 40 * 200 + 1
    row = Document(BytesIO(docx(paper))).tables[0].rows[0]
    assert row._tr.trPr.xpath("./w:tblHeader")


def test_chinese_text_has_its_font_and_the_page_is_a4() -> None:
    document = Document(BytesIO(docx(paper_of("正文"))))
    assert round(document.sections[0].page_width.mm) == 210
    fonts = document.element.body.xpath("//w:rFonts/@w:eastAsia")
    assert {"仿宋_GB2312", "方正小标宋简体"} <= set(fonts)
    assert {"PAGE", "NUMPAGES"} <= set(document.sections[0].footer._element.xpath("//w:fldSimple/@w:instr"))


def test_drawing_a_paper_fetches_nothing() -> None:
    paper = paper_of('<img src="http://127.0.0.1:9/x.png"><link rel="stylesheet" href="file:///etc/passwd">')
    assert "<img" in words_of_pdf(pdf(paper))


def test_every_width_and_height_of_a_table_has_its_class(cast: Cast) -> None:
    """A class nobody wrote would silently squeeze a column."""
    tell(cast)
    style = (ROOT / "static/css/82-papers.css").read_text(encoding="utf-8")
    used = set()
    for dispute in db.session.query(Dispute):
        matter = matter_of(db.session(), dispute, cast.app.extensions["sealer"], now())
        for entry, _need in index.applicable(matter):
            used |= set(re.findall(r'class="((?:wide|tall)-\d+)"', html(index.written(matter, entry))))
    assert {name for name in used if f".{name} " not in style} == set()
