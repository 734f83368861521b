"""Reading the record, and checking that it is whole."""

import re
from datetime import date
from itertools import chain
from typing import Any

from flask import Response, current_app, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select

from blueprints.audit import bp, queries
from blueprints.audit.queries import PAGE, STREAMS, Wanted
from blueprints.audit.words import STREAM_WORDS, kind_words
from models.actor import ActorKind
from models.clock import local_day
from models.event import Break, Event, verify
from models.event_kinds import EventKind
from models.seal import broken_seal
from security.access import requires
from security.permissions import Permission
from transaction import db, now
from web.converters import id_in
from web.responses import page
from web.sentences import ACTORS, REASONS, timeline

MOST_EVENTS = 200_000  # read within one request; a longer record is checked at the console
MOST_BREAKS = 100


@bp.get("/audit")
@requires(Permission.AUDIT_READ)
def list_events() -> Response:
    wanted = _wanted()
    events = queries.found(wanted)
    more, events = len(events) > PAGE, events[:PAGE]
    kept = {name: value for name, value in request.args.items() if name != "before" and value}
    return page(
        "audit/events.html", wanted=wanted, lines=_lines(events), reasons=REASONS, streams=STREAM_WORDS,
        kinds=sorted(((kind.value, kind_words(kind)) for kind in EventKind), key=lambda pair: pair[1]),
        refusals=queries.refusals(now(), local_day(now())),
        older=url_for("audit.list_events", **{**kept, "before": events[-1].id}) if more else None,
        newest=url_for("audit.list_events", **kept) if wanted.before else None, today=local_day(now()),
        actor=queries.actor_name(wanted.actor),
    )  # fmt: skip


@bp.post("/audit/verification")
@requires(Permission.AUDIT_READ)
def show_verification() -> Response:
    """Reads every event and says whether the chain is whole; changes nothing."""
    count = db.session.scalar(select(func.count()).select_from(Event)) or 0
    breaks: list[Break] = []
    totals = (count, 0)
    if count <= MOST_EVENTS:
        sealer = current_app.extensions["sealer"]
        for result in chain(verify(db.session(), sealer.key("events")), broken_seal(db.session(), sealer)):
            if isinstance(result, Break):
                breaks.append(result)
            else:
                totals = result
    return page("audit/verification.html", too_many=count > MOST_EVENTS, most=MOST_EVENTS, totals=totals,
                breaks=breaks[:MOST_BREAKS], broken=len(breaks))  # fmt: skip


def _wanted() -> Wanted:
    """What the address asks for; nonsense counts as nothing."""
    given = request.args
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError:
        day = None
    return Wanted(
        kind=given["kind"] if given.get("kind") in list(EventKind) else "",
        about=given["about"] if given.get("about") in STREAMS else "",
        stream=given["stream"] if re.fullmatch(r"[a-z]{4,12}:[0-9]{1,18}", given.get("stream", "")) else "",
        day=day, actor=id_in(given.get("actor")), before=id_in(given.get("before")),
    )  # fmt: skip


def _lines(events: list[Event]) -> list[dict[str, Any]]:
    people, units, titles = queries.people_of(events), queries.units_of(events), queries.titles_of(events)
    said = {line.id: line for line in timeline(events)}
    return [
        {"event": event, "at": said[event.id].at, "words": said[event.id].words, "title": titles.get(event.stream, ""),
         "about": STREAM_WORDS.get(event.stream.partition(":")[0], event.stream),
         "who": _actor(event, people, units)}
        for event in events
    ]  # fmt: skip


def _actor(event: Event, people: dict[int, str], units: dict[int, str]) -> str:
    if event.actor_kind == ActorKind.USER:
        return people.get(event.actor_id or 0, gettext("Somebody"))
    words = gettext(ACTORS[event.actor_kind])
    unit = units.get(event.actor_unit or 0)
    return gettext("%(name)s (%(side)s)", name=words, side=unit) if unit else words
