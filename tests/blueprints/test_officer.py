"""Taps that come late, the unit's own answer, the receipt and the meeting: by link and signed in, without a script."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from models.arrival import code_now, value_now
from models.callout import ArrivalMethod, Callout
from models.codes import arrival_step
from models.event import Event
from models.objection import Objection, ObjectionChannel
from models.time_request import TimeWish, ask_for_time
from models.unit_answer import UnitAnswer
from models.whistle import CalloutOrder, Level, WhistleOrder, sound
from security.links import dies_at
from tests.blueprints.test_arrival import code_form, key_of, opened, wrong
from tests.support.cast import LEADER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

URL = "https://meeting.example.cn/room/8"


def kept_tap(cast: Cast, page: Page, code: str, step: int, **more: str) -> dict[str, str]:
    """What a phone with a script sends for a code typed without signal, after the page was loaded again."""
    values = dict(code_form(page).values())
    return {name: values[name] for name in ("csrf_token", "submission")} | {"code": code, "step": str(step)} | more


def arrived(cast: Cast, client: FlaskClient | None = None) -> tuple[Callout, Page]:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout, client)
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    return callout, visit(page.client, page.path)


def events(kind: str) -> int:
    return db.session.query(Event).filter_by(kind=kind).count()


@pytest.mark.parametrize(("known", "name"), [("1", "汪海燕"), ("", "")])
def test_a_code_kept_over_a_reload_counts_once_at_its_step(cast: Cast, clock, known: str, name: str) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    typed = clock.advance(minutes=5)
    tap = kept_tap(cast, page, code_now(key_of(cast, callout), typed), arrival_step(typed), known=known)
    clock.advance(minutes=4)
    for _ in range(2):
        assert page.client.post(f"{page.path}/arrival", data=tap).status_code == 303
    assert (callout.minutes_taken, callout.officer_name, events("callout:arrive")) == (5, name, 1)
    desk = visit(cast.signed_in(), f"/callouts/{callout.id}")
    assert "10:29" in desk.text


def test_the_same_tap_with_and_without_the_name_is_one_tap(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    bare = kept_tap(cast, page, wrong(code_now(key_of(cast, callout), clock.now)), arrival_step(clock.now), known="1")
    named = bare | {"name": "汪海燕", "post": "科长"}
    assert page.client.post(f"{page.path}/arrival", data=named).status_code == 422
    assert page.client.post(f"{page.path}/arrival", data=bare).status_code == 303
    assert callout.wrong_codes == 1
    assert "报到码不对或已更换，请再看一次。还可输入4次。" in visit(page.client, page.path).text


def test_a_scan_kept_over_a_reload_names_the_known_officer(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    client = cast.app.test_client()
    opened(cast, callout, client)
    value = value_now(key_of(cast, callout), clock.now)
    values = dict(visit(client, f"/arrival/{value}").form(value).values())
    tap = {name: values[name] for name in ("csrf_token", "submission")} | {"known": "1"}
    client.post(f"/arrival/{value}/callouts/{callout.id}", data=tap)
    assert callout.officer_name == "汪海燕"


def test_whoever_types_the_code_on_the_page_says_who_he_is(cast: Cast, clock) -> None:
    callout = cast.whistled().callouts[0]
    code_form(opened(cast, callout)).submit(422, code=code_now(key_of(cast, callout), clock.now), name="")
    assert callout.arrived_at is None


@pytest.mark.parametrize("button", ["/substitute", "/objections"])
def test_a_form_sent_again_on_a_bad_line_is_done_once(cast: Cast, button: str) -> None:
    callout = cast.whistled().callouts[0]
    form = opened(cast, callout).form(button)
    words = {"name": "王建国"} if button == "/substitute" else {"reason": "不归我们"}
    for _ in range(2):
        form.submit(**words)
    assert events("callout:substitute") + events("callout:object") == 1


def test_the_unit_answers_from_the_phone_and_the_session_shows_it_beside_its_own(cast: Cast) -> None:
    callout, page = arrived(cast)
    form = page.form("/answers")
    form.submit(422, result="answered")
    for _ in range(2):
        page = form.submit(result="answered", answer="三日内退还余额")
    assert "三日内退还余额" in page.text
    assert (events("callout:comment"), callout.result) == (1, None)
    assert "三日内退还余额" in visit(cast.signed_in(), f"/callouts/{callout.id}").text
    assert db.session.query(UnitAnswer).count() == 1


def test_the_session_page_shows_the_units_own_answer(cast: Cast) -> None:
    callout, page = arrived(cast)
    page.form("/answers").submit(result="taken_back", due_on="2026-11-30", answer="核对合同")
    mediator = cast.signed_in(MEDIATOR)
    form = visit(mediator, f"/disputes/{callout.dispute.reference}/sessions/new").form("/sessions")
    session = form.submit(mediator_id=cast.person(MEDIATOR).id)
    assert "核对合同" in session.text
    assert "11月30日" in session.text


def test_the_receipt_opens_until_midnight_after_the_release(cast: Cast, clock) -> None:
    callout, page = arrived(cast)
    clock.advance(minutes=40)
    with cast.acting(LEADER) as change:
        callout.release(change)
    page = visit(page.client, page.path)
    paper = page.follow("/receipt")
    for words in ("市场监管局", callout.dispute.number, callout.question, "10:20", "11:00", "准时"):
        assert words in paper.text
    assert "宋佳" not in paper.html
    assert "市场监管局" in visit(cast.signed_in(), f"/callouts/{callout.id}").follow("/receipt").text
    clock.now = dies_at(callout) + timedelta(seconds=1)
    visit(page.client, paper.path, 410)


def test_there_is_no_receipt_before_the_arrival_nor_for_another_callout(cast: Cast) -> None:
    mine, other = cast.whistled("市场监管局", "总工会").callouts
    page = opened(cast, mine)
    visit(page.client, f"{page.path}/receipt", 409)
    with cast.acting() as change:
        other.arrive(change, ArrivalMethod.DESK)
        other.release(change)
    visit(page.client, f"/arrival/callouts/{other.id}/receipt", 410)


def test_a_signed_in_officer_opens_his_receipt(cast: Cast) -> None:
    callout, _page = arrived(cast)
    assert callout.question in visit(cast.signed_in("wanghaiyan"), f"/my-callouts/{callout.id}/receipt").text


def by_video(cast: Cast) -> Callout:
    dispute = cast.registered()
    with cast.acting() as change:
        order = WhistleOrder([CalloutOrder(cast.unit("市场监管局").id)], Level.VIDEO, video_url=URL)
        return sound(change, dispute, order).callouts[0]


def test_joining_by_video_reports_in_and_leads_on(cast: Cast) -> None:
    callout = by_video(cast)
    page = opened(cast, callout)
    assert URL not in page.html
    visit(page.client, f"{page.path}/meeting")
    assert callout.arrived_at is None
    meeting = page.form("/meeting").submit()
    assert (callout.arrival_method, callout.officer_name) == (ArrivalMethod.VIDEO, "汪海燕")
    assert meeting.link(URL)
    assert URL in meeting.response.headers["Refresh"]
    assert "视频" in visit(cast.signed_in(), "/board").text


def test_the_whistle_form_asks_for_the_link_of_the_meeting(cast: Cast) -> None:
    dispute = cast.registered()
    client = cast.signed_in()
    form = visit(client, f"/disputes/{dispute.reference}/whistles/new").form("/whistles")
    form.submit(422, level="video")
    form.submit(422, level="video", video_url="http://a.cn/1")
    form.submit(level="video", video_url=URL)
    assert dispute.whistles[0].video_url == URL


def test_the_unit_reads_what_became_of_its_wishes(cast: Cast) -> None:
    callout = cast.whistled().callouts[0]
    page = opened(cast, callout)
    with cast.acting(LEADER) as change:
        ask_for_time(change, callout, TimeWish.MORE_MINUTES, 10, "路上堵车").refuse(change)
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.TELEPHONE)
        callout.objections[0].reject(change)
    page = visit(page.client, page.path)
    assert "延时申请未同意" in page.text
    assert "异议不采纳" in page.text
    with cast.acting(LEADER) as change:
        Objection.raise_for(change, callout, "依据三定方案", "", ObjectionChannel.TELEPHONE)
        change.session.flush()
        callout.objections[1].uphold(change, None)
    assert "异议已采纳" in visit(page.client, page.path).text
