"""断线期间谁到了, paper slips, the emergency pack, the change of shift."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from blueprints.board.house import figures_of
from models.assignment import Duty, assign
from models.back_entry import BackEntry, Happened
from models.callout import Callout
from models.dispute import Dispute
from models.event import Event
from models.prepared import Reading
from models.presence import Presence
from models.screen import Face
from models.takeover import Takeover
from models.whistle import Whistle
from tests.support.boards import Poller, connected
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def after_ten_silent_minutes(cast: Cast, clock: Clock) -> Callout:
    """A whistle, then nobody asks anything for ten minutes."""
    callout = cast.whistled("市场监管局").callouts[0]
    visit(cast.signed_in(), "/")
    clock.advance(minutes=10)
    return callout


def test_a_desk_that_asks_is_noted(cast: Cast, clock: Clock) -> None:
    client = cast.signed_in()
    visit(client, "/")
    clock.advance(seconds=30)
    visit(client, "/visits/new")
    span = db.session.query(Presence).one()
    assert span.until - span.since == timedelta(seconds=30)


@pytest.mark.parametrize("path", ["/board", "/hall"])
def test_a_poll_that_brings_nothing_new_is_a_sign_of_life_too(cast: Cast, clock: Clock, path: str) -> None:
    poller = Poller(cast.signed_in() if path == "/board" else connected(cast, Face.HALL), path)
    poller.ask()
    clock.advance(seconds=30)
    assert poller.ask().status_code == 204
    span = db.session.query(Presence).one()
    assert span.until == clock.now


def test_an_officer_who_looks_is_no_sign_of_the_house(cast: Cast) -> None:
    visit(cast.signed_in(cast.holding("officer", "市场监管局").username), "/")
    assert db.session.query(Presence).count() == 0


def test_the_desk_asks_who_came_and_closes_the_list(cast: Cast, clock: Clock) -> None:
    callout = after_ten_silent_minutes(cast, clock)
    client = cast.signed_in()
    visit(client, "/")  # ends the silence
    page = visit(client, "/").follow("/outages", "10:2")
    line = page.form(f"/callouts/{callout.id}/back-entries")
    refused = line.submit(422, press="arrival")
    assert "请填写到场时间" in refused.text
    page = line.submit(at="1027", press="arrival")
    assert (callout.arrived_at - callout.sounded_at) == timedelta(minutes=7)
    assert db.session.query(BackEntry).one().kind is Happened.ARRIVAL
    page = page.form("/closing").submit()
    assert "没有待核对的断线" in page.text
    assert "断线" not in visit(client, "/").text


def test_that_nobody_had_come_is_one_tap(cast: Cast, clock: Clock) -> None:
    callout = after_ten_silent_minutes(cast, clock)
    client = cast.signed_in()
    visit(client, "/")
    page = visit(client, "/outages").form("/back-entries").submit(press="absence")
    assert "当时未到" in page.text
    assert callout.arrived_at is None


def test_a_callout_of_another_house_is_not_found(cast: Cast, clock: Clock) -> None:
    callout = after_ten_silent_minutes(cast, clock)
    officer = cast.signed_in(cast.holding("officer", "市场监管局").username)
    assert officer.post(f"/callouts/{callout.id}/back-entries", data={}).status_code in (400, 403)


def test_an_arrival_on_the_sign_in_sheet_is_entered_with_its_reason(cast: Cast, clock: Clock) -> None:
    callout = cast.whistled("市场监管局").callouts[0]
    clock.advance(minutes=30)
    page = visit(cast.signed_in(), f"/callouts/{callout.id}").follow("/back-entries/new")
    form = page.form("/back-entries")
    assert "请填写到场时间" in form.submit(422).text
    assert "请填写到场时间" in form.submit(422, happened="none of both").text
    assert "1900 年至" in form.submit(422, on="0001-01-01", at="10:33").text
    assert "早于通知时间" in form.submit(422, at="09:00").text
    page = form.submit(at="10:33", reason="报到人直接进了三室")
    assert page.path == f"/callouts/{callout.id}"
    assert (callout.minutes_taken, db.session.query(BackEntry).one().reason) == (13, "报到人直接进了三室")


SLIP = {"paper_number": "07", "at": "10:05", "head_count": "3", "name": "宋佳", "phone": "19000000032",
        "opposite": "甘州某健身馆", "demand": "退还预付卡余额"}  # fmt: skip


def test_a_slip_is_entered_under_its_number_and_marked(cast: Cast, clock: Clock) -> None:
    client = cast.signed_in()
    paper = visit(client, "/emergency-pack").form("/emergency-pack").submit()
    assert "应急-20261123-20" in paper.text
    form = visit(client, "/back-entries/new").form("/back-entries")
    category = str(cast.category("消费").id)
    page = form.submit(**SLIP, category=category)
    dispute = db.session.query(Dispute).one()
    assert dispute.registered_at == clock.now - timedelta(minutes=15)
    file = visit(client, f"/disputes/{dispute.reference}")
    assert "应急-20261123-07" in file.text
    assert "补录：10:05 来访" in file.text
    again = visit(client, "/back-entries/new").form("/back-entries").submit(422, **SLIP, category=category)
    assert "已经补录过" in again.text
    assert "A001" in page.text


def test_a_number_nobody_reserved_and_a_time_to_come_are_refused_with_everything_typed(cast: Cast) -> None:
    form = visit(cast.signed_in(), "/back-entries/new").form("/back-entries")
    typed = {**SLIP, "category": str(cast.category("消费").id)}
    assert "没有预留这个编号" in form.submit(422, **typed).text
    page = form.submit(422, **{**typed, "paper_number": "", "at": "11:00"})
    assert "还没有到" in page.text
    assert page.soup.find(id="name")["value"] == "宋佳"


def test_a_whistle_by_telephone_is_entered_with_its_arrivals(cast: Cast, clock: Clock) -> None:
    dispute = cast.registered()
    clock.advance(minutes=40)
    form = visit(cast.signed_in(), f"/disputes/{dispute.reference}/back-entries/new").form("/back-entries")
    here, missing = cast.unit("市场监管局"), cast.unit("人社局")
    page = form.submit(**{"at": "10:25", "calls-0-unit_id": here.id, "calls-0-told": "汪海燕",
                          "calls-0-arrived": "10:38", "calls-1-unit_id": missing.id})  # fmt: skip
    first, second = db.session.query(Whistle).one().callouts
    assert (first.minutes_taken, second.arrived_at) == (13, None)
    assert "补录：10:25 电话吹哨" in page.text
    form.submit(422, at="10:25")
    assert "例如 10:22" in form.submit(422, at="25:10").text


def test_slips_count_for_the_day_on_which_they_were_written(cast: Cast, clock: Clock) -> None:
    client, category = cast.signed_in(), str(cast.category("消费").id)
    visit(client, "/emergency-pack").form("/emergency-pack").submit()
    for number, on in (("1", "2026-11-23"), ("2", "2026-11-23"), ("3", "2026-11-22")):
        form = visit(client, "/back-entries/new").form("/back-entries")
        form.submit(**{**SLIP, "paper_number": number, "on": on}, category=category)
    assert figures_of(Reading.of(db.session()), cast.centre.id, clock.now).visits == 2
    clock.advance(days=-1)
    assert figures_of(Reading.of(db.session()), cast.centre.id, clock.now).visits == 1


def test_only_desk_and_leader_enter_later(cast: Cast) -> None:
    assert cast.signed_in(LEADER).get("/back-entries/new").status_code == 200
    assert cast.signed_in(MEDIATOR).get("/back-entries/new").status_code == 403


def test_every_look_at_the_pack_is_kept_and_it_is_chinese(cast: Cast) -> None:
    client = cast.signed_in()
    visit(client, "/emergency-pack").form("/emergency-pack").submit()
    visit(client, "/emergency-pack/paper")
    assert db.session.query(Event).filter_by(kind="pack:show").count() == 2
    html = client.get("/emergency-pack/paper").get_data(as_text=True)
    assert len(BeautifulSoup(html, "html.parser").select(".sheet")) == 21
    assert "汪海燕" in html


def test_the_desk_is_taken_over_by_name(cast: Cast) -> None:
    cast.whistled("市场监管局")
    page = visit(cast.signed_in(CLERK), "/shifts")
    assert "市场监管局" in page.text
    page.form("/shifts").submit(422, given_by="")
    page = page.form("/shifts").submit(given_by=str(cast.person(LEADER).id))
    row = db.session.query(Takeover).one()
    assert (row.from_id, row.to_id) == (cast.person(LEADER).id, cast.person(CLERK).id)
    assert "已接班" in page.text


def test_what_hangs_on_somebody_off_duty_comes_first(cast: Cast) -> None:
    dispute = cast.whistled("市场监管局").dispute
    with cast.acting() as change:
        assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR)
    page = visit(cast.signed_in(), "/shifts")
    assert "不在班" in page.text
    cast.signed_in(MEDIATOR)
    assert "不在班" not in visit(cast.signed_in(), "/shifts").text


def test_who_only_looks_takes_nothing_over(cast: Cast) -> None:
    assert not visit(cast.signed_in(MEDIATOR), "/shifts").soup.select("form[action='/shifts']")
