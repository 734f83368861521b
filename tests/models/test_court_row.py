"""Rows of a court's table: what cells may say, and that each fault is told once, at its cell."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from models.case_type import CaseType
from models.court_cells import UNWORKED, Unreadable, day_of, fen_of, mode_of, parts_of, procedure_of, text_of, yes_of
from models.court_check import Check, headings_of
from models.court_columns import CourtColumn, heading_key, in_ten_thousands, missing, proposed
from models.court_number import court_number_key, court_number_problem
from models.court_row import RowRules, SentRow, case_type_keys, read_row
from models.errors import RuleBroken
from models.joined_rows import TableRow
from models.referral_course import CourtMode, Procedure
from tests.support.court_import import TEMPLATE, matter

C = CourtColumn
TODAY = date(2026, 11, 23)
KINDS = case_type_keys([CaseType(id=1, name="买卖合同"), CaseType(id=2, name="离婚、抚养、赡养、彩礼"),
                        CaseType(id=3, name="劳务合同、追索劳动报酬"),
                        CaseType(id=4, name="劳务合同、其他")])  # fmt: skip
NAIVE = datetime(2026, 11, 3)  # noqa: DTZ001 - a table knows no zone
RULES = RowRules(dict(enumerate(CourtColumn)), None, KINDS, [CourtMode.ASSIGNED, CourtMode.ENTRUSTED], TODAY)
SUIT = {"mode": "委托", "procedure": "简易", "number": "(2026)甘0702民初1号"}


def found(rules: RowRules = RULES, **other: Any) -> Any:
    row = matter(1, **other)
    return read_row(7, [row.get(column, "") for column in CourtColumn], rules)


def faults(**other: Any) -> list[str]:
    return [fault.column.value for fault in found(**other)]


@pytest.mark.parametrize(("cell", "day"), [
    ("2026-11-03", date(2026, 11, 3)), ("2026/11/3", date(2026, 11, 3)), ("2026.11.3", date(2026, 11, 3)),
    ("2026年11月3日", date(2026, 11, 3)), ("20261103", date(2026, 11, 3)), (20261103, date(2026, 11, 3)),
    ("2026-11-03 00:00:00", date(2026, 11, 3)), (46329, date(2026, 11, 3)), (46329.0, date(2026, 11, 3)),
    ("46329", date(2026, 11, 3)), (46329.75, date(2026, 11, 3)), ("２０２６年１１月３号", date(2026, 11, 3)),
    (NAIVE, date(2026, 11, 3)), ("", None), (None, None),
])  # fmt: skip
def test_days_in_every_form_a_table_has(cell: Any, day: date | None) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(("cell", "fen"), [
    ("30000", 3_000_000), ("30,000.50元", 3_000_050), ("￥１２", 1200), ("3.5万", 3_500_000),
    ("人民币3.5万元", 3_500_000), (30000, 3_000_000),
    (1234.56, 123_456), (0.1 + 0.2, 30), ("", None), (None, None), ("0", 0),
])  # fmt: skip
def test_amounts(cell: Any, fen: int | None) -> None:
    assert fen_of(cell) == fen


@pytest.mark.parametrize(("read", "cell"), [
    (day_of, "2026-02-30"), (day_of, "明天"), (fen_of, "三万"), (fen_of, "1.234"), (fen_of, "-5"), (fen_of, "NaN"),
    (yes_of, "也许"), (mode_of, "委派委托"), (mode_of, "x"), (procedure_of, "x"),
    (lambda cell: parts_of(cell, 60), "1.38E+10"),
    (lambda cell: text_of(cell, 60), 620702199001010037.0), (lambda cell: text_of(cell, 60), "a\0b"),
    (lambda cell: text_of(cell, 60), float("nan")), (day_of, float("inf")), (yes_of, Unreadable(UNWORKED)),
    (lambda cell: text_of(cell, 60), "#N/A"), (lambda cell: text_of(cell, 3), "四个字了"),
    (lambda cell: parts_of(cell, 2), "三个字"),
])  # fmt: skip
def test_cells_nobody_can_read(read: Any, cell: Any) -> None:
    with pytest.raises(RuleBroken):
        read(cell)


def test_texts_are_tidied_and_formulas_stay_text() -> None:
    assert text_of(" 祁 万福\u200b ", 60) == "祁 万福"
    assert text_of("起诉状\r\n\r\n 送货单", 60, lines=True) == "起诉状\n送货单"
    assert (text_of("=1+1", 60), text_of("'=1+1", 60), text_of(19000000061.0, 60)) == ("=1+1", "=1+1", "19000000061")
    assert text_of(time(9, 30), 60) == "09:30:00"
    assert parts_of("甲、乙;丙\n丁；", 60) == ["甲", "乙", "丙", "丁"]
    assert parts_of("祁万福，祁万禄,Foo Co., Ltd.", 60) == ["祁万福", "祁万禄,Foo Co., Ltd."]
    assert parts_of("祁万福, 祁万禄", 60) == ["祁万福", "祁万禄"]
    assert parts_of("19000000061,19000000062", 60) == ["19000000061", "19000000062"]
    assert parts_of("甘泉社区，七号楼", 60, commas=False) == ["甘泉社区，七号楼"]


@pytest.mark.parametrize("number", ["（2026）甘0702民诉前调1号", "( 2026 )甘0702 民诉前调 1 号",
                                   "〔2026〕甘0702民诉前调1号", "【２０２６】甘０７０２民诉前调１号",
                                   "[2026]甘0702民诉前调1号"])  # fmt: skip
def test_numbers_in_every_shape_a_court_writes_them(number: str) -> None:
    assert (court_number_problem(number), court_number_key(number)) == (None, "(2026)甘0702民诉前调1号")


def test_a_good_row_is_a_letter_with_everything_it_says() -> None:
    row = found(**SUIT, applicants="祁万福、祁万禄", applicant_phones="、19000000062", thirds="甘州某银行",
                old_numbers="(2025)甘0702诉前调3号", sent_on="2026-11-20", both_agreed="是")  # fmt: skip
    assert isinstance(row, SentRow)
    letter = row.letter
    assert [(one.side.value, one.name, one.phone) for one in letter.parties] == [
        ("applicant", "祁万福", ""), ("applicant", "祁万禄", "19000000062"), ("respondent", "甘州某建材公司", ""),
        ("third", "甘州某银行", "")]  # fmt: skip
    assert (letter.mode, letter.procedure, letter.case_type.id) == (CourtMode.ENTRUSTED, Procedure.SUMMARY, 1)
    assert (letter.amount_fen, letter.both_agreed, letter.old_numbers) == (3_000_000, True, ["(2025)甘0702诉前调3号"])
    assert row.sent_on == date(2026, 11, 20)


@pytest.mark.parametrize(("other", "column"), [
    ({"case_type": ""}, "case_type"), ({"case_type": "飞行"}, "case_type"), ({"case_type": "劳务合同"}, "case_type"),
    ({"claim": ""}, "claim"), ({"applicants": ""}, "applicants"), ({"respondents": "、"}, "respondents"),
    ({"mode": ""}, "mode"), ({"mode": "自行"}, "mode"), ({"number": "123"}, "number"), ({"amount": "多"}, "amount"),
    ({"applicant_phones": "12"}, "applicant_phones"), ({"applicant_ids": "6207"}, "applicant_ids"),
    ({"respondent_phones": "19000000061、19000000062"}, "respondent_phones"), ({"sent_on": "2027-01-01"}, "sent_on"),
    ({"sent_on": "2020-01-01"}, "sent_on"), ({**SUIT, "procedure": ""}, "procedure"),
    ({**SUIT, "number": ""}, "number"),
    ({"procedure": "普通"}, "procedure"), ({"old_numbers": "旧"}, "old_numbers"), ({"both_agreed": "?"}, "both_agreed"),
    ({"claim": "长" * 301}, "claim"), ({"applicants": "、".join(["甲"] * 21)}, "applicants"),
])  # fmt: skip
def test_each_fault_is_told_once_at_its_cell(other: dict[str, Any], column: str) -> None:
    assert faults(**other) == [column]


def test_several_faults_of_a_row_are_told_together() -> None:
    assert sorted(faults(claim="", case_type="飞行", amount="x")) == ["amount", "case_type", "claim"]


def test_what_goes_for_rows_that_do_not_say_it() -> None:
    rules = RowRules(RULES.places, (CourtMode.ENTRUSTED, Procedure.ORDINARY), KINDS, RULES.modes, TODAY)
    row = found(rules, mode="", number="(2026)甘0702民初1号")
    assert (row.letter.mode, row.letter.procedure) == (CourtMode.ENTRUSTED, Procedure.ORDINARY)
    assert found(rules, mode="委派").letter.mode is CourtMode.ASSIGNED
    only_suits = RowRules(RULES.places, None, KINDS, [CourtMode.ENTRUSTED], TODAY)
    assert [fault.column.value for fault in found(only_suits)] == ["mode"]


def test_amounts_under_a_heading_in_ten_thousands() -> None:
    assert in_ten_thousands(["案号", "标的额（万元）"], {0: C.NUMBER, 1: C.AMOUNT})
    assert not in_ten_thousands(["罚金（万元）", "标的额"], {1: C.AMOUNT})
    rules = replace(RULES, in_ten_thousands=True)
    assert [found(rules, amount=cell).letter.amount_fen for cell in (3.5, "3.5", "3.5万", "")] == [
        3_500_000, 3_500_000, 3_500_000, None]  # fmt: skip


def test_case_types_by_each_kind_they_name() -> None:
    assert found(case_type="离婚纠纷").letter.case_type.id == 2
    assert found(case_type="追索劳动报酬").letter.case_type.id == 3


def test_headings_are_proposed_as_remembered_else_as_they_read() -> None:
    assert proposed(["序号", "案 号", "原告", "被告", "案由", "诉讼请求"], {}) == {
        1: C.NUMBER, 2: C.APPLICANTS, 3: C.RESPONDENTS, 4: C.CASE_TYPE, 5: C.CLAIM}  # fmt: skip
    kept = {heading_key("原告"): None, heading_key("谁告"): C.APPLICANTS}
    assert proposed(["原告", "谁告"], kept) == {1: C.APPLICANTS}
    assert list(proposed(TEMPLATE, {}).values()) == list(CourtColumn)
    assert missing(proposed(TEMPLATE, {}), "") == []
    assert missing({0: C.CLAIM}, "summary") == [C.CASE_TYPE, C.APPLICANTS, C.RESPONDENTS]


def heads(*lines: list[str]) -> tuple[int, list[str]]:
    return headings_of(TableRow(number, line) for number, line in enumerate(lines, 1))


def test_headings_in_two_lines_are_read_together() -> None:
    upper = ["案号", "原告信息", "", "被告", "", "", "案由", "诉讼请求"]
    lower = ["案号", "姓名", "联系电话", "名称", "手机", "住址", "", "诉讼请求"]
    row = ["(2026)甘0702民初8号", "祁万福", "1", "甲", "2", "三", "买卖合同", "货款"]
    number, words = heads(["二〇二六年案件表"], upper, lower, row)
    assert (number, words[1:6]) == (3, ["原告姓名", "原告联系电话", "被告名称", "被告手机", "被告住址"])
    assert list(proposed(words, {}).values()) == [
        C.NUMBER, C.APPLICANTS, C.APPLICANT_PHONES, C.RESPONDENTS, C.RESPONDENT_PHONES, C.RESPONDENT_ADDRESSES,
        C.CASE_TYPE, C.CLAIM]  # fmt: skip
    assert heads(upper, row) == (1, upper)
    assert heads(["祁万福", "甲", "货款", "19000000061", ""]) == (1, ["祁万福", "甲", "货款", ""])
    assert heads(upper, ["", "姓名", "", "", "", "", "买卖合同"])[0] == 1


def test_what_stands_under_a_table_is_no_matter() -> None:
    under = [["合 计", "", "30000"], ["", "制表人：祁万福"], ["审核:"], ["", "小计"], ["共计 2 件"]]
    rows = [["案号"], ["合计公司案"], *under, ["(2026)甘0702民初1号"]]
    check = Check(1, 1, RULES)
    found = check.chunks((TableRow(number, row) for number, row in enumerate(rows, 1)), 9)
    assert [row.number for chunk in found for row in chunk] == [2, 8]
