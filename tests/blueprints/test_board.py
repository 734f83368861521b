"""The desk's board: what stands on it, for whom, in which order."""

import pytest
from sqlalchemy import event, select

from models.callout import ArrivalMethod, Officer
from models.category import Category
from models.centre import Centre
from models.ending import withdraw
from models.invitation import PhoneResult
from models.objection import Objection, ObjectionChannel
from models.person import Role
from models.registration import Entry, register
from models.room import RoomPurpose
from models.screen import Face
from models.whistle import CalloutOrder, Level, WhistleOrder, sound
from tests.support.boards import connected, whole_whistle
from tests.support.cast import LEADER, MEDIATOR, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def cards(page: Page) -> list[str]:
    return [tag["id"] for tag in page.soup.select("[data-rows] > section")]


def test_a_registered_dispute_waits_for_its_whistle(cast: Cast) -> None:
    dispute = cast.registered()
    page = visit(cast.signed_in(), "/board")
    assert cards(page) == [f"dispute-{dispute.id}"]
    assert page.link("/whistles/new") == f"/disputes/{dispute.reference}/whistles/new"
    assert "3人" in page.text


def test_the_card_names_everybody_who_must_come(cast: Cast) -> None:
    whistle = whole_whistle(cast, cast.registered("甘州某健身馆、王小明"))
    page = visit(cast.signed_in(), "/board")
    assert [line.get_text() for line in page.soup.select(".callout__who")][2:] == ["市场监管局", "南街街道"]
    for words in ("调解三室", "罗志明主持", "甘州某健身馆", whistle.callouts[0].question):
        assert words in page.text
    assert "王小明" not in page.text, "a person's name does not stand on a monitor everybody passes"
    assert "王**" in page.text


def test_without_mediator_and_room_the_card_says_so(cast: Cast) -> None:
    dispute = cast.whistled(room=None).dispute
    page = visit(cast.signed_in(), "/board")
    assert page.link(f"{dispute.reference}/assignments")
    assert page.link(f"{dispute.reference}/room")


@pytest.mark.parametrize(("level", "look"), [(Level.URGENT, "is-late"), (Level.VIDEO, "is-info")])
def test_red_beside_the_number_is_for_what_is_urgent(cast: Cast, level: Level, look: str) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        sound(
            change, dispute, WhistleOrder([CalloutOrder(cast.unit("市场监管局").id)], level, video_url="https://x.cn")
        )
    tag = visit(cast.signed_in(), "/board").soup.select_one(".card__head .tag")
    assert tag["class"] == ["tag", look]


def test_what_is_due_first_stands_first(cast: Cast, clock) -> None:
    far = whole_whistle(cast, cast.registered(), "甘浚镇", room=None).dispute
    waiting = cast.registered()
    near = whole_whistle(cast, cast.registered(), "市场监管局", room=None).dispute
    client = cast.signed_in()
    assert cards(visit(client, "/board")) == [f"dispute-{row.id}" for row in (near, far, waiting)]
    with cast.acting() as change:
        near.callouts[0].arrive(change, ArrivalMethod.DESK)
    assert cards(visit(client, "/board")) == [f"dispute-{row.id}" for row in (far, waiting, near)]


def test_a_missing_mediator_is_awaited_for_ten_minutes(cast: Cast) -> None:
    """It is due before a unit with twenty minutes, so its card stands above one that was whistled earlier."""
    complete = whole_whistle(cast, cast.registered(), room=None).dispute
    lacking = cast.whistled(room=None).dispute
    page = visit(cast.signed_in(), "/board")
    assert cards(page) == [f"dispute-{lacking.id}", f"dispute-{complete.id}"]


def test_one_tap_records_an_arrival(cast: Cast) -> None:
    callout = whole_whistle(cast, cast.registered()).callouts[0]
    client = cast.signed_in()
    page = visit(client, "/board")
    button = page.soup.find(id=f"callout-{callout.id}-here")
    form = page.soup.find("form", id="act")
    fields = {tag["name"]: tag["value"] for tag in form.find_all("input")}
    answer = client.post(button["formaction"], data={**fields, button["name"]: button["value"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/board")
    assert "报到 0 分" in visit(client, "/board").text
    db.session.refresh(callout)
    assert callout.arrival_method is ArrivalMethod.DESK


def test_with_htmx_a_tap_stays_on_the_board_and_asks_at_once(cast: Cast) -> None:
    invitation = whole_whistle(cast, cast.registered()).dispute.invitations[0]
    client = cast.signed_in()
    page = visit(client, "/board")
    button = page.soup.find(id=f"invitation-{invitation.id}-coming")
    token = page.soup.find("form", id="act").find("input")["value"]
    answer = client.post(button["formaction"], data={"csrf_token": token, button["name"]: button["value"]},
                         headers={"HX-Request": "true"})  # fmt: skip
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, "changed")
    db.session.refresh(invitation)
    assert invitation.phone_result is PhoneResult.COMING


def test_buttons_follow_the_permissions(cast: Cast) -> None:
    callout = whole_whistle(cast, cast.registered()).callouts[0]
    with cast.acting() as change:
        Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.TELEPHONE)
    decide = f"callout-{callout.id}-decide"
    assert visit(cast.signed_in(LEADER), "/board").soup.find(id=decide)
    assert not visit(cast.signed_in(), "/board").soup.find(id=decide)
    manager = visit(cast.signed_in("jingchunsheng"), "/board")
    assert not manager.soup.select(".callout a[href*='/sessions/']")


def test_the_session_is_one_click_away_once_somebody_is_there(cast: Cast) -> None:
    whistle = whole_whistle(cast, cast.registered())
    mediator = cast.signed_in(MEDIATOR)
    opening = f"/disputes/{whistle.dispute.reference}/sessions/new"
    assert opening not in visit(mediator, "/board").html
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK, Officer("汪海燕"))
    assert opening in visit(mediator, "/board").html


def test_what_is_settled_leaves_the_board(cast: Cast) -> None:
    whistle = whole_whistle(cast, cast.registered())
    with cast.acting() as change:
        whistle.callouts[0].stand_down(change, "已解决")
    page = visit(cast.signed_in(), "/board")
    assert "市场监管局" not in " ".join(tag.get_text() for tag in page.soup.select(".callout__who"))
    with cast.acting() as change:
        withdraw(change, whistle.dispute, "自行和解")
    page = visit(cast.signed_in(), "/board")
    assert cards(page) == []
    assert not page.soup.find(attrs={"data-when-empty": True}).has_attr("hidden")


def test_each_house_sees_its_own_board(cast: Cast) -> None:
    dispute = cast.registered()
    township = cast.signed_in("zhangyaru")
    page = visit(township, "/board")
    assert "乌江镇" in page.text
    assert dispute.short_number not in page.text
    assert township.get(f"/board/centre-{cast.centre.id}/changes?since=x-1").status_code == 404


@pytest.mark.parametrize("username", ["wanghaiyan", "yinshouzheng"])
def test_the_board_is_not_for_everybody(cast: Cast, username: str) -> None:
    client = cast.signed_in(username)
    assert client.get("/board").status_code == 403
    assert client.get(f"/board/centre-{cast.centre.id}/changes?since=x-1").status_code == 403


def test_reading_forty_disputes_takes_as_many_statements_as_reading_two(cast: Cast) -> None:
    client = cast.signed_in()

    def statements() -> int:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            seen.append(statement)

        event.listen(db.engine, "after_cursor_execute", note)
        visit(client, "/board")
        event.remove(db.engine, "after_cursor_execute", note)
        return len([statement for statement in seen if "SELECT" in statement and "presences" not in statement])

    for _ in range(2):
        whole_whistle(cast, cast.registered(), room=None)
    few = statements()
    for _ in range(10):
        whole_whistle(cast, cast.registered("某公司、某厂"), "人社局", "住建局", "总工会", room=None)
    assert statements() == few


def test_rooms_say_who_is_inside(cast: Cast) -> None:
    dispute = whole_whistle(cast, cast.registered()).dispute
    side = visit(cast.signed_in(), "/board").soup.find(id="board-side")
    lines = {line.find("span").get_text(): line.get_text(" ") for line in side.select("li")}
    assert dispute.short_number in lines["调解三室"]
    assert "空闲" in lines["调解一室"] or "Free" in lines["调解一室"]
    assert RoomPurpose.VIDEO not in lines


def test_each_count_leads_to_the_list_it_counts(cast: Cast) -> None:
    """The other centre's card, the one that has left the board and the drafts of nobody are in no list."""
    cast.registered("某物业公司")
    for _time in range(2):
        whole_whistle(cast, cast.registered("甘州某健身馆、甘州某药店"), room=None)
    whole_whistle(cast, cast.registered(), "人社局", "住建局")
    bare = cast.whistled("水务局", "应急局", room=None).dispute
    gone = cast.whistled(room=None).dispute
    with cast.acting() as change:
        for callout in bare.callouts:
            Objection.raise_for(change, callout, "不归我们", "", ObjectionChannel.TELEPHONE)
        withdraw(change, gone, "已自行和解")
    client = cast.signed_in(LEADER)
    lines = visit(client, "/board").soup.select("#board-side li:has(a[href*=lack])")
    counts = {line.find("a").get_text(): (int(line.select_one(".lines__end").get_text()), line.find("a")["href"])
              for line in lines}  # fmt: skip
    assert {words: count for words, (count, _url) in counts.items()} == {
        "尚未吹哨": 1, "待核异议": 1, "还没有调解员的纠纷": 1, "候调": 3, "待电话约请对方": 3,
    }  # fmt: skip
    for words, (count, url) in counts.items():
        page = visit(client, url)
        assert len(page.soup.select("tbody th a")) == count, words
        assert page.soup.select_one("[name=lack] option[selected]").get_text() == words


def test_a_count_stays_in_the_house_of_its_board(cast: Cast) -> None:
    """Whoever reads several houses sees the board of one: its lists hold no more than it."""
    with cast.acting(SECURITY) as change:
        cast.person(LEADER).grant(change, Role.DUTY_LEADER, cast.unit("甘州区"))
    cast.registered()
    other = db.session.scalars(select(Centre).where(Centre.id != cast.centre.id)).first()
    with cast.acting() as change:
        register(change, other, Entry(1, "宋佳", "19000000032", db.session.scalars(
            select(Category).where(Category.centre_id == other.id)).first(), "某公司", "退款"))  # fmt: skip
    client = cast.signed_in(LEADER)
    page = visit(client, visit(client, "/board").link("lack=whistle"))
    assert len(page.soup.select("tbody th a")) == 1
    page = visit(client, "/disputes?tab=all&lack=whistle")
    assert len(page.soup.select("tbody th a")) == 2


def test_screens_on_the_wall_have_no_links(cast: Cast) -> None:
    cast.registered()
    for face, path in ((Face.WALL, "/wall"), (Face.HALL, "/hall")):
        assert not visit(connected(cast, face), path).soup.select("main a[href]")
