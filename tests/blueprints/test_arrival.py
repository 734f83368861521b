"""The officer's page by link: two taps, no password, everything also without a script; what a link cannot do."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.arrival import arrival_key, code_now, value_now
from models.callout import ArrivalMethod, Callout, CalloutState
from models.event import Event
from models.pause import PauseReason, pause
from security.links import COOKIE, token_for
from tests.support.cast import LEADER, Cast, csrf
from tests.support.databases import only_sqlite
from tests.support.pages import Form, Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def sealer(app: Flask):
    return app.extensions["sealer"]


def opened(cast: Cast, callout: Callout, client: FlaskClient | None = None) -> Page:
    """The page on a phone that has just opened the link in the message."""
    return visit(client or cast.app.test_client(), f"/c/{token_for(sealer(cast.app), callout)}")


def key_of(cast: Cast, callout: Callout) -> bytes:
    return arrival_key(sealer(cast.app), callout.dispute.centre_id)


def code_form(page: Page) -> Form:
    """The form with the four digits."""
    return next(Form(page, tag) for tag in page.soup.find_all("form") if tag.find("input", attrs={"name": "code"}))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10000:04d}"


def test_the_link_shows_what_the_officer_needs_and_nobodys_name(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    assert page.path == f"/arrival/callouts/{callout.id}"
    for words in ("市场监管局", "1123-001", "10:40", "调解三室", "消费", callout.question, cast.centre.telephone):
        assert words in page.text
    for words in ("宋佳", "19000000032", "甘州某健身馆", "退还预付卡余额"):
        assert words not in page.html


def test_the_matter_of_a_non_public_dispute_is_not_shown(cast: Cast) -> None:
    dispute = cast.registered(category="离婚", opposite="陈某")
    page = opened(cast, cast.whistled("妇联", dispute=dispute).callouts[0])
    assert "离婚" not in page.html


def test_opening_the_link_changes_nothing(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    before = db.session.query(Event).count()
    opened(cast, callout)
    assert db.session.query(Event).count() == before
    assert callout.state is CalloutState.SOUNDED


def test_the_cookie_is_the_browsers_secret_until_midnight(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    answer = cast.app.test_client().get(f"/c/{token_for(sealer(cast.app), callout)}")
    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Max-Age={int(timedelta(hours=13, minutes=40).total_seconds())}" in cookie


def test_acknowledge_set_out_and_arrive(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    clock.advance(minutes=2)
    page = page.form("/acknowledgement").submit()
    assert callout.state is CalloutState.ACKNOWLEDGED
    page = page.form("/departure").submit()
    assert callout.state is CalloutState.ON_THE_WAY
    clock.advance(minutes=10)
    code = code_now(key_of(cast, callout), clock.now)
    form = code_form(page)
    page = form.submit(code=" ".join(code))
    assert (callout.arrival_method, callout.minutes_taken) == (ArrivalMethod.CODE, 12)
    assert callout.officer_name == "汪海燕"
    assert callout.officer_phone_sealed is not None
    assert "调解三室" in page.text
    form.submit(code=" ".join(code))
    assert callout.minutes_taken == 12


def test_every_tap_may_be_sent_twice(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    for action in ("/acknowledgement", "/departure"):
        page.form(action).submit()
        count = db.session.query(Event).count()
        page.form(action).submit()
        assert db.session.query(Event).count() == count


def test_the_code_of_the_step_before_is_right_and_the_one_before_that_is_not(cast: Cast, clock) -> None:
    callouts = cast.whistled("市场监管局", "总工会").callouts
    code = code_now(key_of(cast, callouts[0]), clock.now)
    clock.advance(seconds=30)
    code_form(opened(cast, callouts[0])).submit(code=code, name="汪海燕")
    assert callouts[0].arrived_at is not None
    clock.advance(seconds=30)
    assert code not in (code_now(key_of(cast, callouts[0]), clock.now - timedelta(seconds=30 * n)) for n in (0, 1))
    page = code_form(opened(cast, callouts[1])).submit(422, code=code, name="史春梅", post="干事")
    assert callouts[1].arrived_at is None
    assert dict(code_form(page).values())["post"] == "干事"


def test_five_wrong_codes_close_code_entry_until_the_desk_opens_it(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    code = code_now(key_of(cast, callout), clock.now)
    for count in range(1, 6):
        form = code_form(page)
        page = form.submit(422, code=wrong(code))
        assert callout.wrong_codes == count
        form.submit(code=wrong(code))  # the double tap of the same wrong code
        assert callout.wrong_codes == count
    assert not page.soup.find("input", attrs={"name": "code"})
    form.submit(422, code=code, submission="0" * 32)
    assert callout.arrived_at is None
    visit(cast.signed_in(), f"/callouts/{callout.id}").form("/code-entry").submit()
    code_form(opened(cast, callout)).submit(code=code)
    assert callout.arrived_at is not None


def test_a_wrong_code_leaves_an_empty_box_for_the_next_one(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    form = code_form(opened(cast, callout))
    page = form.submit(422, code=wrong(code_now(key_of(cast, callout), clock.now)), name="汪海燕")
    values = dict(code_form(page).values())
    assert (values.get("code", ""), values["name"]) == ("", "汪海燕")


def test_a_code_that_is_no_code_is_not_counted(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    code_form(opened(cast, callout)).submit(422, code="12a")
    assert callout.wrong_codes == 0


def test_the_code_of_another_house_is_refused(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    elsewhere = code_now(arrival_key(sealer(cast.app), callout.dispute.centre_id + 1), clock.now)
    assert elsewhere != code_now(key_of(cast, callout), clock.now)
    code_form(opened(cast, callout)).submit(422, code=elsewhere)
    assert callout.arrived_at is None


def test_an_officer_is_replaced_and_an_objection_raised(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    page = page.form("/substitute").submit(name="王建国", post="副队长", phone="19000002222")
    assert callout.officer_name == "王建国"
    assert "19000002222" not in page.html
    page.form("/objections").submit(422, reason="")
    page = page.form("/objections").submit(reason="属物业管理", basis="三定方案")
    assert callout.open_objection.reason == "属物业管理"
    assert callout.is_open


def test_a_link_opens_its_own_callout_only(cast: Cast) -> None:
    mine, other = cast.whistled("市场监管局", "总工会").callouts
    client = cast.app.test_client()
    page = opened(cast, mine, client)
    visit(client, f"/arrival/callouts/{other.id}", 410)
    token = csrf(client, page.path)
    answer = client.post(f"/arrival/callouts/{other.id}/acknowledgement", data={"csrf_token": token})
    assert answer.status_code == 410
    assert other.acknowledged_at is None


def test_one_phone_may_hold_the_links_of_two_rooms(cast: Cast) -> None:
    first = cast.whistled("住建局", room="调解一室").callouts[0]
    second = cast.whistled("住建局", room="调解三室").callouts[0]
    client = cast.app.test_client()
    one = opened(cast, first, client)
    assert f"/arrival/callouts/{first.id}" in opened(cast, second, client).html
    one.form("/acknowledgement").submit()
    assert first.acknowledged_at is not None
    assert second.acknowledged_at is None


@pytest.mark.parametrize("case", ["revoked", "released", "stood down", "midnight", "no internet", "forged"])
def test_a_link_that_is_over_is_gone(cast: Cast, clock, case: str) -> None:
    callout = cast.whistled().callouts[0]
    token, client = token_for(sealer(cast.app), callout), cast.app.test_client()
    page = visit(client, f"/c/{token}")
    form = page.form("/acknowledgement")
    with cast.acting(LEADER) as change:
        if case == "revoked":
            callout.renew_link(change)
        elif case == "released":
            callout.arrive(change, ArrivalMethod.DESK)
            callout.release(change)
        elif case == "stood down":
            callout.stand_down(change, "已和解")
        elif case == "no internet":
            cast.centre.change_setting(change, "no_internet", True)
    if case == "midnight":
        clock.advance(hours=13, minutes=40)
    if case == "forged":
        token = token[:-1] + ("0" if token[-1] != "0" else "1")
        client.set_cookie(COOKIE, token)
    told = {"released": "谢谢", "stood down": "已撤哨"}.get(case)
    if told:  # still told so, with nothing left to do but to confirm that nobody comes
        left = [to for to in map(str, (tag.get("action") for tag in visit(client, f"/c/{token}").soup("form")))
                if to.startswith("/arrival")]  # fmt: skip
        assert left == ([f"/arrival/callouts/{callout.id}/stand-down"] if case == "stood down" else [])
        assert told in visit(client, page.path).text
    else:
        for over in (visit(client, f"/c/{token}", 410), visit(client, page.path, 410)):
            rings = over.soup.select_one(f"a[href='tel:{cast.centre.telephone}']")
            assert (rings is None) == (case == "forged"), "a link nobody made tells nothing"
            assert callout.dispute.short_number not in over.html
    after = form.submit(410).text
    assert case == "forged" or cast.centre.telephone in after
    assert ("也可直接到中心" in after) == (told is None), "who need not come is not told to"
    assert case == "released" or callout.acknowledged_at is None


def test_a_link_cut_on_the_way_still_says_whom_to_ring(cast: Cast) -> None:
    """Another link of the same phone knows the house."""
    callout, client = cast.whistled().callouts[0], cast.app.test_client()
    visit(client, f"/c/{token_for(sealer(cast.app), callout)}")
    assert cast.centre.telephone in visit(client, f"/c/{'1-1-' + '0' * 26}", 410).text


def test_the_scanned_code_is_one_tap(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    value = value_now(key_of(cast, callout), clock.now)
    client = cast.app.test_client()
    assert not visit(client, f"/arrival/{value}").soup.find("form", action=lambda to: to and value in to)
    opened(cast, callout, client)
    page = visit(client, f"/arrival/{value}")
    assert "调解三室" in page.text, "whoever was called to several rooms sees which one this is"
    page.form(value).submit()
    assert (callout.arrival_method, callout.officer_name) == (ArrivalMethod.QR, "汪海燕")


@pytest.mark.parametrize(("late", "minutes", "sure"), [(1, 5, True), (9, 5, True), (12, 17, False)])
def test_a_tap_kept_without_signal_counts_at_its_step(cast: Cast, clock, late: int, minutes: int, sure: bool) -> None:
    callout = cast.whistled().callouts[0]
    client = cast.app.test_client()
    opened(cast, callout, client)
    clock.advance(minutes=5)
    value = value_now(key_of(cast, callout), clock.now)
    form = visit(client, f"/arrival/{value}").form(value)
    clock.advance(minutes=late)
    form.submit()
    assert callout.minutes_taken == minutes
    assert (callout.arrival_confirmed_at is not None) is sure


def test_a_value_nobody_showed_is_refused(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    client = cast.app.test_client()
    opened(cast, callout, client)
    visit(client, f"/arrival/{'0' * 26}").form("0" * 26).submit(422)
    assert callout.arrived_at is None


def test_an_arrival_by_code_may_need_the_desk(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        cast.centre.change_setting(change, "confirm_arrival", True)
    code_form(opened(cast, callout)).submit(code=code_now(key_of(cast, callout), clock.now))
    assert callout.arrival_confirmed_at is None
    visit(cast.signed_in(), f"/callouts/{callout.id}").form("/confirmation").submit()
    assert callout.arrival_confirmed_at is not None


def test_a_unit_confirms_that_it_was_stood_down(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    client = cast.app.test_client()
    visit(client, f"/c/{token_for(sealer(cast.app), callout)}")
    with cast.acting() as change:
        callout.stand_down(change, "已和解")
    page = visit(client, f"/arrival/callouts/{callout.id}").form("/stand-down").submit()
    assert callout.stand_down_seen_at is not None
    assert "知悉" in page.text


def test_nothing_is_counted_down_while_the_time_stands_still(cast: Cast) -> None:
    """The board says 暂停计时; the officer's pages say no other thing."""
    callout = cast.whistled().callouts[0]
    with cast.acting() as change:
        pause(change, callout, PauseReason.ROAD_CLOSED)
    for page in (opened(cast, callout), visit(cast.signed_in("wanghaiyan"), "/my-callouts")):
        assert "暂停计时" in page.text
        assert not page.soup.select("[data-due]")


def test_the_officer_asks_for_time_and_the_clock_runs_on(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    due = callout.due_at
    page = visit(cast.app.test_client(), f"/c/{token_for(sealer(cast.app), callout)}")
    page = page.form("/time-requests").submit(minutes=15, reason="半路爆胎")
    assert "等值班领导决定" in page.text
    assert callout.due_at == due
    assert visit(cast.signed_in(LEADER), "/decisions").form("/time-requests/").submit(press="grant")
    assert callout.due_at > due
