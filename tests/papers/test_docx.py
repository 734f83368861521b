"""How a paper holds together as DOCX: what is torn over two pages, what stands in for a missing typeface."""

from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from papers.blocks import (
    LONG,
    Cell,
    PageBreak,
    Paper,
    Paragraph,
    Seal,
    Signatures,
    Table,
    Title,
    form,
    head,
    note,
    wide,
)
from papers.docx import docx
from papers.page import html
from papers.pdf import pdf

LINES = Signatures(("申请人（签名）：", "被申请人（签名）：", "调解员（签名）："))


def opened(*blocks: Any) -> Any:
    return Document(BytesIO(docx(Paper("试纸", (Title("试纸"), *blocks)))))


def kept(document: Any) -> list[str]:
    """What goes along with whatever stands next."""
    return [paragraph.xpath("string(.)") for paragraph in document.element.body.xpath("//w:p[w:pPr/w:keepNext]")
            if paragraph.pPr.keepNext.val]  # fmt: skip


def test_nobody_signs_a_page_that_holds_nothing_else() -> None:
    signed = opened(Paragraph("前文"), Paragraph("确认无误。"), LINES, Seal("甘州区人民调解委员会", "2026年11月23日"))
    assert kept(signed) == ["试纸", "确认无误。", *LINES.lines, "", "甘州区人民调解委员会", "（印章）"]
    assert kept(opened(Paragraph("确认无误。"), Signatures(("申请人：",)))) == ["试纸", "确认无误。"]
    hashed = opened(Seal("甘州区综治中心", "2026年11月23日"), note("定稿第1版"))
    assert kept(hashed)[-1] == "2026年11月23日"
    sheet = html(Paper("试纸", (Title("试纸"), Seal("甘州区综治中心", "2026年11月23日"), note("定稿第1版"))))
    end = BeautifulSoup(sheet, "lxml").select_one(".sheet__end")
    assert end is not None
    assert end.get_text("|", strip=True) == "甘州区综治中心|（印章）|2026年11月23日|定稿第1版"
    assert sheet.count("（印章）") == 1
    last = opened(Table((head("甲"), (Cell("乙"),)), (100,), heads=1), LINES)
    assert kept(last) == ["试纸", "乙", "", *LINES.lines[:2]]


def test_only_a_row_with_a_long_text_is_torn_and_a_short_form_never() -> None:
    table = form(wide("事由", "长" * (LONG + 1)), wide("地点", "长" * LONG))
    rows = opened(table).tables[0].rows
    assert [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in rows] == [False, True]
    assert html(Paper("试纸", (table,))).count('class="sheet__long"') == 1
    short = form(wide("事由", "短"), wide("地点", "短"))
    assert kept(opened(short)) == ["试纸", "事由"]
    assert "sheet__whole" in html(Paper("试纸", (short,)))
    assert "sheet__whole" not in html(Paper("试纸", (table,)))


def test_a_new_page_begins_with_its_title_and_leaves_no_empty_one_behind() -> None:
    body = opened(Paragraph("第一页"), PageBreak(), Title("第二页", "甘州人调字第0001号")).element.body
    assert body.xpath("//w:br") == []
    assert [one.xpath("string(.)") for one in body.xpath("//w:p[w:pPr/w:pageBreakBefore]")] == ["甘州人调字第0001号"]


def test_missing_typefaces_have_stand_ins_and_the_text_is_chinese() -> None:
    document = opened(Paragraph("正文"))
    fonts = next(part.target_part.blob.decode() for part in document.part.rels.values() if "fontTable" in part.reltype)
    for name, other in (("仿宋_GB2312", "仿宋"), ("方正小标宋简体", "宋体")):
        assert f'w:name="{name}"><w:altName w:val="{other}"/>' in fonts
    languages = {one.get(qn("w:eastAsia")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}


def test_the_lines_of_a_table_end_where_the_text_does_and_its_words_have_room() -> None:
    table = opened(form(wide("事由", "短"))).tables[0]._tbl.tblPr
    names = [child.tag.rpartition("}")[2] for child in table]
    assert names.index("tblCellMar") < names.index("tblLook"), "Word reads them in this order alone"
    assert table.xpath("./w:jc/@w:val") == ["center"]


def test_a_group_of_forty_signs_over_several_pages() -> None:
    lines = Signatures(tuple(f"申请人{place}（签名）：" for place in range(40)))
    seal = Seal("甘州区人民调解委员会", "2026年11月23日")
    paper = Paper("试纸", (Title("试纸"), Paragraph("确认无误。"), lines, seal))
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf(paper))).pages]
    assert len(pages) > 1
    assert "确认无误" in pages[0]
    assert all(line in "".join("".join(pages).split()) for line in lines.lines)
    assert "申请人39" in "".join(pages[-1].split()), "the seal takes the last signatures along"
    named = Signatures(tuple(f"原告{'名' * 200}（签名）：" for _party in range(12)))
    assert len(PdfReader(BytesIO(pdf(Paper("试纸", (Title("试纸"), named, seal))))).pages) > 2
    together = kept(Document(BytesIO(docx(paper))))
    assert "申请人0（签名）：" in together
    assert "申请人11（签名）：" not in together
