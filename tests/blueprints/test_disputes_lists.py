"""Lists of disputes: tabs, filters, turning pages, what is late, and the search."""

import re
from datetime import timedelta

import pytest

from blueprints.disputes import queries
from models.assignment import Duty, assign
from models.dispute import Dispute
from models.ending import decline
from models.party import Party, Side
from models.registration import Entry, register
from tests.support.agreement import record
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.pages import Page, visit

NUMBER = re.compile(r"甘综-20261123-\d{3}")


def numbers(page: Page) -> list[str]:
    return [one.get_text(strip=True) for one in page.soup.select("tbody th a")]


def listed(cast: Cast, query: str = "", username: str = CLERK) -> list[str]:
    return numbers(visit(cast.signed_in(username), f"/disputes?{query}"))


def test_each_tab_shows_its_own(cast: Cast) -> None:
    mine, other, ended = cast.registered(), cast.registered("某公司"), cast.registered("某饭店")
    with cast.acting() as change:
        assign(change, mine, cast.person(MEDIATOR), Duty.MEDIATOR)
    with cast.acting() as change:
        decline(change, ended, "不属于受理范围")
    assert listed(cast, "tab=mine", MEDIATOR) == [mine.number]
    assert listed(cast, "tab=open", MEDIATOR) == [other.number, mine.number]
    assert listed(cast, "tab=all", MEDIATOR) == [ended.number, other.number, mine.number]
    assert listed(cast, "tab=late", MEDIATOR) == []


def test_a_clerk_finds_what_the_clerk_took_in(cast: Cast) -> None:
    dispute = cast.registered()
    assert listed(cast, "tab=mine") == [dispute.number]
    assert listed(cast, "tab=mine", LEADER) == []


def test_a_list_reaches_no_further_than_the_scope(cast: Cast) -> None:
    cast.registered()
    assert listed(cast, "tab=all", "zhangyaru") == []


@pytest.mark.parametrize(("query", "found"), [
    ("state=accepted", 1), ("state=registered", 1), ("state=nonsense", 2), ("since=2026-11-23&until=2026-11-23", 2),
    ("since=2026-11-24", 0), ("until=2026-11-22", 0), ("category=999999999999999999999", 2), ("unit=0", 0),
])  # fmt: skip
def test_filters_narrow(cast: Cast, query: str, found: int) -> None:
    cast.registered()
    cast.whistled("市场监管局")
    assert len(listed(cast, f"tab=all&{query}")) == found


def test_a_main_category_holds_its_kinds_and_a_unit_its_callouts(cast: Cast) -> None:
    heating = cast.whistled("市场监管局", dispute=cast.registered(category="供暖")).dispute
    cast.registered(category="离婚")
    assert listed(cast, f"category={cast.category('物业').id}") == [heating.number]
    assert listed(cast, f"unit={cast.unit('市场监管局').id}") == [heating.number]


@pytest.mark.parametrize("day", ["32.13.2026", "0001-01-01", "9999-12-31"])
def test_a_date_that_is_none_is_named_at_its_field(cast: Cast, day: str) -> None:
    page = visit(cast.signed_in(), f"/disputes?since={day}", status=422)
    assert page.soup.select_one("#since-error")


def test_pages_turn_by_number_without_gaps(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    every = [cast.registered(f"某公司{n}").number for n in range(5)][::-1]
    first = visit(cast.signed_in(), "/disputes?tab=all&since=2026-11-01")
    second = first.follow(words="较早")
    third = second.follow(words="较早")
    assert [numbers(page) for page in (first, second, third)] == [every[:2], every[2:4], every[4:]]
    assert numbers(third.follow(words="较新")) == every[2:4]
    assert "since=2026-11-01" in second.path
    assert not [link for link in third.soup.select(".pagination a") if link.get("rel") == ["next"]]
    assert not [link for link in first.soup.select(".pagination a") if link.get("rel") == ["prev"]]


def test_late_says_why(cast: Cast, clock: Clock) -> None:
    dispute = cast.whistled("市场监管局").dispute
    clock.advance(minutes=11)
    page = visit(cast.signed_in(), "/disputes?tab=late")
    assert numbers(page) == [dispute.number]
    assert "未定调解员" in page.text
    with cast.acting() as change:
        assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR)
    assert listed(cast, "tab=late") == []
    clock.advance(minutes=10)
    assert "单位超时未到" in visit(cast.signed_in(), "/disputes?tab=late").text


def test_an_overdue_reply_and_an_overdue_term_are_late(cast: Cast, clock: Clock) -> None:
    reply, term = cast.registered("某饭店"), cast.registered("某公司")
    with cast.acting() as change:
        reply.accept(change)
    clerk, mediator = cast.signed_in(), cast.signed_in(MEDIATOR)
    form = visit(clerk, f"/disputes/{reply.reference}/hand-overs/new").form("/hand-overs")
    form.submit(hand_over_unit=cast.unit("住建局").id, hand_over_person="某科长")
    opened = visit(mediator, f"/disputes/{term.reference}/sessions/new").form("/sessions").submit()
    rows = {"rows-0-act": "搬走设备", "rows-0-due_on": "2026-11-26"}
    record(opened.follow("/agreement/new").form("/agreement"), **rows)
    clock.now += timedelta(days=8)
    page = visit(cast.signed_in(), "/disputes?tab=late")
    assert numbers(page) == [term.number, reply.number]
    assert "答复逾期" in page.text
    assert "履行逾期" in page.text


def search(cast: Cast, words: str, status: int = 200) -> Page:
    page = visit(cast.signed_in(), "/disputes")
    return page.form("/search").submit(status=status, q=words)


@pytest.mark.parametrize("typed", ["甘综-20261123-001", "620702-20261123-001", "20261123-001", "1123-001",
                                   "甘综 1123-001", "１１２３-００１", "A001", "a001"])  # fmt: skip
def test_a_number_leads_straight_to_its_dispute(cast: Cast, typed: str) -> None:
    dispute = cast.registered()
    assert search(cast, typed, 303).path.endswith(dispute.reference)


@pytest.mark.parametrize("typed", ["宋佳", "宋 佳", "19000000032", "190 0000 0032", "620702197903120037", "健身馆余额",
                                   "甘州某健"])  # fmt: skip
def test_a_dispute_is_found_by_its_people_and_words(cast: Cast, typed: str) -> None:
    dispute = cast.registered()
    cast_other(cast)
    with cast.acting() as change:
        dispute.edit(change, dispute.version, facts="健身馆余额不退")
        dispute.parties[0].edit(change, dispute.parties[0].version, id_number="620702197903120037")
    assert numbers(search(cast, typed)) == [dispute.number]


def cast_other(cast: Cast) -> Dispute:
    """A dispute of other people about something else."""
    with cast.acting() as change:
        entry = Entry(1, "滚正才", "19000000099", cast.category("邻里"), "韩兵", "归还借用的农机")
        visit_ = register(change, cast.centre, entry)
        Party.add(change, visit_.dispute, Side.THIRD, "某村委会")
    return visit_.dispute


def test_the_search_keeps_names_out_of_addresses_and_says_when_nothing_is_there(cast: Cast) -> None:
    cast.registered()
    page = search(cast, "没有这个人")
    assert page.path == "/disputes/search"
    assert "没有找到" in page.text
    assert search(cast, "", status=422).soup.select_one("#q-error")
    visit(cast.signed_in(), "/disputes/search", status=405)


def test_nobody_finds_what_lies_out_of_scope(cast: Cast) -> None:
    dispute = cast.registered()
    page = visit(cast.signed_in("zhangyaru"), "/disputes")
    for words in ("宋佳", dispute.number):
        assert numbers(page.form("/search").submit(status=200, q=words)) == []
