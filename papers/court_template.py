"""The house's table for matters of the court: one sheet to fill in, one that says how. Every cell is text."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from models.court_columns import HEADINGS, REQUIRED, CourtColumn

C = CourtColumn
SHEET, HELP = "案件", "填写说明"
MOST_ROWS, WIDTH = 10_000, 22
TEXT = "@"
EXPLAINED: dict[CourtColumn, tuple[str, str]] = {
    C.NUMBER: ("案号，照法院文书填写。委托案件必填", "(2026)甘0702民初123号"),
    C.OLD_NUMBERS: ("改过案号的，填以前的案号；几个案号用顿号隔开", "(2026)甘0702诉前调45号"),
    C.MODE: ("委派（立案前）或委托（立案后）", "委托"),
    C.PROCEDURE: ("委托案件必填：普通或简易。委派案件留空", "简易"),
    C.CASE_TYPE: ("与中心“适宜调解案件类型表”一致，可写其中一种", "买卖合同"),
    C.CLAIM: ("一句话写明请求，不超过300字", "支付货款3万元"),
    C.AMOUNT: ("以元为单位，没有标的额的留空", "30000"),
    C.SENT_ON: ("法院移送的日期。留空为导入当日", "2026-11-23"),
    C.APPLICANTS: ("几个人用顿号隔开或分行写", "祁万福"),
    C.APPLICANT_PHONES: ("按姓名的先后填写，用顿号隔开；没有的留空", "19000000061"),
    C.APPLICANT_IDS: ("同上。先把单元格设为文本格式，以免末尾几位变成0", ""),
    C.APPLICANT_ADDRESSES: ("同上", "甘泉社区"),
    C.RESPONDENTS: ("几个人用顿号隔开或分行写", "甘州某建材公司"),
    C.RESPONDENT_PHONES: ("按名称的先后填写", "19000000062"),
    C.RESPONDENT_IDS: ("同上", ""),
    C.RESPONDENT_ADDRESSES: ("同上", ""),
    C.THIRDS: ("没有的留空", ""),
    C.BOTH_AGREED: ("是或否。双方在法院已同意调解的填是", "是"),
    C.MATERIALS: ("随案移送的材料，一行一份（单元格内换行）", "起诉状副本\n送货单"),
    C.CONTACT: ("法院由谁联系，电话", "张书记员 0936-8251234"),
}
NOTES = (
    f"在“{SHEET}”表中一行填一件案件，第一行的标题不要改动。最多{MOST_ROWS}行，空行不计。",
    "标有“必填”的栏不能留空。日期可写2026-11-23、2026/11/23或2026年11月23日。",
    "不要合并单元格，不要用公式；从别的表复制时请选择“只粘贴值”。",
    "案号和当事人都相同的，视为同一件案件，不会重复导入。",
    "文件先检查后导入：检查结果按行、按栏列出，确认之后才写入；要么全部写入，要么一件也不写入。",
)
BOLD, GROUND, WRAP = Font(bold=True), PatternFill("solid", fgColor="E8EEF7"), Alignment(wrap_text=True, vertical="top")


def template() -> bytes:
    """The empty table as XLSX."""
    book = Workbook(write_only=True)
    columns = list(CourtColumn)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    for place in range(len(columns)):
        dimension = sheet.column_dimensions[_letter(place)]
        dimension.width, dimension.number_format = WIDTH, TEXT
    sheet.append([_cell(sheet, HEADINGS[column][0], is_heading=True) for column in columns])
    guide = book.create_sheet(HELP)
    for place, width in enumerate((26, 10, 60, 34)):
        guide.column_dimensions[_letter(place)].width = width
    _append(guide, [("栏", "必填", "怎样填写", "示例")], is_heading=True)
    needed = (*REQUIRED, C.MODE)
    _append(guide, [(HEADINGS[column][0], "必填" if column in needed else "", *EXPLAINED[column])
                    for column in columns])  # fmt: skip
    _append(guide, [("",), *((note,) for note in NOTES)])
    return _saved(book)


def table(rows: Sequence[Sequence[str]]) -> bytes:
    """A filled table under the template's headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    _append(sheet, [[HEADINGS[column][0] for column in CourtColumn]], is_heading=True)
    _append(sheet, rows)
    return _saved(book)


def _append(sheet: WriteOnlyWorksheet, rows: Sequence[Sequence[str]], *, is_heading: bool = False) -> None:
    for row in rows:
        sheet.append([_cell(sheet, text, is_heading=is_heading) for text in row])


def _cell(sheet: WriteOnlyWorksheet, text: str, *, is_heading: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # "=…" would become a formula
    cell.number_format, cell.alignment = TEXT, WRAP
    if is_heading:
        cell.font, cell.fill = BOLD, GROUND
    return cell


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()
