"""Many at once on the real server: twice is once, and everybody gets a turn."""

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from sqlalchemy import text

from tests.support.databases import only_sqlite
from tests.support.servers import Server
from tests.support.visitor import Visitor
from tests.support.window import Window, chain_faults, engine_of, half_written

CROWD = 50
CLERK = "xuwenjing"


def counted(server: Server, query: str) -> int:
    engine = engine_of(server.database)
    try:
        with engine.connect() as connection:
            return connection.scalar(text(query))
    finally:
        engine.dispose()


def log(server: Server) -> str:
    return server.log.read_text("utf-8")


def test_a_form_sent_fifty_times_at_once_makes_one_dispute(demo: None, server: Server) -> None:
    window = Window(Visitor(server.port).sign_in(CLERK))
    values = window.form()
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = list(crowd.map(lambda _one: window.send(values, window.visitor.twin()), range(CROWD)))
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert counted(server, "SELECT count(*) FROM disputes") == 1
    assert counted(server, "SELECT count(*) FROM visits") == 1
    assert "locked" not in log(server)


def test_the_same_key_with_other_words_is_refused_and_keeps_the_words(demo: None, server: Server) -> None:
    window = Window(Visitor(server.port).sign_in(CLERK))
    values = window.form()
    assert window.send(values).status == 303
    other = window.send(values | {"demand": "另一句诉求"})
    assert other.status == 422
    assert "另一句诉求" in other.text
    assert counted(server, "SELECT count(*) FROM disputes") == 1


def test_fifty_writers_at_once_all_get_their_turn(demo: None, server: Server) -> None:
    """Each registers a visit and blows a whistle; nobody meets a locked database, no number is given twice."""
    window = Window(Visitor(server.port).sign_in(CLERK))
    forms = [window.form() for _one in range(CROWD)]

    def work(values: dict[str, str]) -> tuple[int, int]:
        visitor = window.visitor.twin()
        registered = window.send(values, visitor)
        return registered.status, whistle(visitor, registered.location) if registered.status == 303 else 0

    with ThreadPoolExecutor(CROWD) as crowd:
        results = list(crowd.map(work, forms))
    assert set(results) == {(303, 303)}
    assert counted(server, "SELECT count(DISTINCT reference) FROM disputes") == CROWD
    assert counted(server, "SELECT count(DISTINCT dispute_id) FROM whistles") == CROWD
    # One revision for each visit and each whistle; deliveries raise it further.
    assert counted(server, "SELECT max(n) FROM board_revisions WHERE audience = 'centre:1'") >= 2 * CROWD
    assert "locked" not in log(server)
    assert half_written(server.database) == []
    assert chain_faults(server.database) == []


def whistle(visitor: Visitor, slip: str) -> int:
    """Blow the whistle as it is proposed, but without a room: there are fewer rooms than people here."""
    page = visitor.get(slip)
    reference = re.search(r"/disputes/([0-9]+-[0-9]+-[0-9]+)", page.text)[1]
    order = visitor.get(f"/disputes/{reference}/whistles/new")
    values = order.form(f"/disputes/{reference}/whistles") | {"room_id": "0"}
    return visitor.post(f"/disputes/{reference}/whistles", values).status


@only_sqlite
def test_connections_that_browsers_open_in_advance_hold_up_nobody(server: Server) -> None:
    with ExitStack() as open_ones:
        for _one in range(CROWD):
            open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        assert server.health() == "200 ok"
