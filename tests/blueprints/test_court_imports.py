"""The pages of an import without JavaScript: handed in, columns named once, faults shown, all of it taken or none."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

import blueprints.court.imports
import commands.importing
from commands.importing import Importing
from models.court_import import CourtImport, ImportState
from models.event import Event
from models.referral import CourtReferral
from tests.support.cast import CLERK, MEDIATOR, Cast
from tests.support.court import COURT_DESK
from tests.support.court_import import csv_of, lines, matter, table, xlsx
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from tests.support.upload import post, words
from transaction import db

pytestmark = only_sqlite
PATH = "/referrals/imports"


@pytest.fixture
def worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Importing:
    monkeypatch.setattr(commands.importing, "BREATH", 0)
    return Importing(app)


def handed_in(client: FlaskClient, content: bytes, name: str = "案件.xlsx", status: int = 303, **typed: str) -> str:
    """The address of the import, or what the page says instead."""
    data = dict(visit(client, PATH).form(PATH).values()) | typed | {"file": FileStorage(io.BytesIO(content), name)}
    answer = post(client, PATH, data)
    assert answer.status_code == status, words(answer)
    return answer.headers["Location"] if status == 303 else words(answer)


def worked(client: FlaskClient, place: str, worker: Importing) -> Page:
    db.session.rollback()
    worker.drain()
    return visit(client, place)


def newest() -> CourtImport:
    db.session.expire_all()
    return db.session.query(CourtImport).order_by(CourtImport.id.desc()).first()


def test_a_table_is_looked_through_decided_on_and_then_in_the_queue(cast: Cast, worker: Importing) -> None:
    court, clerk = cast.signed_in(COURT_DESK), cast.signed_in(CLERK)
    content = table([matter(1), matter(2, claim="", applicant_phones="123"), matter(1)])
    place = handed_in(court, content)
    assert "正在检查" in visit(court, place).text
    page = worked(court, place, worker)
    for said in ("可以导入 1 行", "不能导入 2 行", "不能为空", "与本文件第 2 行是同一案件", "以 13 至 19 开头"):
        assert said in page.text
    report = court.get(f"{place}/findings").get_data(as_text=True)
    assert "3,诉讼请求,不能为空" in report
    assert court.get(f"{place}/file").data == content
    page.form("/approval").submit()
    assert "祁万福1" not in visit(clerk, "/referrals?tab=sign").text
    page = worked(court, place, worker)
    assert "已导入 1 件" in page.text
    assert "祁万福1" in visit(clerk, "/referrals?tab=sign").text
    assert visit(court, place).soup.find("form", action=f"{place}/receipt") is None
    visit(clerk, place).form("/receipt").submit(signed_on="2027-01-01")
    assert db.session.query(CourtReferral).one().signed_on is None
    db.session.rollback()
    assert "已签收" in visit(clerk, place).form("/receipt").submit().text
    assert [one.status.value for one in db.session.query(CourtReferral)] == ["received"]
    told = [event.kind for event in db.session.query(Event).filter_by(subject_kind="court-import").order_by(Event.id)]
    assert told == [f"court-import:{verb}" for verb in ("order", "show", "approve", "release")]


def test_the_columns_of_the_courts_own_table_are_named_once(cast: Cast, worker: Importing) -> None:
    court = cast.signed_in(COURT_DESK)
    rows = [["2026年案件表"], ["序号", "文号", "谁告", "告谁", "为何", "类别"],
            [1, "(2026)甘0702民初8号", "祁万福", "甘州某公司", "支付货款", "买卖合同"]]  # fmt: skip
    place = handed_in(court, xlsx(rows), usual="summary")
    page = worked(court, place, worker).follow("/columns")
    assert "支付货款" in page.text
    form = page.form("/columns")
    named = {"columns-1": "number", "columns-2": "applicants", "columns-3": "respondents", "columns-4": "claim"}
    refused = form.submit(422, **named)
    assert "请指定哪一栏是" in refused.text
    assert "支付货款" in refused.text
    form.submit(**named, **{"columns-5": "case_type"})
    assert "可以导入 1 行" in worked(court, place, worker).text
    rows[2][1] = "(2026)甘0702民初9号"
    assert "可以导入 1 行" in worked(court, handed_in(court, xlsx(rows[1:]), usual="summary"), worker).text
    page = visit(court, place)
    page.form("/approval").submit()
    worked(court, place, worker)
    [referral] = db.session.query(CourtReferral)
    said = referral.mode.value, referral.procedure.value, referral.number
    assert said == ("entrusted", "summary", "(2026)甘0702民初8号")


def test_headings_in_a_row_nobody_took_for_them_are_pointed_at(cast: Cast, worker: Importing) -> None:
    court = cast.signed_in(COURT_DESK)
    rows = [["某区", "十一月", "委派"], [], ["谁告", "告谁", "为何"], ["祁万福", "甘州某公司", "支付货款"]]
    place = handed_in(court, xlsx(rows))
    page = worked(court, place, worker).follow("/columns")
    assert "A 栏：某区" in page.text
    page.form("/heading-row").submit(row="3")
    page = worked(court, place, worker).follow("/columns")
    assert "A 栏：谁告" in page.text
    assert "祁万福" in page.text
    page.form("/heading-row").submit(row="2")
    assert newest().heading_row == 2
    assert "A 栏：某区" in worked(court, place, worker).follow("/columns").text


def test_beside_each_heading_stand_its_first_values(cast: Cast, worker: Importing) -> None:
    court = cast.signed_in(COURT_DESK)
    rows = [["谁告", "怎么联系", "空"], ["<b>祁万福</b>", "19000000061", ""], ["祁万禄", "19000000062"],
            ["祁万寿", "0936-8251234"], ["祁万喜", "x"]]  # fmt: skip
    place = handed_in(court, xlsx(rows))
    page = worked(court, place, worker).follow("/columns")
    hints = [one.get_text() for one in page.soup.select("form[action$=columns] .field .field__hint")]
    assert hints == [
        "<b>祁万福</b> ｜ 祁万禄 ｜ 祁万寿",
        "190******61 ｜ 190******62 ｜ 0936-825**34",
        "此标题下没有内容",
    ]
    assert "19000000061" not in repr(db.session.execute(select(CourtImport.__table__)).all())
    page = visit(court, place)
    page.form("/cancellation").submit()
    assert newest().samples_sealed is None


def test_what_is_no_table_is_refused_at_the_field(cast: Cast) -> None:
    clerk = cast.signed_in(CLERK)
    assert "请选择文件" in handed_in(clerk, b"", "", 422)
    for content, name in (
        (b"%PDF-1.4", "a.xlsx"),
        (b"\x89PNG\r\n\x1a\n", "a.csv"),
        (b"a\0b", "a.csv"),
        (b"x", "a.exe"),
    ):
        handed_in(clerk, content, name, 422)
    assert newest() is None
    assert list(cast.app.extensions["files"].everything()) == []


def test_a_table_that_is_too_large_is_refused_with_its_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blueprints.court.imports, "LARGEST", 0)
    assert "表格文件最大 0 MB" in handed_in(cast.signed_in(CLERK), csv_of([["a"]]), "a.csv", 413)


def test_called_off_it_leaves_nothing_and_twice_changes_nothing(cast: Cast, worker: Importing) -> None:
    clerk = cast.signed_in(CLERK)
    place = handed_in(clerk, csv_of(list(lines([matter(1)])), "gb18030"), "案件.csv")
    page = worked(clerk, place, worker)
    for _again in range(2):
        page.form("/cancellation").submit()
    assert "已取消" in visit(clerk, place).text
    assert newest().state is ImportState.CANCELLED
    worker.swept_at = None
    worked(clerk, place, worker)
    assert (newest().address, list(cast.app.extensions["files"].everything())) == (None, [])
    assert clerk.get(f"{place}/file").status_code == 404


def test_an_old_page_decides_nothing_and_others_see_no_import(cast: Cast, worker: Importing) -> None:
    clerk = cast.signed_in(CLERK)
    place = handed_in(clerk, csv_of(list(lines([matter(1)]))), "案件.csv")
    old = worked(clerk, place, worker)
    visit(clerk, place).follow("/columns").form("/columns").submit()
    worked(clerk, place, worker)
    old.form("/approval").submit(status=409)
    assert newest().state is ImportState.CHECKED
    assert cast.signed_in(MEDIATOR).get(place).status_code == 403
    assert visit(cast.signed_in(COURT_DESK), place).status == 200


def test_the_template_is_downloaded(cast: Cast) -> None:
    answer = cast.signed_in(COURT_DESK).get(f"{PATH}/template")
    assert answer.data.startswith(b"PK")
    assert "court-template.xlsx" in answer.headers["Content-Disposition"]
