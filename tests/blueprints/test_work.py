"""The start page: what waits for whom, and that a long list costs no more than a short one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete, event

from models.assignment import Duty, assign
from models.callout import ArrivalMethod
from models.clock import local_day
from models.duty_turn import DutyTurn
from models.invitation import Invitation, PhoneResult
from models.objection import Objection, ObjectionChannel
from models.pause import PauseReason, pause
from tests.support.agreement import record
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, SECURITY, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db, writing


def lists(page: Page) -> dict[str, list[str]]:
    """Heading → its lines."""
    return {
        card.select_one("h2").get_text(strip=True): [one.get_text(" ", strip=True) for one in card.select("li")]
        for card in page.soup.select("section.card")
    }


def work_of(cast: Cast, username: str) -> dict[str, list[str]]:
    return lists(visit(cast.signed_in(username), "/"))


def test_the_window_sees_what_is_still_to_do(cast: Cast) -> None:
    dispute = cast.registered()
    waiting = work_of(cast, CLERK)
    assert [line[:11] for line in waiting["登记后未吹哨"]] == [dispute.short_number]
    assert "A001" in waiting["今日未打印回执"][0]
    assert "还差" in waiting["待补全的登记"][0]
    whistle = cast.whistled("市场监管局", dispute=dispute)
    with cast.acting() as change:
        Invitation.make(change, dispute, dispute.parties[1])
    waiting = work_of(cast, CLERK)
    assert "登记后未吹哨" not in waiting
    assert "市场监管局" in waiting["待报到的单位"][0]
    assert "甘州某健身馆" in waiting["已约请，未登记电话结果"][0]
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK)
        dispute.invitations[0].note(change, PhoneResult.COMING, 20)
    assert not {"待报到的单位", "已约请，未登记电话结果"} & work_of(cast, CLERK).keys()


def test_each_line_leads_to_the_page_where_it_is_done(cast: Cast) -> None:
    dispute = cast.registered()
    page = visit(cast.signed_in(), "/")
    page.follow(f"/disputes/{dispute.reference}/whistles/new")
    page.follow("/completion")
    page.follow("/visits/1")


def test_the_mediator_sees_assignments_sessions_and_terms(cast: Cast, clock: Clock) -> None:
    dispute = cast.whistled("市场监管局").dispute
    with cast.acting() as change:
        assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR)
    assert work_of(cast, MEDIATOR)["分给我的"][0].endswith("已到 0/1 家")
    mediator = cast.signed_in(MEDIATOR)
    session = visit(mediator, f"/disputes/{dispute.reference}/sessions/new").form("/sessions").submit()
    assert work_of(cast, MEDIATOR)["我正在调解的"]
    rows = {"rows-0-payer": "甘州某健身馆", "rows-0-amount_fen": "10", "rows-0-due_on": "2026-11-28"}
    record(session.follow("/agreement/new").form("/agreement"), **rows)
    assert "甘州某健身馆" in work_of(cast, MEDIATOR)["一周内到期的履行"][0]
    clock.now += timedelta(days=6)
    page = visit(cast.signed_in(MEDIATOR), "/")
    assert page.soup.select_one("section.is-late h2").get_text() == "一周内到期的履行"


@only_sqlite
def test_whose_people_wait_in_the_house_stands_first(cast: Cast) -> None:
    """Ten older matters that nobody waits for here would push them off the list."""
    older = [cast.registered() for _ in range(10)]
    waiting = cast.whistled("市场监管局").dispute
    with cast.acting() as change:
        for dispute in (*older, waiting):
            assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR)
        for dispute in older:
            dispute.on_board_since = None
    assert work_of(cast, MEDIATOR)["分给我的"][0].startswith(waiting.short_number)


def test_the_duty_leader_sees_objections_and_what_is_late(cast: Cast, clock: Clock) -> None:
    whistle = cast.whistled("市场监管局", "总工会")
    with cast.acting() as change:
        Objection.raise_for(change, whistle.callouts[1], "不属本单位职责", "", ObjectionChannel.TELEPHONE)
    clock.advance(minutes=21)
    waiting = work_of(cast, LEADER)
    assert "总工会" in waiting["待核异议"][0]
    assert len(waiting["超时未到的单位"]) == 2
    assert whistle.dispute.short_number in waiting["还没有调解员的纠纷"][0]


def test_an_officer_sees_the_callouts_of_the_own_unit_only(cast: Cast) -> None:
    cast.whistled("市场监管局", "总工会")
    assert [line[:5] for line in work_of(cast, "wanghaiyan")["本单位到场任务"]] == ["市场监管局"]
    assert "本单位到场任务" not in work_of(cast, "liangjianjun")


@only_sqlite
def test_a_unit_that_is_awaited_shows_by_when(cast: Cast) -> None:
    """已送达 10:40 would read as the moment of the delivery."""
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        callout.acknowledge(change)
    for heading, page in (("待报到的单位", "/"), ("等待到场的单位", "/shifts")):
        assert lists(visit(cast.signed_in(), page))[heading][0].endswith("已签收 · 10:40前")
    with cast.acting() as change:
        pause(change, callout, PauseReason.ROAD_CLOSED)
    assert work_of(cast, CLERK)["待报到的单位"][0].endswith("暂停计时")


@only_sqlite
def test_a_unit_that_is_there_shows_since_when(cast: Cast, clock: Clock) -> None:
    callout = cast.whistled().callouts[0]
    clock.advance(minutes=3)
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    assert work_of(cast, "wanghaiyan")["本单位到场任务"][0].endswith("已报到 10:23")


@only_sqlite
def test_the_desk_rings_whoever_objects_by_link(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.LINK)
    client = cast.signed_in()
    assert "市场监管局" in lists(visit(client, "/"))["待电话核实的异议"][0]
    page = visit(client, "/board").follow(f"/callouts/{callout.id}#decision")
    page.form("/confirmation").submit()
    assert "待电话核实的异议" not in lists(visit(client, "/"))
    assert "#decision" not in visit(client, "/board").html


def test_a_unit_is_warned_a_working_day_ahead_and_the_house_in_one_line(cast: Cast, clock: Clock) -> None:
    own, house = "下一工作日无人值班", "值班表有空缺"
    clock.advance(days=4)  # a Friday
    for username in ("caihongwei", "liangjianjun", LEADER, MANAGER):
        assert {own, house} & work_of(cast, username).keys() == set()
    monday = local_day(clock()) + timedelta(days=3)
    units = [cast.unit(name).id for name in ("人社局", "水务局")]
    with writing() as session:
        session.execute(delete(DutyTurn).where(DutyTurn.unit_id.in_(units), DutyTurn.day == monday))
    for username in ("caihongwei", "liangjianjun"):
        assert work_of(cast, username)[own] == ["人社局 11月30日无人值班"]
    for username in (LEADER, MANAGER):
        waiting = work_of(cast, username)
        assert waiting[house] == ["2 个单位11月30日无人值班"]
        assert own not in waiting
    page = visit(cast.signed_in(LEADER), "/").follow("/duty/gaps")
    assert "水务局" in page.text


@pytest.mark.parametrize("username", [SECURITY, "qixuefeng", "xieningyuan", "yinshouzheng", CLERK])
def test_a_page_without_lists_says_where_to_go(cast: Cast, username: str) -> None:
    page = visit(cast.signed_in(username), "/")
    empty = page.soup.select_one(".empty")
    assert ("可前往" in empty.text) == bool(empty.select("a"))


def test_the_window_registers_from_its_first_page_with_one_key(cast: Cast) -> None:
    found = {who: visit(cast.signed_in(who), "/").soup.select("[data-shortcut=n]") for who in (CLERK, MEDIATOR)}
    assert [tag["href"] for tag in found[CLERK]] == ["/visits/new"]
    assert found[MEDIATOR] == []


@contextmanager
def counted() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("username", "path"), [
    (CLERK, "/"), (MEDIATOR, "/"), (LEADER, "/"), (CLERK, "/disputes?tab=all"), (CLERK, "/disputes?tab=late"),
])  # fmt: skip
def test_many_disputes_take_no_more_statements_than_few(cast: Cast, clock: Clock, username: str, path: str) -> None:
    def fill() -> None:
        for _again in range(2):
            dispute = cast.whistled("市场监管局", "总工会", room=None).dispute
            with cast.acting() as change:
                Invitation.make(change, dispute, dispute.parties[1])
                assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR)
            cast.registered()

    fill()
    clock.advance(minutes=25)
    client = cast.signed_in(username)
    visit(client, path)
    sizes = []
    for _round in range(2):
        with counted() as few:
            db.session.expunge_all()
            visit(client, path)
        sizes.append(len(few))
        fill()
    assert sizes[0] == sizes[1]


def test_silence_on_an_objection_is_late_itself(cast: Cast, clock: Clock) -> None:
    callout = cast.whistled("水务局").callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.TELEPHONE)

    def is_late() -> bool:
        card = visit(cast.signed_in(LEADER), "/").soup.find("h2", string="待核异议").find_parent("section")
        return "is-late" in card["class"]

    clock.advance(minutes=4)
    assert not is_late()
    clock.advance(minutes=1)
    assert is_late()
