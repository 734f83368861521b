"""Addresses of the whole application with something real in them, for tests that open or send to every one of them."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from models.arrival import arrival_key, value_now
from models.base import Base
from models.callout import Callout
from models.codes import resident_code
from models.dispute import Dispute
from models.signer import Signer
from models.unit import Unit
from models.visit import VisitPrint
from security import links
from tests.support.cast import LEADER
from tests.support.morning import PAIRING, Morning
from transaction import db, now

# Names of arguments that are ids of tables called otherwise.
TABLES = {"person_id": "people", "body_id": "presiding_bodies", "session_id": "mediation_sessions",
          "held_id": "roles_held", "turn_id": "duty_turns", "paper_id": "final_papers",
          "batch_id": "batches"}  # fmt: skip


def addresses(app: Flask, morning: Morning, method: str) -> dict[str, list[str]]:
    """For each endpoint that takes this method, its address: once, or once for each dispute it can speak of."""
    matters = list(_matters(morning))
    found: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            found.setdefault(rule.endpoint, []).extend(_built(app, rule, matters, own(app, morning)))
    return found


def own(app: Flask, morning: Morning) -> dict[str, dict[str, str]]:
    """Where an argument of the same name means something else."""
    leader = links.leader_token_for(app.extensions["sealer"], morning.person(LEADER))
    waiting = db.session.scalars(select(Signer).where(Signer.link_opened_at.is_not(None))).one()
    signing = links.signing_token_for(app.extensions["sealer"], waiting)
    return {"screens": {"token": PAIRING}, "decisions": {"token": leader}, "signing": {"token": signing},
            "court": {"paper": "court-nodes"}}  # fmt: skip


def _built(app: Flask, rule: Rule, matters: list[dict[str, Any]], others: dict[str, dict[str, str]]) -> list[str]:
    wanted = rule.arguments - (rule.defaults or {}).keys()
    known = others.get(rule.endpoint.partition(".")[0], {}) | (rule.defaults or {})
    own = {name: value for name, value in known.items() if name in rule.arguments}
    with app.test_request_context():
        paths = {
            app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in wanted} | own,
                                               method="POST" if "POST" in (rule.methods or ()) else "GET")
            for values in matters
            if wanted <= values.keys()
        }  # fmt: skip
    assert paths, f"{rule.rule}: tests/support/addresses.py knows no value for {sorted(wanted)}"
    return sorted(paths)


def _matters(morning: Morning) -> Iterator[dict[str, Any]]:
    """What addresses may name: the things of one dispute after the other, and the things of the house."""
    sealer = morning.app.extensions["sealer"]
    key = arrival_key(sealer, morning.centre.id)
    printed = db.session.scalars(select(VisitPrint).order_by(VisitPrint.id).limit(1)).one()
    house: dict[str, Any] = {
        "token": links.token_for(sealer, morning.open_callout),
        "value": value_now(key, now()),
        "code": resident_code(sealer.key("resident-code"), printed.visit_id, printed.number),
        "day": "2026-11-23",
    }
    for table in Base.metadata.tables.values():
        if "id" in table.c:
            first = db.session.scalar(select(func.min(table.c.id)))
            house |= {name: first for name in _names(table.name) if first is not None}
    for number, dispute in enumerate(db.session.scalars(select(Dispute).order_by(Dispute.id))):
        # Papers are drawn for one dispute: tests/papers draws all of them for every kind.
        own: dict[str, Any] = {"reference": dispute.reference} | ({} if number else {"paper": "application"})
        for table in Base.metadata.tables.values():
            if "id" in table.c and "dispute_id" in table.c:
                newest = db.session.scalar(select(func.max(table.c.id)).where(table.c.dispute_id == dispute.id))
                own |= {name: newest for name in _names(table.name) if newest is not None}
        yield house | own
    # A callout of the unit whose manager walks along: everybody else's is none of his business.
    own_callout = select(func.min(Callout.id)).join(Unit).where(Unit.name == "人社局", Callout.released_at.is_(None))
    yield house | {"callout_id": db.session.scalar(own_callout)}


def _names(table: str) -> list[str]:
    """The arguments that may be ids of this table: `callouts` → callout_id."""
    return [name for name, named in TABLES.items() if named == table] or [
        f"{re.sub('ies$', 'y', table).removesuffix('s')}_id"
    ]
