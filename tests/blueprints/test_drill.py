"""演练: a drill runs like a whistle, is marked wherever it is seen, and no figure counts it."""

import pytest

from blueprints.board.house import figures_of
from models.callout import ArrivalMethod, CalloutOrder
from models.errors import RuleBroken
from models.objection import Objection, ObjectionChannel
from models.prepared import Reading
from models.screen import Face
from models.whistle import Whistle, WhistleOrder, sound
from tests.support.boards import connected
from tests.support.cast import MANAGER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def drilled(cast: Cast) -> Whistle:
    dispute = cast.registered()
    with cast.acting() as change:
        return sound(change, dispute, WhistleOrder([CalloutOrder(cast.unit("市场监管局").id)], is_drill=True))


def test_a_house_that_does_not_drill_offers_none(cast: Cast) -> None:
    page = visit(cast.signed_in(), f"/disputes/{cast.registered().reference}/whistles/new")
    assert page.soup.find(id="is_drill") is None


def test_a_drill_is_a_tick_where_the_house_allows_it(cast: Cast) -> None:
    with cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, "drills", True)
    dispute = cast.registered()
    page = visit(cast.signed_in(), f"/disputes/{dispute.reference}/whistles/new")
    page.form("/whistles").submit(is_drill="y")
    assert db.session.query(Whistle).one().is_drill


def test_a_drill_is_marked_wherever_it_is_seen(cast: Cast) -> None:
    whistle = drilled(cast)
    [callout] = whistle.callouts
    client, officer = cast.signed_in(), cast.signed_in(cast.holding("officer", "市场监管局").username)
    for path in ("/board", f"/disputes/{whistle.dispute.reference}", f"/callouts/{callout.id}"):
        assert "演练" in visit(client, path).text, path
    for path in ("/my-callouts", f"/my-callouts/{callout.id}"):
        assert "演练" in visit(officer, path).text, path
    assert "演练" in connected(cast, Face.WALL).get("/wall").text
    head = visit(cast.signed_in("wanghaiyan"), f"/units/{callout.unit_id}/record")
    assert "演练" in head.soup.find(id=f"callout-{callout.id}").get_text()


def test_the_record_of_a_unit_does_not_hold_the_objection_of_a_drill(cast: Cast) -> None:
    [callout] = drilled(cast).callouts
    real = cast.whistled(dispute=cast.registered()).callouts[0]
    for one, reason in ((callout, "演练时的异议"), (real, "不属我局职责")):
        with cast.acting() as change:
            Objection.raise_for(change, one, reason, "", ObjectionChannel.TELEPHONE)
    record = visit(cast.signed_in("wanghaiyan"), f"/units/{callout.unit_id}/record")
    objections = record.soup.find(id="objections")
    assert real.dispute.short_number in objections.get_text()
    assert callout.dispute.short_number not in objections.get_text()


def test_how_a_drill_went_stands_apart_on_the_units_own_page(cast: Cast, clock: Clock) -> None:
    soon, late = (drilled(cast).callouts[0] for _time in range(2))
    cast.whistled()
    for one, minutes in ((soon, 8), (late, 20)):
        clock.advance(minutes=minutes)
        with cast.acting() as change:
            one.arrive(change, ArrivalMethod.DESK)
            one.release(change)
    page = visit(cast.signed_in("wanghaiyan"), f"/units/{soon.unit_id}/record")
    assert [line.select_one(".lines__end").get_text(" ", strip=True) for line in page.soup.select("#drills li")] == [
        "8 分钟 准时", "28 分钟 超时8分钟到"]  # fmt: skip
    assert page.soup.select_one("#figures .record__count").get_text(strip=True) == "1"
    assert soon.dispute.short_number not in page.follow("/sheet").text


def test_no_figure_counts_a_drill(cast: Cast, clock: Clock) -> None:
    before = figures_of(Reading.of(db.session()), cast.centre.id, clock.now)
    [callout] = drilled(cast).callouts
    with cast.acting() as change:
        callout.arrive(change, ArrivalMethod.DESK)
    assert figures_of(Reading.of(db.session()), cast.centre.id, clock.now) == before
    cast.whistled(dispute=cast.registered())
    after = figures_of(Reading.of(db.session()), cast.centre.id, clock.now)
    assert (after.visits, after.whistles) == (1, 1)


def test_a_drill_and_a_real_whistle_do_not_go_together(cast: Cast) -> None:
    dispute = drilled(cast).dispute
    with pytest.raises(RuleBroken, match="do not go together"), cast.acting() as change:
        sound(change, dispute, WhistleOrder([CalloutOrder(cast.unit("人社局").id)]))
