"""`flask court`: the template, a dry run that writes nothing, and the same import as on the page."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

import commands.importing
from models.court_columns import HEADINGS, CourtColumn
from models.referral import CourtReferral
from papers.court_template import EXPLAINED, template
from tests.support.cast import Cast
from tests.support.court_import import TEMPLATE, csv_of, lines, matter, xlsx
from tests.support.databases import only_sqlite
from transaction import db

pytestmark = only_sqlite


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands.importing, "BREATH", 0)


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["court", *arguments])
    return done.exit_code, done.output


def test_a_dry_run_says_everything_and_writes_nothing_then_all_of_it_comes(
    cast: Cast, app: Flask, tmp_path: Path
) -> None:
    rows = [matter(1), matter(2, claim="", amount="x"), matter(1)]
    file = tmp_path / "案件.csv"
    file.write_bytes(csv_of(list(lines(rows)), "gb18030"))
    code, said = run(app, "import", str(file), "--dry-run", "--json")
    expected = {"read": 3, "accepted": 1, "refused": [
        {"row": 3, "column": "诉讼请求", "reason": "不能为空"},
        {"row": 3, "column": "标的额（元）", "reason": "请填写金额（元），例如 1234.50"},
        {"row": 4, "column": "案号", "reason": "与本文件第 2 行是同一案件"},
    ]}  # fmt: skip
    assert (code, json.loads(said)) == (0, expected)
    assert db.session.query(CourtReferral).count() == 0
    db.session.rollback()
    assert (run(app, "import", str(file), "--json")[1], db.session.query(CourtReferral).count()) == (said, 1)
    db.session.rollback()
    code, said = run(app, "import", str(file))
    assert (code, said.splitlines()[-1]) == (0, "ok read=3 accepted=0 dry_run=no")


def test_a_number_merged_over_several_parties_is_one_matter(cast: Cast, app: Flask, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["案号", "原告", "被告", None, "案由", "诉讼请求"], [None, None, "姓名", "电话", None, None],
                ["（２０２６）甘0702民诉前调 １ 号", "祁万福", "甲公司", "１９０００００００６２", "买卖合同", "货款"],
                [None, None, "乙公司", "19000000063"],
                ["(2026)甘0702诉前调2号", "祁万禄", "丙公司", None, None, "货款"],
                [None, None, "丁公司", None, None, "利息"]):  # fmt: skip
        book.active.append(row)
    for reference in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2", "A3:A4", "B3:B4", "F3:F4", "A5:A6", "E3:E6"):
        book.active.merge_cells(reference)
    book.save(tmp_path / "a.xlsx")
    said = run(app, "import", str(tmp_path / "a.xlsx"), "--mode", "assigned", "--json")[1]
    assert json.loads(said) == {"read": 2, "accepted": 1, "refused": [
        {"row": 5, "column": "诉讼请求", "reason": "合并案号之下各行此栏内容不同，请分成单独的行"}]}  # fmt: skip
    [referral], sealer = db.session.query(CourtReferral).all(), cast.app.extensions["sealer"]
    assert [(one.name, one.clear(sealer, "phone")) for one in referral.parties] == [
        ("祁万福", ""), ("甲公司", "19000000062"), ("乙公司", "19000000063")]  # fmt: skip


def test_what_goes_wrong_ends_with_its_own_number(cast: Cast, app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    assert run(app, "import", str(file))[0] == 3
    file.write_bytes(b"\0")
    code, said = run(app, "import", str(file), "--json")
    whole = {"row": None, "column": None, "reason": "请提交 XLSX 或 CSV 格式的表格"}
    assert (code, json.loads(said.splitlines()[0])) == (3, {"read": 0, "accepted": 0, "refused": [whole]})
    file.write_bytes("序号,姓名,谁\n1,2,3\n".encode())
    code, said = run(app, "import", str(file), "--dry-run")
    assert (code, "案由" in said) == (5, True)
    file.write_bytes("原告,被告,案由,诉讼请求\n甲,乙,买卖合同,货款\n".encode())
    code, said = run(app, "import", str(file), "--dry-run")
    assert (code, "--mode" in said) == (5, True)
    assert run(app, "import", str(file), "--dry-run", "--mode", "assigned")[0] == 0
    assert run(app, "import", str(file), "--court", "别的法院")[0] == 5
    assert run(app, "template", str(tmp_path / "none" / "t.xlsx"))[0] == 4


def test_the_template_is_text_and_its_own_examples_are_taken(cast: Cast, app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    assert run(app, "template", str(file))[0] == 0
    book = load_workbook(BytesIO(template()))
    sheet, guide = book.worksheets
    assert [cell.value for cell in sheet[1]] == TEMPLATE
    assert {cell.data_type for one in book for row in one.iter_rows() for cell in row if cell.value} == {"s"}
    assert [row[0].value for row in guide.iter_rows(min_row=2, max_row=len(HEADINGS) + 1)] == TEMPLATE
    file.write_bytes(xlsx([TEMPLATE, [EXPLAINED[column][1] for column in CourtColumn]]))
    said = run(app, "import", str(file), "--dry-run", "--json")[1]
    assert json.loads(said) == {"read": 1, "accepted": 1, "refused": []}
