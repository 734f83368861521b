"""An officer's taps on a bad line: shown as not sent, sent in order and once, kept over a reload without a name."""

import re

import pytest
from playwright.sync_api import Page, expect

from models.arrival import code_now
from models.callout import ArrivalMethod, Callout
from models.event import Event
from tests.browser.test_phone import fits, fresh, key_of, opened, server_time
from tests.support.browser import Pages
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.servers import Server
from transaction import db

pytestmark = [pytest.mark.browser, only_sqlite]

NAME, PHONE = "汪海燕", "19000002222"


@pytest.fixture
def callout(cast: Cast) -> Callout:
    return cast.whistled("市场监管局").callouts[0]


def kinds(callout: Callout) -> list[str]:
    """What happened to the callout, in order."""
    fresh(callout)
    rows = db.session.query(Event).filter_by(subject_kind="callout", subject_id=callout.id).order_by(Event.id)
    return [row.kind for row in rows if row.actor_kind == "link"]


def lose_the_line(page: Page) -> None:
    """Pages load, but nothing that is sent arrives: as where the signal comes and goes."""
    page.context.route(re.compile("/arrival/"), lambda route: route.abort() if route.request.method == "POST"
                       else route.continue_())  # fmt: skip


def report_in(page: Page, code: str) -> None:
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="报到", exact=True).click()


def test_taps_without_signal_are_shown_and_sent_in_order(
    server: Server, page_at: Pages, cast: Cast, callout: Callout
) -> None:
    page = opened(server, page_at(360, 640), cast, callout)
    page.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    page.get_by_role("button", name="已出发").click()
    report_in(page, code_now(key_of(cast), server_time(server)))
    waiting = page.locator("[data-taps] li:visible")
    expect(waiting).to_have_count(3)
    expect(page.locator(".taps")).to_contain_text("未提交")
    assert fits(page)
    assert kinds(callout) == []
    page.context.set_offline(False)
    expect(page.locator(".due.is-ok")).to_contain_text("调解三室")
    expect(page.locator(".taps")).to_be_hidden()
    assert kinds(callout) == ["callout:acknowledge", "callout:set-out", "callout:arrive"]
    assert page.evaluate("sessionStorage.getItem('taps')") == "[]"


def test_a_tap_survives_a_reload_without_the_officers_name(
    server: Server, page_at: Pages, cast: Cast, callout: Callout
) -> None:
    page = opened(server, page_at(360, 640), cast, callout)
    lose_the_line(page)
    report_in(page, code_now(key_of(cast), server_time(server)))
    expect(page.locator("[data-taps] li:visible")).to_have_count(1)
    stored = page.evaluate("JSON.stringify(sessionStorage)")
    assert "arrival" in stored
    assert NAME not in stored
    page.reload()
    expect(page.locator("[data-taps] li:visible")).to_have_count(1)
    page.context.unroute(re.compile("/arrival/"))
    expect(page.locator(".due.is-ok")).to_be_visible()
    assert kinds(callout) == ["callout:arrive"]
    assert (callout.arrival_method, callout.officer_name) == (ArrivalMethod.CODE, NAME)


def test_words_wait_on_the_page_alone(server: Server, page_at: Pages, cast: Cast, callout: Callout) -> None:
    page = opened(server, page_at(360, 640), cast, callout)
    page.context.set_offline(True)
    page.locator("a[href='#send-another']").click()
    page.locator("#substitute-name").fill("王建国")
    page.locator("#substitute-phone").fill(PHONE)
    page.locator("#send-another button").click()
    expect(page.locator("[data-taps] li:visible")).to_have_count(1)
    expect(page.locator("#substitute-name")).to_have_value("王建国")
    assert "王建国" not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    page.locator("a[href='#object']").click()
    page.locator("#objection-reason").fill("属物业管理")
    page.context.set_offline(False)
    expect(page.locator(".taps")).to_be_hidden()
    expect(page.locator("#objection-reason")).to_have_value("属物业管理")
    assert fresh(callout).officer_name == "王建国"


def test_a_wrong_code_that_waited_says_so_when_it_arrives(
    server: Server, page_at: Pages, cast: Cast, callout: Callout
) -> None:
    page = opened(server, page_at(360, 640), cast, callout)
    lose_the_line(page)
    right = code_now(key_of(cast), server_time(server))
    report_in(page, f"{(int(right) + 4321) % 10000:04d}")
    page.reload()
    expect(page.locator("[data-taps] li:visible")).to_have_count(1)
    page.context.unroute(re.compile("/arrival/"))
    # The next try is four seconds away.
    expect(page.locator("[data-error-summary]")).to_contain_text("报到码不对")
    assert fresh(callout).wrong_codes == 1
    report_in(page, code_now(key_of(cast), server_time(server)))
    expect(page.locator(".due.is-ok")).to_be_visible()


def test_an_answer_lost_on_the_way_back_makes_no_second_event(
    server: Server, page_at: Pages, cast: Cast, callout: Callout
) -> None:
    page = opened(server, page_at(360, 640), cast, callout)
    lost = []

    def lose_the_answer(route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.context.route(re.compile("/arrival/"), lose_the_answer)
    page.locator("a[href='#object']").click()
    page.locator("#objection-reason").fill("属物业管理")
    page.locator("#object button").click()
    expect(page.locator("main")).to_contain_text("异议待核")
    expect(page.locator(".due__time")).to_be_in_viewport(ratio=1)
    assert lost == [303]
    assert kinds(callout).count("callout:object") == 1


def test_the_units_answer_is_sent_with_and_without_a_script(
    server: Server, page_at: Pages, cast: Cast, callout: Callout
) -> None:
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    for script, words in ((True, "三日内退还"), (False, "五日内退还")):
        page = opened(server, page_at(360, 640, java_script_enabled=script), cast, callout)
        if not script:
            page.locator("a[href='#answer']").click()
        page.get_by_label("当场答复").check()
        page.locator("#answer-answer").fill(words)
        page.locator("#answer button").click()
        expect(page.locator(".phone__said")).to_contain_text(words)
    assert kinds(callout) == ["callout:comment"] * 2
