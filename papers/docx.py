"""A paper as DOCX: A4, 仿宋 body, 小标宋 title, repeated table heads, 第 n 页 共 m 页 at the foot."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt

from papers.blocks import TOGETHER, Block, Code, Look, PageBreak, Paper, Paragraph, Seal, Signatures, Table, Title
from papers.strokes import drawn, squared
from papers.typeface import BODY, FANG, HEI, SONG, set_face, use_typefaces

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SMALL, FOOT, TITLE = Pt(11), Pt(10.5), Pt(22)
TEXT_WIDTH = Mm(210 - 28 - 24)
SEAL_WIDTH = Mm(70)
CELL_ROOM = 57  # above and below the words of a cell, in twentieths of a point
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def docx(*papers: Paper) -> bytes:
    """One document of these papers, each in a section of its own."""
    document = Document()
    use_typefaces(document)
    for place, paper in enumerate(papers):
        section = document.sections[0] if not place else document.add_section(WD_SECTION.NEW_PAGE)
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(28), Mm(24)
        section.top_margin, section.bottom_margin = Mm(28), Mm(25)
        is_fresh = False
        for block, after in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
            count = len(document.element.body)
            _write(document, block, after)
            if is_fresh:  # not a break of its own, which would fall on an empty page where the last one is full
                first = next(document.element.body[count - 1].iter(qn("w:p")))
                first.get_or_add_pPr().get_or_add_pageBreakBefore()
            is_fresh = isinstance(block, PageBreak)
    _text(document.sections[0].header.paragraphs[0], papers[0].mark, SMALL).alignment = CENTRE
    _foot(document.sections[0].footer.paragraphs[0])
    document.core_properties.title = papers[0].name
    document.core_properties.author = ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _text(paragraph: Any, text: str, size: Any = BODY, name: str = FANG, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.bold = size, bold
    set_face(run.font, run._element.get_or_add_rPr(), name)
    return paragraph


def _write(document: Any, block: Block, after: Block | None) -> None:
    """`after` stands next: nobody signs a page that holds nothing else, so the last lines of the text go along."""
    goes_along = isinstance(after, (Signatures, Seal) if not isinstance(block, Signatures) else (Seal, Paragraph))
    match block:
        case Title():
            if block.number:
                number = _text(document.add_paragraph(), block.number, Pt(12))
                number.alignment, number.paragraph_format.keep_with_next = RIGHT, True
                number.paragraph_format.space_after = Pt(6)
            title = _text(document.add_paragraph(), block.text, TITLE, SONG)
            title.alignment, title.paragraph_format.line_spacing = CENTRE, 1.2
            title.paragraph_format.space_after, title.paragraph_format.keep_with_next = Pt(10), True
        case Paragraph():
            paragraph = document.add_paragraph()
            _paragraph(paragraph, block)
            if goes_along:
                paragraph.paragraph_format.keep_with_next = True
            if isinstance(after, Table):
                paragraph.paragraph_format.space_after = Pt(6)
        case Table():
            table = _table(document, block)
            if block.is_whole:
                _keep([row.cells[0].paragraphs[0] for row in list(table.rows)[:-1]])
            space = document.add_paragraph()
            space.paragraph_format.line_spacing = Pt(6)
            if goes_along:
                _keep([*table.rows[-1].cells[0].paragraphs, space])
        case Signatures():
            table = _signatures(document, block)
            last = len(table.rows)
            rows = [row for at, row in enumerate(table.rows, 1)
                    if (goes_along if at == last else at % (TOGETHER // 2))]  # fmt: skip
            _keep([paragraph for row in rows for cell in row.cells for paragraph in cell.paragraphs])
        case Seal():
            _seal(document, block)
            if isinstance(after, Paragraph) and after.look is Look.NOTE:
                _keep(document.paragraphs[-1:])
        case Code():
            picture = document.add_paragraph()
            picture.paragraph_format.line_spacing, picture.paragraph_format.keep_with_next = 1.0, True
            picture.add_run().add_picture(squared(block.path, block.size), width=Mm(40))
            _text(document.add_paragraph(), block.text, SMALL)


def _keep(paragraphs: list[Any]) -> None:
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _paragraph(paragraph: Any, block: Paragraph) -> None:
    look = block.look
    if look is Look.HEADING:
        _text(paragraph, block.text, BODY, HEI)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(6), True
        return
    _text(paragraph, block.text, {Look.NOTE: SMALL, Look.LEAD: Pt(24)}.get(look, BODY),
          SONG if look is Look.LEAD else FANG)  # fmt: skip
    if look is Look.INDENT:
        paragraph.paragraph_format.first_line_indent = BODY * 2
    elif look in (Look.CENTRE, Look.LEAD):
        paragraph.alignment = CENTRE
    if look is Look.LEAD:
        paragraph.paragraph_format.line_spacing = 1.3
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(72), Pt(30)


def _table(document: Any, block: Table) -> Any:
    """Its lines end where the text does; a row is torn over two pages only when it holds a long text."""
    table = document.add_table(rows=len(block.rows), cols=len(block.widths), style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    room = "".join(f'<w:{edge} w:w="{CELL_ROOM}" w:type="dxa"/>' for edge in ("top", "bottom"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{room}</w:tblCellMar>"))
    widths = [int(TEXT_WIDTH * width / 100) for width in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, cells in zip(table.rows, block.rows, strict=True):
        at = 0
        for cell in cells:
            place = row.cells[at]
            if cell.span > 1:
                place = place.merge(row.cells[at + cell.span - 1])
            place.width = sum(widths[at : at + cell.span])
            paragraph = place.paragraphs[0]
            paragraph.paragraph_format.line_spacing = 1.1
            _text(paragraph, cell.text, Pt(12))
            if cell.is_label:
                paragraph.alignment = CENTRE
            place.vertical_alignment = 1
            at += cell.span
        row.height = Mm(max(9, *(cell.tall for cell in cells), 0))
        if not block.may_tear(cells):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for row in table.rows[: block.heads]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _signatures(document: Any, block: Signatures) -> Any:
    """Two beside each other, without lines around them, never torn over two pages."""
    table = document.add_table(rows=-(-len(block.lines) // 2), cols=2)
    for place, line in enumerate(block.lines):
        cell = table.cell(place // 2, place % 2)
        _text(cell.paragraphs[0], line, Pt(13))
        for mark in (one for one in block.marks if one.line == place):
            if mark.ink:
                cell.add_paragraph().add_run().add_picture(drawn(mark.ink), width=Mm(45))
            _text(cell.add_paragraph(), mark.text, Pt(10)).paragraph_format.line_spacing = 1.1
    for row in table.rows:
        row.height = Cm(1.6)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _seal(document: Any, block: Seal) -> None:
    """Name and day under each other where the round seal is set over them; the day alone at the right."""
    for text, size in ((block.body, BODY), ("（印章）" if block.body else "", SMALL), (block.day, BODY)):
        if text:
            paragraph = _text(document.add_paragraph(), text, size)
            paragraph.alignment = CENTRE if block.body else RIGHT
            if block.body:
                paragraph.paragraph_format.left_indent = TEXT_WIDTH - SEAL_WIDTH
            if text == block.body:
                paragraph.paragraph_format.space_before = Pt(12)
            paragraph.paragraph_format.keep_with_next = text != block.day


def _foot(paragraph: Any) -> None:
    paragraph.alignment = CENTRE
    for words, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES"), (" 页", "")):
        _text(paragraph, words, FOOT)
        if field:
            element = OxmlElement("w:fldSimple")
            element.set(qn("w:instr"), field)
            _text(paragraph, "1", FOOT)
            element.append(paragraph.runs[-1]._element)
            paragraph._p.append(element)
