"""A database that cannot write now: a clear sentence, and nothing lost of what was typed."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from models.actor import Actor, ActorKind
from models.dispute import Dispute
from tests.support import postgres
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.databases import Database, only_postgresql, only_sqlite
from tests.support.pages import Page, visit
from tests.support.window import TYPED
from transaction import DOOR, NoLineFree, db, transaction, writing
from web import retry


@contextmanager
def pragma(statement: str) -> Iterator[None]:
    """Every connection of the application works under this pragma."""

    def set_it(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA {statement}")

    engine = db.engine
    db.session.close()
    event.listen(engine, "checkout", set_it)
    try:
        yield
    finally:
        event.remove(engine, "checkout", set_it)


def form_of(cast: Cast) -> tuple[Page, dict[str, str]]:
    page = visit(cast.signed_in(), "/visits/new")
    category = next(tag["value"] for tag in page.soup.select("select[name=category] option") if tag.get("value"))
    return page, {**TYPED, "category": category}


def disputes() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Dispute.id)))


def assert_kept(answer: Page) -> None:
    """503, with everything typed in a form that can be sent on, and no secret in it."""
    assert answer.response.headers["Retry-After"]
    kept = dict(answer.form("/visits").values())
    assert TYPED.items() <= kept.items()
    assert kept["submission"]


@only_sqlite
def test_a_locked_database_keeps_what_was_typed_and_takes_it_later(cast: Cast, database: Database) -> None:
    page, typed = form_of(cast)
    holder = sqlite3.connect(database.data_dir / "shaodao.db", isolation_level=None)
    with pragma("busy_timeout=50"):
        holder.execute("BEGIN IMMEDIATE")
        answer = page.form("/visits").submit(503, **typed)
        assert_kept(answer)
        holder.execute("ROLLBACK")
        assert disputes() == 0
        answer.form("/visits").submit(303)
    holder.close()
    assert disputes() == 1


@only_sqlite
def test_who_stands_behind_a_writer_that_hangs_gives_up_too(cast: Cast, app: Flask, monkeypatch) -> None:
    """However many wait in the same process: else behind a database locked for minutes every thread would hang."""
    monkeypatch.setattr("transaction.PATIENCE", 0.05)
    page, typed = form_of(cast)
    hanging, told, answers = threading.Event(), threading.Event(), list[TestResponse]()

    def hang() -> None:
        with app.app_context(), writing():
            hanging.set()
            told.wait(60)

    def send() -> None:
        answers.append(page.client.post("/visits", data=dict(page.form("/visits").values()) | typed))

    threads = [threading.Thread(target=hang), threading.Thread(target=send)]
    threads[0].start()
    assert hanging.wait(30)
    threads[1].start()
    threads[1].join(30)
    waits = threads[1].is_alive()
    told.set()
    for thread in threads:
        thread.join(30)
    assert not waits
    assert_kept(Page(page.client, "/visits", answers[0]))
    assert disputes() == 0


@only_sqlite
def test_a_folder_that_cannot_be_written_to_keeps_what_was_typed(cast: Cast, database: Database) -> None:
    page, typed = form_of(cast)
    door = database.data_dir / f"shaodao.db{DOOR}"
    door.unlink()
    door.mkdir()  # nobody can open it, as in a folder mounted for reading
    assert_kept(page.form("/visits").submit(503, **typed))
    assert disputes() == 0


@only_sqlite
def test_reading_goes_on_while_nothing_can_be_written(cast: Cast, database: Database, clock: Clock) -> None:
    """That somebody works is noted once a minute; nobody is kept from a page because it cannot be."""
    page, typed = form_of(cast)
    holder = sqlite3.connect(database.data_dir / "shaodao.db", isolation_level=None)
    with pragma("busy_timeout=50"):
        holder.execute("BEGIN IMMEDIATE")
        clock.advance(minutes=2)
        visit(page.client, "/disputes")
        assert_kept(page.form("/visits").submit(503, **typed))
    holder.close()


@only_postgresql
def test_a_server_that_is_only_a_copy_keeps_what_was_typed(cast: Cast, database: Database) -> None:
    page, typed = form_of(cast)
    db.session.rollback()
    name = sql.Identifier(database.name)
    for state, status in (("on", 503), ("off", 303)):
        postgres.outside().execute(
            sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}").format(name, sql.SQL(state))
        )
        db.engine.dispose()
        answer = page.form("/visits").submit(status, **typed)
        if status == 503:
            assert_kept(answer)
    assert disputes() == 1


@only_postgresql
def test_when_every_line_to_the_database_is_taken_what_was_typed_is_kept(cast: Cast, monkeypatch) -> None:
    page, typed = form_of(cast)
    db.session.rollback()
    pool = db.engine.pool
    monkeypatch.setattr(pool, "_timeout", 0.05)
    with ExitStack() as taken:
        with suppress(NoLineFree):
            while True:
                taken.enter_context(db.engine.connect())
        assert_kept(page.form("/visits").submit(503, **typed))
    page.form("/visits").submit(303, **typed)


@only_sqlite
def test_a_full_disk_keeps_what_was_typed_and_takes_it_later(cast: Cast, database: Database) -> None:
    page, typed = form_of(cast)
    with sqlite3.connect(database.data_dir / "shaodao.db") as look:
        pages = look.execute("PRAGMA page_count").fetchone()[0]
    look.close()
    # Free pages inside the file are used up first: the text has to be longer than they are.
    with pragma(f"max_page_count={pages}"):
        full = page.form("/visits")
        answer = None
        for _attempt in range(200):
            answer = full.page.client.post("/visits", data=dict(full.values()) | typed | {"submission": _key(_attempt)})
            if answer.status_code != 303:
                break
        assert answer is not None
        assert answer.status_code == 503
        before = disputes()
    with pragma("max_page_count=1000000"):
        page.form("/visits").submit(303, **typed)
    assert disputes() == before + 1


def _key(number: int) -> str:
    return f"{number:032x}"


def test_a_deadlock_is_run_again_and_then_succeeds(cast: Cast, app: Flask) -> None:
    """Two changes that take two streams in opposite order: on PostgreSQL one of them is told to try again."""
    meeting = threading.Barrier(2, timeout=20)
    tries, done = list[str](), list[str]()

    def both(first: str, second: str) -> None:
        with app.app_context():

            @retry.again
            def view() -> None:
                tries.append(first)
                with transaction(Actor(ActorKind.WORKER)) as change:
                    change.open_streams(first)
                    if len(tries) <= 2 and db.engine.dialect.name == "postgresql":
                        meeting.wait()
                    change.open_streams(second)

            view()
            done.append(first)

    threads = [threading.Thread(target=both, args=names) for names in (("centre:1", "unit:1"), ("unit:1", "centre:1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done) == ["centre:1", "unit:1"]
    # Who tries again may meet the other one once more before that one is through.
    assert 3 <= len(tries) <= 4 if db.engine.dialect.name == "postgresql" else len(tries) == 2


@only_sqlite
def test_a_conflict_that_does_not_end_is_told_as_busy(app: Flask) -> None:
    class Conflict(Exception):
        sqlstate = "40P01"

    tries = []

    @retry.again
    def view() -> None:
        tries.append(1)
        raise OperationalError("UPDATE", {}, Conflict())

    view.is_public = True
    app.view_functions["auth.sign_in"] = view
    answer = app.test_client().get("/sign-in")
    assert (answer.status_code, len(tries)) == (503, 3)


@only_sqlite
def test_a_fault_of_ours_is_not_run_again(app: Flask) -> None:
    tries = []

    @retry.again
    def view() -> None:
        tries.append(1)
        raise OperationalError("UPDATE", {}, Exception("syntax"))

    with pytest.raises(OperationalError):
        view()
    assert len(tries) == 1


@only_sqlite
def test_an_old_form_at_a_locked_database_keeps_what_was_typed_too(cast: Cast, database: Database) -> None:
    """The refusal itself is written down, and that cannot be done now."""
    page, typed = form_of(cast)
    holder = sqlite3.connect(database.data_dir / "shaodao.db", isolation_level=None)
    with pragma("busy_timeout=50"):
        holder.execute("BEGIN IMMEDIATE")
        assert_kept(page.form("/visits").submit(503, **typed | {"csrf_token": "of-yesterday"}))
    holder.close()


def test_a_database_without_tables_is_told_on_a_page_that_asks_it_nothing(cast: Cast) -> None:
    """Whoever begins without `flask db upgrade` reads a sentence, and the page is no second fault."""
    client = cast.signed_in()
    db.session.rollback()
    with db.engine.begin() as connection:
        for table in ("board_revisions", "sessions"):
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO gone_{table}")
        connection.exec_driver_sql("ALTER TABLE centres RENAME TO gone_centres")
    for path in ("/sign-in", "/disputes"):
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(path, headers=headers)
            assert answer.status_code in (500, 503), path
            assert "系统" in answer.text
    with client.get("/static/css/20-base.css") as sheet:
        assert sheet.status_code == 200
