"""Every address says for whom it is and has typed parts; every permission is given and asked for."""

import re
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule, UnicodeConverter

from security.permissions import ROLE_PERMISSIONS, Permission
from tests.support.databases import only_sqlite

pytestmark = only_sqlite

PERMISSIONS = Path(__file__).parents[1] / "data" / "permissions.tsv"
# What anybody may open without having signed in. A longer list is a decision, not an accident.
PUBLIC = {
    "auth.sign_in",
    "auth.create_session",
    "auth.create_unlock",  # a locked session is refused everywhere else; the password decides
    "auth.sign_out",
    "auth.change_language",
    "health.show_health",
    # The secret in the address, or the code on the slip, is what lets somebody in.
    "arrival.open_link",
    "signing.open_link",
    "signing.create_ink",
    "decisions.open_link",
    "decisions.create_entry",  # the PIN decides
    "arrival.show_scan",
    "screens.show_pairing",
    "screens.create_pairing",
    "status.show_status",
    "status.open_code",
    "status.look_up",
    "static",
}
# What a session opened by link and PIN reaches.
NARROW = {
    "decisions.list_decisions",
    "decisions.create_verdict",
    "decisions.create_second",
    "decisions.create_coordination",
    "decisions.create_time_verdict",
}
# Secrets and file names have no other type than text.
TEXTS = {"token", "value", "code", "filename"}
READS = ("show_", "list_", "new_", "edit_", "sign_in", "unlock", "open_")
CHANGES = (
    "create_", "update_", "delete_", "enable_", "disable_", "unlock_", "sign_out", "change_",
    # These only read; they are sent because names and numbers travel in them.
    "search_", "find_", "list_", "show_", "look_up", "new_consultation",
)  # fmt: skip
# The words typed for a quick entry are taken along to the form of a consultation.
BOTH_WAYS = {"intake.new_consultation"}


def marks(app: Flask, endpoint: str) -> list[str]:
    view = app.view_functions[endpoint]
    found = [name for name in ("is_public", "is_by_link") if getattr(view, name, False)]
    found += ["screen"] if getattr(view, "for_faces", None) else []
    found += ["permission"] if getattr(view, "required_permission", None) else []
    return found


def ours(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_says_once_for_whom_it_is(app: Flask) -> None:
    said = {rule.endpoint: marks(app, rule.endpoint) for rule in ours(app)}
    assert {endpoint: found for endpoint, found in said.items() if len(found) != 1} == {}


def test_what_is_public_was_decided(app: Flask) -> None:
    found = {rule.endpoint for rule in ours(app) if "is_public" in marks(app, rule.endpoint)}
    assert found | {"static"} == PUBLIC


def test_link_and_pin_reach_the_decisions_and_nothing_else(app: Flask) -> None:
    assert {
        rule.endpoint for rule in ours(app) if getattr(app.view_functions[rule.endpoint], "is_narrow", False)
    } == NARROW


def test_each_route_asks_for_the_permission_that_was_decided(app: Flask) -> None:
    """Another permission opens a page for other people: a line of tests/data/permissions.tsv, never an accident."""
    asked = {
        f"{rule.endpoint}\t{permission}"
        for rule in ours(app)
        if (permission := getattr(app.view_functions[rule.endpoint], "required_permission", None))
    }
    assert asked ^ set(PERMISSIONS.read_text("utf-8").splitlines()) == set()


def test_every_permission_is_held_by_some_role_and_asked_for_by_some_route(app: Flask) -> None:
    granted = frozenset().union(*ROLE_PERMISSIONS.values())
    asked = {getattr(app.view_functions[rule.endpoint], "required_permission", None) for rule in ours(app)}
    assert set(Permission) - granted == set()
    assert set(Permission) - asked == set()


def test_every_part_of_an_address_has_a_type(app: Flask) -> None:
    untyped = [
        f"{rule.rule}: {name}"
        for rule in ours(app)
        for name, converter in rule._converters.items()
        if isinstance(converter, UnicodeConverter) and name not in TEXTS
    ]
    assert untyped == []


def test_addresses_are_nouns_in_kebab_case(app: Flask) -> None:
    fixed = [re.sub(r"<[^>]+>", "x", rule.rule) for rule in ours(app)]
    assert [rule for rule in fixed if not re.fullmatch(r"/|(/[a-z0-9]+(-[a-z0-9]+)*)+", rule)] == []


def test_an_endpoint_is_named_by_what_it_does(app: Flask) -> None:
    def fits(rule: Rule) -> bool:
        name = rule.endpoint.rpartition(".")[2]
        return name.startswith(CHANGES if "POST" in (rule.methods or ()) else READS)

    assert [rule.endpoint for rule in ours(app) if not fits(rule)] == []


def test_reading_and_changing_are_different_routes(app: Flask) -> None:
    both = {rule.endpoint for rule in ours(app) if {"GET", "POST"} <= (rule.methods or set())}
    other = [rule.endpoint for rule in ours(app) if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"}]
    assert (both, other) == (BOTH_WAYS, [])
