"""Events by kind, stream, day and actor; refusals of today; names for numbers."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from models.actor import ActorKind
from models.centre import Centre
from models.clock import day_bounds, iso
from models.dispute import Dispute
from models.event import Event
from models.event_kinds import EventKind
from models.person import Person
from models.unit import Unit
from models.visit import Visit
from transaction import db
from web.language import named

PAGE = 50
STREAMS = ("dispute", "visit", "centre", "person", "unit", "security", "audit")
NAMED_STREAMS: dict[str, Any] = {"dispute": Dispute, "visit": Visit, "person": Person, "unit": Unit, "centre": Centre}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; every part may stand in an address."""

    kind: str = ""
    about: str = ""
    stream: str = ""
    day: date | None = None
    actor: int | None = None
    before: int | None = None


def found(wanted: Wanted) -> list[Event]:
    """One page of events, newest first, and one more if there is an older page."""
    statement = select(Event).order_by(Event.id.desc()).limit(PAGE + 1)
    if wanted.kind:
        statement = statement.where(Event.kind == wanted.kind)
    if wanted.stream:
        statement = statement.where(Event.stream == wanted.stream)
    elif wanted.about in ("security", "audit"):
        statement = statement.where(Event.stream == wanted.about)
    elif wanted.about:
        statement = statement.where(Event.stream.startswith(f"{wanted.about}:"))
    if wanted.day:
        first, last = day_bounds(wanted.day)
        statement = statement.where(Event.at >= iso(first), Event.at < iso(last))
    if wanted.actor:
        statement = statement.where(Event.actor_kind == ActorKind.USER.value, Event.actor_id == wanted.actor)
    if wanted.before:
        statement = statement.where(Event.id < wanted.before)
    return list(db.session.scalars(statement))


def refusals(at: datetime, today: date) -> list[tuple[str, int]]:
    """Reasons of today's refusals with their numbers, most frequent first."""
    from_, _until = day_bounds(today)
    counted = db.session.execute(
        select(Event.facts, func.count()).group_by(Event.facts)
        .where(Event.kind == EventKind.SECURITY_REFUSE.value, Event.at >= iso(from_), Event.at <= iso(at))
    )  # fmt: skip
    reasons: Counter[str] = Counter()
    for facts, number in counted:
        reasons[str(json.loads(facts).get("reason", "-"))] += number
    return reasons.most_common()


def actor_name(person_id: int | None) -> str:
    person = db.session.get(Person, person_id) if person_id else None
    return named(person) if person else ""


def people_of(events: list[Event]) -> dict[int, str]:
    """Names of the people who acted."""
    ids = {event.actor_id for event in events if event.actor_kind == ActorKind.USER and event.actor_id}
    return {person.id: named(person) for person in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def units_of(events: list[Event]) -> dict[int, str]:
    """Names of the units whose officers acted through a link."""
    ids = {event.actor_unit for event in events if event.actor_kind == ActorKind.LINK and event.actor_unit}
    return {unit.id: named(unit) for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def titles_of(events: list[Event]) -> dict[str, str]:
    """What each stream is about: the dispute's number, the visit's queue number, a name."""
    wanted: dict[str, set[int]] = {}
    for event in events:
        about, _colon, number = event.stream.partition(":")
        if about in NAMED_STREAMS and number.isdigit():
            wanted.setdefault(about, set()).add(int(number))
    return {
        f"{about}:{row.id}": _title(row)
        for about, ids in wanted.items()
        for row in db.session.scalars(select(NAMED_STREAMS[about]).where(NAMED_STREAMS[about].id.in_(ids)))
    }


def _title(row: Any) -> str:
    if isinstance(row, Dispute):
        return row.number
    return row.queue_number if isinstance(row, Visit) else named(row)
