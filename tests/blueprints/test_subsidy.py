"""The pages of 以案定补: drawn up, refused to its mediator, approved, taken along, corrected; own lines; rates."""

import csv
from datetime import date
from io import StringIO

import pytest

from blueprints.subsidy import evidence, queries
from models.archiving import Retention, Shelf, archive
from models.closing import close
from models.conclusion import Outcome
from models.dispute import Dispute
from models.event import Event
from models.event_kinds import EventKind
from models.lifecycle import ClosingType
from models.person import Role
from models.subsidy_decision import correct
from models.subsidy_grade import Grade
from models.subsidy_line import Evidence, SubsidyLine
from models.subsidy_list import SubsidyList
from tests.models.test_mediation import conclude, opened, pay
from tests.support.cast import LEADER, MANAGER, MEDIATOR, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite

DAYS = {"first_day": "2026-11-01", "last_day": "2026-11-23"}
LISTS = "/subsidy-lists"


def settled(cast: Cast) -> Dispute:
    session = opened(cast, "消费")
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    with cast.acting() as change:
        close(change, session.dispute, ClosingType.SETTLED_WRITTEN, date(2026, 11, 23), date(2026, 12, 23))
    return session.dispute


def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are complete: which papers are is tested in tests/papers."""
    monkeypatch.setattr(evidence, "_counted", lambda _dispute, **_is_archived: Evidence(8, 0))


def test_a_list_from_drawing_up_to_its_correction(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dispute = settled(cast)
    desk, leader = cast.signed_in(), cast.signed_in(LEADER)
    page = visit(desk, f"{LISTS}/new").form(LISTS).submit(**DAYS)
    assert "缺" in page.text and "尚不具备条件" in page.text  # noqa: PT018 - one fact said twice
    assert not page.soup.find("form", action=lambda path: path and path.endswith("/submissions"))
    whole(monkeypatch)
    page = page.form("/drawings").submit()
    for part in (dispute.number, "一般", "罗志明", "200 元", "材料齐全"):
        assert part in page.text, part
    assert "该机构还有清单未审核通过" in visit(desk, f"{LISTS}/new").form(LISTS).submit(422, **DAYS).text
    page = page.form("/submissions").submit()
    drawn = page.path
    assert drawn in visit(leader, "/").html

    with cast.acting(SECURITY) as change:
        cast.person(MEDIATOR).grant(change, Role.DUTY_LEADER, cast.unit("甘州区综治中心"))
    mediator = cast.signed_in(MEDIATOR)
    assert "不得审核本清单" in visit(mediator, drawn).text
    token = visit(mediator, drawn).soup.find("input", attrs={"name": "csrf_token"})["value"]
    data = {"csrf_token": token, "version": db.session.query(SubsidyList).one().version}
    refused = mediator.post(f"{drawn}/approvals", data=data)
    assert refused.status_code == 422
    assert "清单内案件的调解员不得审核本清单" in refused.text
    assert desk.post(f"{drawn}/approvals", data=data).status_code in (400, 403)
    sent = visit(leader, drawn)
    assert "请填写" in sent.form("/returns").submit(422).text
    assert "(2026)甘州人调补字第0001号" in sent.form("/approvals").submit().text
    sent.form("/approvals").submit()  # pressed twice

    page = visit(desk, f"{LISTS}/new").form(LISTS).submit(**DAYS)
    assert "没有可列的案件" in page.text
    closed = db.session.query(SubsidyLine).one()
    form = visit(desk, f"/subsidy-lines/{closed.id}").form("/corrections")
    assert "金额没有变化" in form.submit(422, grade="ordinary", reason="核对").text
    page = form.submit(grade="simple", reason="已当场履行")
    assert "-100 元" in page.text
    second = page.form("/submissions").submit().path
    visit(leader, second).form("/approvals").submit()
    paper = visit(desk, f"{second}/paper").text
    for part in (
        "人民调解以案定补清单",
        "更正(2026)甘州人调补字第0001号：已当场履行",
        "-100.00",
        "负壹佰元整",
        "2026年11月23日",
        "许文静",
        "魏国栋",
    ):
        assert part in paper, part

    own = visit(mediator, "/subsidies/own").text
    assert "已审核合计：100 元" in own
    assert "尚未列入清单" in visit(cast.signed_in("fengxiufang"), "/subsidies/own").text


def test_ones_own_lines_are_turned_page_by_page_and_summed_up_as_a_whole(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(monkeypatch)
    monkeypatch.setattr(queries, "PAGE", 2)
    disputes = [settled(cast).number for _dispute in range(3)]
    page = visit(cast.signed_in(), f"{LISTS}/new").form(LISTS).submit(**DAYS).form("/submissions").submit()
    visit(cast.signed_in(LEADER), page.path).form("/approvals").submit()
    seen, page = [], visit(cast.signed_in(MEDIATOR), "/subsidies/own")
    assert "已审核合计：600 元" in page.text
    seen.append([cell.get_text(strip=True) for cell in page.soup.select("tbody th")])
    page = page.follow(words="较早")
    assert "已审核合计：600 元" in page.text
    seen.append([cell.get_text(strip=True) for cell in page.soup.select("tbody th")])
    assert seen == [disputes[:2], disputes[2:]]
    assert not page.soup.select("a[rel=next]")


def test_a_list_is_taken_along_as_a_table_and_that_is_kept(cast: Cast) -> None:
    dispute = settled(cast)
    with cast.acting() as change:
        archive(change, dispute, Shelf(Retention.THIRTY_YEARS, "档案室"), lacking=0)
    desk = cast.signed_in()
    page = visit(desk, f"{LISTS}/new").form(LISTS).submit(**DAYS)
    line = f"/subsidy-lines/{db.session.query(SubsidyLine).one().id}"
    shown = visit(desk, line)
    assert "人民调解协议书" in shown.text
    assert "卷宗内还有" in shown.text
    form = shown.form(line)
    assert "请填写理由" in form.submit(422, grade="major").text
    form.submit(grade="major", reason="=HYPERLINK(1)")
    stale = form.submit(409, grade="simple", reason="另一理由")
    assert "另一理由" in stale.text
    answer = desk.get(f"{page.path}/csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, row, total = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    assert row[1:2] + row[5:7] + row[8:11] == [dispute.number, "罗志明", "重大", "500.00", "500.00", "齐全（7份）"]
    assert row[11] == "2026-0001号"
    assert row[12] == "人工调整等次：=HYPERLINK(1)"
    assert (total[0], total[9], len(head)) == ("合计", "500.00", len(row))
    assert "宋佳" not in answer.data.decode()
    kept = db.session.query(Event).filter_by(kind=EventKind.SUBSIDY_EXPORT).all()
    assert [event.particulars["file"] for event in kept] == ["csv"]
    page = visit(desk, page.path)
    assert "人工调整" in page.text
    assert "已作废" in page.form("/discards").submit().text
    assert desk.get(f"{page.path}/csv").status_code == 404


def test_what_is_not_ones_own_is_not_found(cast: Cast) -> None:
    dispute, body = settled(cast), cast.body("甘州区人民调解委员会")
    days, files = (date(2026, 11, 1), date(2026, 11, 23)), {dispute.id: Evidence(8, 0)}
    with cast.acting() as change:
        first = SubsidyList.draw_up(change, body, *days, files)
        first.submit(change, first.version)
    with cast.acting(MANAGER) as change:
        first.approve(change, first.version)
    with cast.acting() as change:
        newest = SubsidyList.draw_up(change, body, *days, {})
        line = correct(change, first.lines[0], Grade.NOTHING, "补助已由他处发放").id
        newest.submit(change, newest.version)
    with cast.acting(MANAGER) as change:
        newest.send_back(change, newest.version, "请说明依据")
    for who, path, status in (
        ("zhangyaru", f"{LISTS}/{newest.id}", 404),  # the clerk of a township
        ("zhangyaru", f"/subsidy-lines/{line}", 404),
        ("zhangyaru", f"{LISTS}/{newest.id}/csv", 404),
        (MEDIATOR, f"{LISTS}/{newest.id}", 403),
        (LEADER, f"{LISTS}/new", 403),
        (LEADER, "/subsidies/own", 403),
        ("shaominhua", f"{LISTS}/{newest.id}", 200),
        ("shaominhua", f"/subsidy-lines/{line}", 200),
        ("qidongsheng", f"{LISTS}/{newest.id}", 200),
    ):
        assert cast.signed_in(who).get(path).status_code == status, (who, path)
    assert "已退回" in visit(cast.signed_in(), f"{LISTS}/{newest.id}").text
    form = visit(cast.signed_in(), f"/subsidy-lines/{line}").form("/removals")
    assert "没有可列的案件" in form.submit().text


def test_the_manager_enters_rates_from_a_day_on(cast: Cast) -> None:
    rates = "/administration/subsidy-rates"
    manager = cast.signed_in(MANAGER)
    assert "演示数据，非正式标准" in visit(manager, rates).text
    form = visit(manager, f"{rates}/new").form(rates)
    typed = {"valid_from": "2027-01-01", "basis": "区司法局通知", "oral": "60", "simple": "120.5", "ordinary": "220",
             "difficult": "320", "major": "0"}  # fmt: skip
    assert "请填写金额" in form.submit(422, **{**typed, "oral": ""}).text
    assert "120.50 元" in form.submit(**typed).text
    again = visit(manager, f"{rates}/new").form(rates).submit(422, **typed)
    assert "已有自该日起执行的标准" in again.text
    assert cast.signed_in().get(rates).status_code == 403
