"""Tables from outside: every form Chinese offices send is read; what is made to do harm is refused."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl import Workbook

from models.court_cells import UNWORKED, Unreadable
from models.errors import RuleBroken
from security import counting, sheet
from security.counting import LAST_ROW
from security.tables import CSV, XLSX, looked_at, opened
from tests.support.court_import import csv_of, xlsx

ROWS = [["案号", "原告"], ["(2026)甘0702民初1号", "祁万福"]]
NAIVE = datetime(2026, 11, 3)  # noqa: DTZ001 - a table knows no zone
UNKNOWN = Unreadable(UNWORKED)
SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes, media_type: str = XLSX) -> list[tuple[int, list[object]]]:
    with opened(io.BytesIO(content), media_type) as rows:
        return [(row.number, [cell for cell in row.cells if cell is not None]) for row in rows]


def refused(content: bytes, name: str = "a.xlsx") -> str:
    """Why it is not taken: when it comes in, or when it is read."""
    with pytest.raises(RuleBroken) as told:
        read(content, looked_at(name, content).media_type)
    return told.value.msgid


def changed(part: str, change: Callable[[bytes], bytes], rows: list[list[object]] = ROWS) -> bytes:
    """A good table with one part made otherwise, or added."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(rows))) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in names:
            new.writestr(part, change(b""))
    return content.getvalue()


def rows_of(more: bytes) -> bytes:
    return changed(SHEET, lambda sheet: sheet.replace(b"</sheetData>", more + b"</sheetData>"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_chinese_offices(encoding: str) -> None:
    content = csv_of([*ROWS, ["", ""], ["(2026)甘0702民初2号", "甲\n乙"]], encoding)
    assert looked_at("案件.CSV", content).name == "案件.CSV"
    assert read(content, CSV) == [(1, ROWS[0]), (2, ROWS[1]), (4, ["(2026)甘0702民初2号", "甲\n乙"])]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_csv_between_other_signs(sign: str) -> None:
    table = "\n".join(["案件表", sign.join(["案号", "原告", "a,b"]), "甲，一,2"])
    assert read(table.encode(), CSV)[1] == (2, ["案号", "原告", "a,b"])


def test_empty_rows_merged_cells_dates_and_formulas() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["案号", "日期"])
    sheet["A5"], sheet["B5"], sheet["A6"] = "甲", NAIVE, "=1+1"
    sheet.merge_cells("C5:C9")
    sheet["C5"] = "合"
    content = io.BytesIO()
    book.save(content)
    # A formula whose value no table program has worked out yet is no empty cell.
    assert read(content.getvalue()) == [(1, ["案号", "日期"]), (5, ["甲", NAIVE, "合"]), (6, [UNKNOWN, "合"])]
    worked_out = rows_of(b'<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>""</f><v></v></c></row>')
    assert read(worked_out)[-1] == (3, [2])


def test_many_names_and_conditions_of_a_book_are_no_long_cell() -> None:
    names = "".join(f"<definedName name='n{number}'>#REF!$A$1:$A$999</definedName>" for number in range(999))
    assert read(changed("xl/workbook.xml", lambda book: book.replace(b"</workbook>", (
        f"<definedNames>{names}</definedNames></workbook>").encode()))) == [(1, ROWS[0]), (2, ROWS[1])]  # fmt: skip


def test_below_a_merged_cell_rows_have_its_value() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["案号", "被告", "合计", "备注"], ["甲", "一", 1, "x"], ["", "二", 2, None], [None, "三", 3], [None],
                ["乙", "四", 4, "y"], [None, "五", 5]):  # fmt: skip
        sheet.append(row)
    for reference in ("A2:A5", "A6:A7", "D6:D7", "B7:C7"):
        sheet.merge_cells(reference)
    content = io.BytesIO()
    book.save(content)
    with opened(content, XLSX) as rows:
        found = [(row.number, list(row.cells[:4]), set(row.merged)) for row in rows][1:]
    assert found == [
        (2, ["甲", "一", 1, "x"], set()), (3, ["甲", "二", 2, None], {0}), (4, ["甲", "三", 3, None], {0}),
        (6, ["乙", "四", 4, "y"], set()), (7, ["乙", "五", None, "y"], {0, 3}),
    ]  # fmt: skip


def test_only_the_first_sheet_on_which_something_is_seen_is_read() -> None:
    book = Workbook()
    book.active.append(["verborgen"])
    book.active.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("案件").append(["案号"])
    book.create_sheet("旧").append(["原告"])
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue()) == [(1, ["案号"])]


def merging(*references: str) -> bytes:
    marks = "".join(f'<mergeCell ref="{one}"/>' for one in references)
    return changed(SHEET, lambda sheet: sheet.replace(b"</sheetData>", f"</sheetData><mergeCells>{marks}</mergeCells>"
                                                      .encode()))  # fmt: skip


def elsewhere(part: str, other: str) -> bytes:
    """A table one part of which lies under another name, which the document itself knows."""
    plain, content = xlsx(ROWS), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            said = old.read(name)
            if name.startswith(("[Content", "xl/_rels")):
                said = said.replace(part.encode(), other.encode())
            new.writestr(name.replace(part, other), said)
    return content.getvalue()


def test_a_merge_over_the_whole_sheet_and_one_over_another_do_no_harm() -> None:
    whole = merging("A1:XFD1048576", "A1:A2", "A2:B2", "B1:B9", "AAA1:AAB9", "C9:C9")
    assert read(whole) == [(1, ROWS[0])]  # what people see
    assert read(merging("A9:A1048576", "A2:A3")) == [(1, ROWS[0]), (2, ROWS[1])]


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccc">]>'
HOSTILE = {
    "other kind in an xlsx": (b"%PDF-1.4\n%%EOF", "a.xlsx"),
    "picture as csv": (b"\x89PNG\r\n\x1a\n" + bytes(20), "a.csv"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls"),
    "nul": (b"a,b\0c\n", "a.csv"),
    "empty": (b"", "a.csv"),
    "page": (b"<html><body>a,b</body></html>", "a.csv"),
    "cut": (xlsx(ROWS)[:900], "a.xlsx"),
    "macros": (changed("xl/vbaProject.bin", lambda _none: b"x"), "a.xlsm"),
    "document type": (changed(SHEET, lambda sheet: ENTITY + sheet.partition(b"?>")[2]), "a.xlsx"),
    "link outside": (changed("xl/externalLinks/_rels/externalLink1.xml.rels", lambda _none: (
        b'<Relationships><Relationship Id="r" Type="t/externalLinkPath" Target="file:///x" TargetMode="External"/>'
        b"</Relationships>")), "a.xlsx"),
    "zeros": (changed("xl/media/a.xml", lambda _none: bytes(30_000_000)), "a.xlsx"),
    "million columns": (rows_of(b'<row r="3">' + b"<c/>" * 50_000 + b"</row>"), "a.xlsx"),
    "far row": (rows_of(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "a.xlsx"),
    "long cell": (xlsx([*ROWS, ["x" * 6000]]), "a.xlsx"),
    "string that is not there": (rows_of(b'<row r="3"><c r="A3" t="s"><v>999</v></c></row>'), "a.xlsx"),
    "merge of words": (merging("AA:BB"), "a.xlsx"),
    "merge of nothing": (merging(""), "a.xlsx"),
    "uncounted sheet": (elsewhere("worksheets/sheet1.xml", "media/sheet1.xml"), "a.xlsx"),
    "uncounted styles": (elsewhere("styles.xml", "theme/styles.xml"), "a.xlsx"),
    "broken xml": (changed(SHEET, lambda sheet: sheet[:-40]), "a.xlsx"),
    "wide csv": (b",".join([b"a"] * 500), "a.csv"),
    "one quote": (b'a,b\n"' + b"x," * 100_000, "a.csv"),
    "csv without end": (b"a\n" * (LAST_ROW + 5), "a.csv"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_made_to_do_harm_is_refused_with_a_sentence(case: str) -> None:
    content, name = HOSTILE[case]
    assert re.match(r"[A-Z].{15,}", refused(content, name))


@pytest.mark.parametrize(("case", "name", "words"), [
    ("old excel", "a.xls", "Old tables"), ("old excel", "a.xlsx", "locked by a password"),
    ("link outside", "a.xlsx", "fetches something from another file"), ("macros", "a.xlsx", "This table holds macros"),
    ("other kind in an xlsx", "a.xlsx", "XLSX or CSV"), ("page", "a.xls", "XLSX or CSV"),
    ("long cell", "a.csv", "ends in .csv"),
])  # fmt: skip
def test_what_is_refused_is_told_in_the_words_for_a_table(case: str, name: str, words: str) -> None:
    with pytest.raises(RuleBroken) as told:
        looked_at(name, HOSTILE[case][0])
    assert words in told.value.msgid % told.value.values


def test_a_document_type_is_refused_by_the_reader_itself() -> None:
    with pytest.raises(RuleBroken):
        read(HOSTILE["document type"][0])


def test_rows_formatted_to_the_end_of_the_sheet_do_no_harm() -> None:
    assert read(rows_of(b'<row r="1048576"><c r="A1048576" s="0"/></row>'))[-1][0] == 2


def test_endless_marks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST", 30)
    assert refused(merging(*(f"A{row}:A{row + 1}" for row in range(1, 99, 3)))) == sheet.TOO_MANY
    monkeypatch.setattr(counting, "MOST_MARKS", 50)
    assert refused(rows_of(b"<row/>" * 60)) == counting.TOO_MUCH
    monkeypatch.setattr(counting, "MOST_UNPACKED", 100)
    assert refused(xlsx(ROWS)) == counting.TOO_MUCH
