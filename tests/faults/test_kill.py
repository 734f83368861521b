"""The plug is pulled while people write: what was acknowledged is there, what is there is whole."""

import os
import re
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException

import pytest
from sqlalchemy import text

from tests.support.databases import Database
from tests.support.servers import Server, serving
from tests.support.visitor import Visitor
from tests.support.window import Window, chain_faults, engine_of, half_written

KILLS = int(os.environ.get("PROVE_KILLS", "5"))  # `scripts/prove` pulls the plug 200 times
WRITERS = 6


class Writer(threading.Thread):
    """Registers visit after visit until the line is dead; keeps the place of each that was acknowledged."""

    def __init__(self, window: Window, forms: list[dict[str, str]]) -> None:
        super().__init__()
        self.window, self.forms = window, forms
        self.done: list[str] = []
        self.odd: list[str] = []

    def run(self) -> None:
        for values in self.forms:
            try:
                answer = self.window.send(values, self.window.visitor.twin())
            except (OSError, HTTPException):
                return
            if answer.status == 303:
                self.done.append(values["submission"])
            else:
                self.odd.append(f"{answer.status} {answer.text[:200]}")


@pytest.fixture
def alone(database: Database) -> Iterator[Server]:
    """The web server without its worker, which has nothing to do here and would take time to start."""
    with serving(database, with_worker=False) as server:
        yield server


def test_kill_nine_loses_nothing_that_was_acknowledged(demo: None, alone: Server) -> None:
    server, acknowledged = alone, set[str]()
    window = Window(Visitor(server.port).sign_in("xuwenjing"))
    sheet = window.form()
    for round_ in range(KILLS):
        writers = [Writer(window, [sheet | {"submission": f"{round_:08x}{one:08x}{number:016x}"}
                                   for number in range(500)]) for one in range(WRITERS)]  # fmt: skip
        for writer in writers:
            writer.start()
        wanted = 5 + 3 * (round_ % 20)
        while sum(len(writer.done) for writer in writers) < wanted and any(w.is_alive() for w in writers):
            time.sleep(0.003)
        server.kill("web")
        for writer in writers:
            writer.join()
        assert [odd for writer in writers for odd in writer.odd] == []
        fresh = {key for writer in writers for key in writer.done}
        assert fresh
        acknowledged |= fresh
        server.stop()
        server.start()
        assert half_written(server.database) == []
        assert chain_faults(server.database) == []
        assert lost(server, acknowledged) == set()


def lost(server: Server, acknowledged: set[str]) -> set[str]:
    engine = engine_of(server.database)
    try:
        with engine.connect() as connection:
            return acknowledged - set(connection.scalars(text("SELECT key FROM submissions WHERE location <> ''")))
    finally:
        engine.dispose()


def test_kill_nine_loses_no_word_of_a_draft_that_was_acknowledged(demo: None, alone: Server) -> None:
    """The plug is pulled while a statement is typed: its words are offered again."""
    server = alone
    visitor = Visitor(server.port).sign_in("luozhiming")
    clerk = Window(Visitor(server.port).sign_in("xuwenjing"))
    assert clerk.send(clerk.form()).status == 303
    matter = re.findall(r"/disputes/(\d+-\d+-\d+)", visitor.get("/disputes").text)[0]
    opened = visitor.get(f"/disputes/{matter}/sessions/new").form(f"/disputes/{matter}/sessions")
    session = visitor.post(f"/disputes/{matter}/sessions", opened).location
    typed = ""
    for words in ("卡内余额", " 5960 元,", "请求退还。"):
        typed += words
        values = visitor.get(session).form(f"{session}/statements")
        assert visitor.post(f"{session}/draft", values | {"words": typed}).status == 303
    server.kill("web")
    server.stop()
    server.start()
    visitor.port = server.port
    assert visitor.get(session).form(f"{session}/statements")["words"].strip() == typed
    assert chain_faults(server.database) == []
