"""Everybody looks at every page, then nonsense of every kind goes to every form: a clear refusal, never a fault."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound

from tests.support.addresses import addresses
from tests.support.cast import Cast, csrf
from tests.support.databases import only_postgresql, only_sqlite
from tests.support.looking import PAYLOAD, looked_at
from tests.support.morning import Morning, tell
from tests.support.tour import Look, tour
from transaction import db

# Whoever has forms; the first who is shown a form sends the nonsense.
ASKERS = ("clerk", "mediator", "duty_leader", "centre_manager", "security_admin", "unit_manager", "system_admin",
          "audit_admin", "link", "nobody")  # fmt: skip
# These would end the askers' sessions one after the other; they are tested in their own place.
ENDING = {"auth.sign_out", "auth.create_lock", "auth.create_session", "auth.create_unlock", "auth.update_password"}
HUGE = "9" * 25
# Each database gets what it could take in its own way: PostgreSQL words too long, signs it has not, numbers too large.
JUNK = {
    "sqlite": [HUGE, "-1", "1.5e308", "9999-12-31T23:59", "\x01\x1b[31m\u202e' OR 1=1 --"],
    "postgresql": ["长" + "x" * 5_000, "a\x00b", HUGE],
}
FINE = {200, 204, 303, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429}


def forms(looks: Iterable[Look]) -> Iterator[tuple[str, str, list[str]]]:
    """Every form they are shown: who, where it goes, and the names of its fields."""
    for look in looks:
        assert look.status in FINE or look.endpoint == "health.show_health", str(look)
        if look.status != 200 or look.is_htmx or look.asker not in ASKERS or 'method="post"' not in look.html:
            continue
        page = lxml.html.document_fromstring(look.html.encode())
        for form in page.xpath("//form[@method='post']"):
            inside = form.xpath(".//*[@name or self::button]")
            inside += page.xpath("//*[@form=$id]", id=form.get("id") or "-")
            buttons = [tag for tag in inside if tag.tag == "button" and tag.get("type", "submit") == "submit"]
            ways = {button.get("formaction") or form.get("action") or look.path for button in buttons}
            yield from ((look.asker, way, sorted({tag.get("name") for tag in inside} - {None})) for way in sorted(ways))


def target(app: Flask, path: str) -> str:
    """The endpoint a form goes to."""
    try:
        return str(app.url_map.bind("localhost").match(path.partition("?")[0], "POST")[0])
    except (NotFound, MethodNotAllowed) as error:
        raise AssertionError(f"a form goes to {path}, which takes no POST") from error


def failures(app: Flask, askers: dict[str, FlaskClient], looks: Iterable[Look]) -> list[str]:
    """Where nonsense was not refused in peace, of all the forms that were seen."""
    odd, seen, junk = [], set(), JUNK[db.engine.dialect.name]
    found = list(forms(looks))
    tokens = {asker: csrf(askers[asker], "/sign-in") for asker in ASKERS}
    for asker, path, names in found:
        endpoint, client, token = target(app, path), askers[asker], tokens[asker]
        if endpoint in ENDING or (endpoint, *names) in seen:
            continue
        seen.add((endpoint, *names))
        # Each field gets each piece of nonsense once, none at the same time as its neighbour.
        for turn in range(len(junk)):
            data = {name: [junk[(turn + place) % len(junk)]] * 2 for place, name in enumerate(names)}
            data |= {"csrf_token": token, **({"submission": f"{turn:032x}"} if turn else {})}
            answer = client.post(path, data=data)
            if answer.status_code not in FINE:
                odd.append(f"{asker} {path} {turn}: {answer.status_code}")
        if client.post(path, data={"csrf_token": token}).status_code not in FINE:
            odd.append(f"{asker} {path} empty")
    assert len(seen) > 130
    return odd


@only_sqlite  # what everybody is answered is looked at on one of them; below, the other is asked for every page too
def test_looking_changes_nothing_markup_stays_text_and_no_form_fails_on_nonsense(app: Flask, cast: Cast) -> None:
    tell(cast, lambda _field, _words: PAYLOAD)
    morning = Morning(app)
    askers = morning.askers()
    assert failures(app, askers, looked_at(app, morning, askers)) == []


@only_postgresql
def test_no_form_fails_on_nonsense(app: Flask, morning: Morning) -> None:
    askers = {asker: client for asker, client in morning.askers().items() if asker in ASKERS}
    assert failures(app, askers, tour(app, morning, askers, also_htmx=False)) == []


@pytest.mark.parametrize(
    ("database", "number"),
    [("sqlite", HUGE), ("postgresql", HUGE), ("postgresql", "9" * 18)],  # the last one fits where SQLite counts
    indirect=["database"],
)
def test_no_address_fails_on_a_number_nobody_has(app: Flask, morning: Morning, number: str) -> None:
    odd = []
    askers = {
        name: client for name, client in morning.askers().items() if name in ("clerk", "centre_manager", "mediator")
    }
    tokens = {name: csrf(client, "/sign-in") for name, client in askers.items()}
    for method in ("GET", "POST"):
        for paths in addresses(app, morning, method).values():
            path = re.sub(r"(?<=[/-])\d+(?=/|$)", number, paths[0])
            for asker, client in askers.items() if path != paths[0] and "/disputes/" not in path else ():
                data = {"csrf_token": tokens[asker]} if method == "POST" else None
                status = client.open(path, method=method, data=data).status_code
                if status not in (401, 403, 404, 410, 429):
                    odd.append(f"{asker} {method} {path}: {status}")
    assert odd == []


BODIES = {
    "not utf-8": (b"csrf_token=\xff\xfe&name=\xc3\x28", "application/x-www-form-urlencoded"),
    "json": (b'{"name": "x"}', "application/json"),
    "broken json": (b'{"name": ', "application/json"),
    "parts without end": (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb", "multipart/form-data; boundary=x"),
    "parts without boundary": (b"--x\r\n\r\nb", "multipart/form-data"),
    "no form at all": (b"\x00" * 2000, "application/octet-stream"),
    "no kind": (b"name=x", ""),
    "entity bomb": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml"),
}


@only_sqlite
def test_no_address_fails_on_a_malformed_body(app: Flask, morning: Morning) -> None:
    client = morning.signed_in()
    for what, (body, kind) in BODIES.items():
        for path in ("/visits", "/sign-in", "/language", "/status"):
            with client.post(path, data=body, content_type=kind) as answer:
                assert answer.status_code in (400, 413, 415), f"{what}: {path}: {answer.status_code}"


@only_sqlite
def test_too_much_is_refused_before_it_is_read(app: Flask, morning: Morning) -> None:
    client = morning.signed_in()
    token = csrf(client, "/sign-in")
    with client.post("/visits", data={"csrf_token": token, "demand": "x" * (2 * 1024 * 1024)}) as large:
        assert large.status_code == 413
        assert "内容太大" in large.get_data(as_text=True)
    fields = {"csrf_token": token, **{f"field-{number}": "x" for number in range(2100)}}
    with client.post("/visits", data=fields, content_type="multipart/form-data") as many:
        assert many.status_code == 413


def test_wrong_words_in_filters_are_ignored_or_refused(app: Flask, morning: Morning) -> None:
    names = ("page", "status", "filter", "late", "since", "from", "to", "kind", "unit", "person", "category", "day",
             "state", "next", "sort", "before", "after")  # fmt: skip
    odd, lists = [], addresses(app, morning, "GET")
    for asker, client in morning.askers().items():
        if asker not in ("clerk", "mediator", "audit_admin", "security_admin", "centre_manager", "screen:hall"):
            continue
        for endpoint in list(lists):
            # Filters stand on lists: addresses without a number of their own. One asker is enough for each.
            path = lists[endpoint][0]
            if re.search(r"\d", path) or client.get(path).status_code != 200:
                continue
            del lists[endpoint]
            for junk in ("-1", HUGE, "a\x00b", "' OR 1=1 --", "2026-13-45", "//evil.example"):
                answer = client.get(path, query_string=dict.fromkeys(names, junk))
                if answer.status_code not in FINE or urlsplit(answer.headers.get("Location", "")).netloc:
                    odd.append(f"{asker} {endpoint} {junk!r}: {answer.status_code}")
    assert odd == []
