"""`flask users create-first`: the one account a new installation begins with."""

from flask import Flask

from models.person import Person, Role
from models.unit import Unit
from security.passwords import check_password
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from transaction import db


def test_the_first_account_administers_security(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["users", "create-first", "--username", "Anquan"])
    assert result.exit_code == 0
    with app.app_context():
        person = db.session.query(Person).one()
        assert (person.username, person.must_change_password) == ("anquan", True)
        assert check_password(person.password_hash, result.output.strip())
        assert [(held.role, held.unit.name) for held in person.roles] == [(Role.SECURITY_ADMIN, "甘州区")]
        assert db.session.query(Unit).count() == 1


def test_there_is_only_one_first(cast: Cast) -> None:
    db.session.rollback()
    result = cast.app.test_cli_runner().invoke(args=["users", "create-first", "--username", "second"])
    assert result.exit_code == 1
    assert "accounts already" in result.output
    assert "Traceback" not in result.output
    assert db.session.query(Person).filter_by(username="second").count() == 0


@only_sqlite
def test_without_tables_a_command_ends_with_a_sentence(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE people RENAME TO gone")
    done = app.test_cli_runner().invoke(args=["users", "create-first", "--username", "anquan"])
    assert (done.exit_code, "no such table: people" in done.output, "SQL" in done.output) == (1, True, False)


def test_a_missing_name_is_asked_for(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["users", "create-first"])
    assert result.exit_code == 2
    assert "--username" in result.output


@only_sqlite
def test_a_name_the_administrator_could_not_give_is_refused(app: Flask) -> None:
    for name in ("", "1", "安全员", "a" * 41):
        assert app.test_cli_runner().invoke(args=["users", "create-first", "--username", name]).exit_code == 2


def test_every_command_explains_itself(app: Flask) -> None:
    for command in (["users", "create-first"], ["audit", "verify"], ["demo", "load"], ["worker"], ["preflight"]):
        result = app.test_cli_runner().invoke(args=[*command, "--help"])
        assert result.exit_code == 0
        assert "Usage:" in result.output
