"""How a callout was told: a line per way on its page, a mark on the board, a thing to do until somebody rang."""

from pytest_httpserver import HTTPServer

from models.callout import Callout
from models.outbox import MessageState
from tests.support.cast import Cast
from tests.support.channels import gateway, outside, work
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

TO_DO = "需电话通知"
MARK = "外发未达"


def failed(cast: Cast, clock: Clock, httpserver: HTTPServer) -> Callout:
    httpserver.expect_request("/sms").respond_with_data("no", status=500)
    gateway(cast, httpserver.url_for("/sms"))
    callout = cast.whistled("市场监管局").callouts[0]
    for _attempt in range(3):
        work(cast)
        clock.advance(seconds=121)
    assert [one.state for one in outside()] == [MessageState.FAILED]
    return callout


def test_the_callout_shows_a_line_for_each_way(cast: Cast, clock: Clock, httpserver: HTTPServer) -> None:
    callout = failed(cast, clock, httpserver)
    text = visit(cast.signed_in(), f"/callouts/{callout.id}").text
    assert "站内 已送达 10:20" in text
    assert "短信 网关拒收 500 失败" in text


def test_a_failure_stands_on_the_board_and_among_the_things_to_do_until_somebody_rang(
    cast: Cast, clock: Clock, httpserver: HTTPServer
) -> None:
    callout = failed(cast, clock, httpserver)
    clerk = cast.signed_in()
    assert MARK in visit(clerk, "/board").text
    assert visit(clerk, "/board").soup.select_one("a[href^='tel:']").text == callout.unit.telephone
    assert TO_DO in visit(clerk, "/").text
    assert "短信 发送失败" in visit(clerk, "/").text
    with cast.acting() as change:
        callout.tell_by_telephone(change, "孙科长")
    board = visit(clerk, "/board")
    assert MARK not in board.text
    assert board.soup.select_one("a[href^='tel:']") is None
    assert TO_DO not in visit(clerk, "/").text


def test_the_board_hears_of_a_failure_by_its_poll(cast: Cast, clock: Clock, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("no", status=500)
    gateway(cast, httpserver.url_for("/sms"))
    cast.whistled("市场监管局")
    work(cast)
    clerk = cast.signed_in()
    page = visit(clerk, "/board")
    region = page.soup.select_one("#board")
    for _attempt in range(2):
        clock.advance(seconds=121)
        work(cast)
    answer = clerk.get(f"{region['data-poll']}?since={region['data-revision']}")
    assert MARK in answer.get_data(as_text=True)


def test_what_was_accepted_needs_nobody_to_ring(cast: Cast, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("ok")
    gateway(cast, httpserver.url_for("/sms"))
    cast.whistled("市场监管局")
    work(cast)
    clerk = cast.signed_in()
    assert MARK not in visit(clerk, "/board").text
    assert TO_DO not in visit(clerk, "/").text
