"""What a board is told when it asks: nothing, the changed rows, or to load the page again. It cannot lie."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from models.board import BoardRevision
from models.callout import ArrivalMethod
from models.ending import withdraw
from models.heartbeat import beat
from models.outbox import Message, MessageState
from models.person import Person, SignIn
from security.headers import HEADERS
from tests.support.boards import Poller, whole_whistle
from tests.support.cast import LEADER, Cast
from transaction import db, writing
from web import board_answers, fast_poll
from web.fast_poll import FastPoll

TOLD = ("X-Board-As-Of", "X-Board-Revision", "X-Worker-Age", "X-Oldest-Whistle-Age")


@pytest.fixture
def board(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Poller:
    """A desk that looks at two whistled disputes and is known to the quick layer."""
    monkeypatch.setattr(board_answers, "HEALTH_SECONDS", 0)  # the tests' clock does not go by itself
    monkeypatch.setattr(fast_poll, "A_MOMENT", timedelta())
    for _ in range(2):
        whole_whistle(cast, cast.registered(), room=None)
    poller = Poller(cast.signed_in())
    assert poller.ask().status_code == 204
    return poller


def order(answer) -> list[str]:
    return answer.headers["X-Board-Order"].split(",")


def test_nothing_new_is_204_with_every_header(board: Poller) -> None:
    answer = board.ask()
    assert (answer.status_code, answer.data) == (204, b"")
    assert all(answer.headers[name] for name in TOLD)
    assert answer.headers["Cache-Control"] == "no-store"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_quick_layer_and_the_view_say_the_same(cast: Cast, board: Poller) -> None:
    quick = board.ask()
    layer = cast.app.wsgi_app
    assert isinstance(layer, FastPoll)
    layer.answers.known.clear()
    slow = board.ask()
    assert slow.status_code == quick.status_code == 204
    same = set(TOLD) | set(HEADERS) | {"Cache-Control"}
    assert {name: slow.headers[name] for name in same} == {name: quick.headers[name] for name in same}
    assert "Set-Cookie" not in slow.headers


def test_what_was_told_a_moment_ago_hides_no_change_and_no_ended_session(
    cast: Cast, board: Poller, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_poll, "A_MOMENT", timedelta(seconds=1))
    first = board.ask()
    clock.advance(seconds=0.9)
    again = board.ask()
    assert (again.status_code, again.headers["X-Board-As-Of"]) == (204, first.headers["X-Board-As-Of"])
    clock.advance(seconds=0.1)
    assert board.ask().headers["X-Board-As-Of"] > first.headers["X-Board-As-Of"]
    whole_whistle(cast, cast.registered(), "总工会", room=None)
    changed = board.ask()
    assert changed.status_code == 200
    with writing() as session:
        session.execute(delete(SignIn))
    assert board.ask().status_code == 401


def test_only_the_changed_row_is_sent_with_the_order_of_all(cast: Cast, board: Poller) -> None:
    new = whole_whistle(cast, cast.registered(), "总工会", room=None).dispute
    answer = board.ask()
    assert answer.status_code == 200
    assert answer.text.count("data-row ") == 1
    assert f'id="dispute-{new.id}"' in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert len(order(answer)) == 3
    assert board.ask().status_code == 204


def test_a_dispute_that_leaves_is_no_longer_in_the_order(cast: Cast, board: Poller) -> None:
    gone = whole_whistle(cast, cast.registered(), room=None).dispute
    assert f"dispute-{gone.id}" in order(board.ask())
    with cast.acting() as change:
        withdraw(change, gone, "自行和解")
    answer = board.ask()
    assert f"dispute-{gone.id}" not in order(answer)
    assert f'id="dispute-{gone.id}"' not in answer.text


def test_the_kept_fragment_serves_everybody_who_sees_the_same(cast: Cast, board: Poller, monkeypatch) -> None:
    other = Poller(cast.signed_in("gaoxiaoyan"))
    leader = Poller(cast.signed_in(LEADER))
    for poller in (other, leader):
        assert poller.ask().status_code == 204
    whole_whistle(cast, cast.registered(), room=None)
    drawn: list[object] = []
    answers, draw = cast.app.extensions["board_answers"], cast.app.extensions["board_answers"].draw
    monkeypatch.setattr(answers, "draw", lambda *given: drawn.append(given[1]) or draw(*given))
    first, second = board.ask(), other.ask()
    assert first.data == second.data
    assert len(drawn) == 1
    assert leader.ask().status_code == 200
    assert len(drawn) == 2, "a leader has other buttons"


def test_gzip_for_who_takes_it(cast: Cast, board: Poller) -> None:
    since = board.revision
    whole_whistle(cast, cast.registered(), room=None)
    plain, packed = board.ask(since), board.ask(since, **{"Accept-Encoding": "gzip, deflate"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)


@pytest.mark.parametrize("since", ["", "0-0", "unknown-1", "{epoch}-999", "{epoch}-x", "<script>", "{epoch}-1-1"])
def test_whoever_cannot_be_told_the_difference_loads_the_page_again(board: Poller, since: str) -> None:
    answer = board.ask(since.format(epoch=board.revision.rpartition("-")[0]))
    assert (answer.status_code, answer.headers["HX-Refresh"], answer.data) == (200, "true", b"")
    assert all(answer.headers[name] for name in TOLD)


def test_the_first_dispute_of_all_brings_the_whole_page(cast: Cast) -> None:
    poller = Poller(cast.signed_in())
    assert poller.ask().status_code == 204
    cast.registered()
    assert poller.ask().headers["HX-Refresh"] == "true"


def test_more_than_fifty_behind_loads_the_page_again(board: Poller) -> None:
    with writing() as session:
        session.execute(update(BoardRevision).values(n=BoardRevision.n + 50))
    assert "HX-Refresh" not in board.ask().headers
    with writing() as session:
        session.execute(update(BoardRevision).values(n=BoardRevision.n + 51))
    assert board.ask().headers["HX-Refresh"] == "true"


def test_at_midnight_every_board_is_loaded_anew(board: Poller, clock) -> None:
    clock.advance(hours=5)
    assert board.ask().status_code == 204
    clock.now = datetime(2026, 11, 23, 16, 1, tzinfo=UTC)  # 0:01 in Shanghai
    with writing() as session:
        session.execute(update(SignIn).values(ends_at=clock.now.replace(day=24)))
    assert board.ask().headers["HX-Refresh"] == "true"


def test_the_worker_and_the_oldest_whistle_are_told(board: Poller, clock) -> None:
    assert int(board.ask().headers["X-Worker-Age"]) > 30, "never heard of"
    with writing() as session:
        beat(session, "worker", clock.now)
    clock.advance(seconds=7)
    answer = board.ask()
    assert (answer.headers["X-Worker-Age"], answer.headers["X-Oldest-Whistle-Age"]) == ("7", "7")
    with writing() as session:
        session.execute(update(Message).values(state=MessageState.SENT))
    assert board.ask().headers["X-Oldest-Whistle-Age"] == "0"


def test_a_locked_desk_still_sees_its_board_and_no_poll_extends_the_session(cast: Cast, board: Poller, clock) -> None:
    seen = db.session.query(SignIn).one().seen_at
    for minutes in (5, 20):
        clock.advance(minutes=minutes)
        cast.app.wsgi_app.answers.known.clear()  # neither the view's answer nor the quick layer's
        assert [board.ask().status_code, board.ask().status_code] == [204, 204]
        db.session.expire_all()
        assert db.session.query(SignIn).one().seen_at == seen
    whole_whistle(cast, cast.registered(), room=None)
    assert board.ask().status_code == 200
    assert board.client.get("/board").status_code == 303, "but the page itself is locked"


def test_an_ended_session_is_sent_to_the_sign_in(cast: Cast, board: Poller, clock) -> None:
    clock.advance(hours=9)
    answer = board.ask()
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


@pytest.mark.parametrize("verb", ["disable", "revoke"])
def test_rights_that_are_taken_end_the_board_at_once(cast: Cast, board: Poller, verb: str) -> None:
    clerk = cast.person("xuwenjing")
    with cast.acting("qinruolan") as change:
        if verb == "disable":
            clerk.disable(change)
        else:
            clerk.revoke(change, clerk.roles[0].role, clerk.roles[0].unit)
    assert board.ask().status_code == 401


def test_english_and_chinese_desks_get_their_own_words(cast: Cast, board: Poller) -> None:
    english = Poller(cast.signed_in("gaoxiaoyan"))
    with writing() as session:
        session.execute(update(Person).where(Person.username == "gaoxiaoyan").values(language="en"))
    assert english.ask().status_code == 204
    whistle = whole_whistle(cast, cast.registered(), room=None)
    with cast.acting() as change:
        whistle.callouts[0].arrive(change, ArrivalMethod.DESK)
    assert "arrived, 0 min" in english.ask().text
    assert "报到 0 分" in board.ask().text
