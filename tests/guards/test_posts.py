"""A form without its token changes nothing, whoever sends it."""

from flask import Flask

from tests.support.addresses import addresses
from tests.support.cast import csrf
from tests.support.databases import only_sqlite
from tests.support.morning import Morning
from tests.support.records import changed, records

pytestmark = only_sqlite  # the gate stands before any database

# One of each way to be somebody: the token is asked for before anything else is.
ASKERS = ("clerk", "unit_manager", "link", "screen:hall", "nobody")


def test_every_post_without_a_token_is_refused_and_changes_nothing(app: Flask, morning: Morning) -> None:
    askers = {name: client for name, client in morning.askers().items() if name in ASKERS}
    before = records()
    answers = {
        f"{asker} {paths[0]}": client.post(paths[0], data={"reason": "x", "version": "1"}).status_code
        for endpoint, paths in addresses(app, morning, "POST").items()
        for asker, client in askers.items()
    }
    assert {where: status for where, status in answers.items() if status != 400} == {}
    assert changed(before, records()) == []


def test_a_token_of_another_browser_is_refused(app: Flask, morning: Morning) -> None:
    foreign = csrf(app.test_client(), "/sign-in")
    client = morning.signed_in()
    before = records()
    for paths in addresses(app, morning, "POST").values():
        assert client.post(paths[0], data={"csrf_token": foreign}).status_code == 400
    assert changed(before, records()) == []
