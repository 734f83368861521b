"""Another house's staff find nothing of this one, whatever role they hold and whichever address they try."""

import re
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models.centre import Centre
from models.person import Person, Role
from models.visit import Visit
from tests.support.addresses import addresses
from tests.support.cast import SECURITY, csrf
from tests.support.databases import only_sqlite
from tests.support.morning import Morning
from tests.support.records import changed, records
from transaction import db

pytestmark = only_sqlite  # scope is the same statement on both

# Everything a form might say, so that no refusal comes from an empty field alone.
TYPED = {"version": "1", "submission": "0" * 32, "name": "外人", "reason": "试一试", "field": "phone",
         "verdict": "reject", "result": "told", "reply": "none", "room_id": "1", "on": "1", "text": "试"}  # fmt: skip


def stranger(morning: Morning) -> FlaskClient:
    """Somebody with every role there is, at the house of a township."""
    house = db.session.scalars(select(Centre).where(Centre.id != morning.centre.id).order_by(Centre.id)).first()
    with morning.acting(SECURITY) as change:
        person = Person.create(change, "stranger", "外人", "no password")
        person.must_change_password = False
        for role in Role:
            person.grant(change, role, house.unit)
    return morning.signed_in("stranger")


def named(app: Flask, morning: Morning, method: str) -> Iterator[str]:
    """Every address behind a permission that names something of this house."""
    consulted = db.session.scalars(select(Visit).where(Visit.dispute_id.is_(None), Visit.parties.any())).first()
    for endpoint, paths in addresses(app, morning, method).items():
        if getattr(app.view_functions[endpoint], "required_permission", None) is None:
            continue
        yield from {path for path in (paths[0], paths[-1]) if re.search(r"\d", path)}
        # What is no dispute yet has a scope of its own.
        if re.fullmatch(r"/visits/\d+.*", paths[0]):
            yield re.sub(r"\d+", str(consulted.id), paths[0], count=1)
        elif re.fullmatch(r"/parties/\d+.*", paths[0]):
            yield re.sub(r"\d+", str(consulted.parties[0].id), paths[0], count=1)


def test_nothing_of_this_house_is_found_or_changed_from_another(app: Flask, morning: Morning) -> None:
    client = stranger(morning)
    token, before = csrf(client, "/sign-in"), records()
    seen = {f"GET {path}": client.get(path).status_code for path in named(app, morning, "GET")}
    for path in named(app, morning, "POST"):
        seen[f"POST {path}"] = client.post(path, data={"csrf_token": token, **TYPED}).status_code
    assert len(seen) > 350
    assert {way: status for way, status in seen.items() if status != 404} == {}
    assert changed(before, records()) == []
