"""The faces on screens. Each takes from the read only what its place may show; a guard test holds the list of each.

Wall: staff area. Hall and doors: everybody; queue numbers, rooms and progress, nothing by which a matter is known.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from blueprints.board.called import arrival
from blueprints.board.cards import heads, level_of, short
from blueprints.board.lines import State
from blueprints.board.rows import BoardRow, CalloutRow
from blueprints.board.words import Words
from models.lifecycle import DisputeStatus
from models.room import RoomPurpose
from web.filters import clock_time

# A room whose name tells what somebody came for is not named in public.
UNNAMED = frozenset({RoomPurpose.COUNSELLING})
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "尉迟", "皇甫", "慕容", "司徒")


@dataclass(slots=True)
class Chip:
    unit: str
    state: State


@dataclass(slots=True)
class WallRow:
    id: str
    number: str
    level: State
    sub: str
    room: str
    presides: State | None
    other: str
    since: datetime
    minutes: int
    hot: bool
    chips: list[Chip]


@dataclass(slots=True)
class HallRow:
    id: str
    number: str
    progress: str
    detail: str
    expected: str
    until: datetime | None
    room: str


@dataclass(slots=True)
class DoorSign:
    state: State
    number: str


def wall_row(row: BoardRow, w: Words, at: datetime) -> WallRow:
    facts, since = row.facts, row.sounded_at or row.facts.on_board_since
    kind = "" if row.shielded else w.name(facts.main, facts.main_en) or w.name(facts.kind, facts.kind_en)
    return WallRow(
        id=f"dispute-{facts.id}",
        number=short(facts.number),
        level=level_of(row.expected, w),
        sub=" · ".join(filter(None, (kind, heads(row, w)))),
        room=w.name(facts.room, facts.room_en) or w["waiting" if row.place.whistled else "hall_area"],
        presides=_presides(row, w, at),
        other=_other_side(row, w),
        since=since,
        minutes=max(0, int((at - since).total_seconds() // 60)),
        hot=row.place.due <= at,
        chips=[Chip(w.name(callout.unit, callout.unit_en), _chip(callout, w, at)) for callout in row.expected]
        or [Chip("", State(w["not_whistled"]))] * (not row.place.whistled),
    )


def _presides(row: BoardRow, w: Words, at: datetime) -> State | None:
    """The surname is enough for colleagues. Where nobody presides yet, the row is late when the limit has passed."""
    facts, due = row.facts, row.place.mediator_due
    if due is not None:
        word = w["no_mediator"]
        return State(word, "late" if due <= at else "mute", due=due, began=row.sounded_at, word=word, late=word)
    if not facts.mediator:
        return None
    if w.english and facts.mediator_en:
        return State(w["presides"] % {"name": facts.mediator_en.split()[0]})
    surname = facts.mediator[: 2 if facts.mediator.startswith(DOUBLE_SURNAMES) else 1]
    return State(w["presides"] % {"name": surname})


def _other_side(row: BoardRow, w: Words) -> str:
    """One phrase for everybody invited, no name."""
    coming = row.invitations
    here = sum(invitation.arrived_at is not None for invitation in coming)
    if not coming:
        return ""
    if here == len(coming):
        return w["other_present"]
    expected = [one.expected_at for one in coming if one.expected_at is not None and one.arrived_at is None]
    if expected:
        return w["other_about"] % {"time": clock_time(max(expected))}
    return w["other_some"] % {"here": here, "all": len(coming)} if here else w["other_awaited"]


def _chip(callout: CalloutRow, w: Words, at: datetime) -> State:
    if callout.arrived_at is not None:
        return State(arrival(callout, w, "wall_arrived"), "ok" if callout.confirmed else "wait")
    if callout.objected_at is not None:
        return State(w["wall_objection"])
    if callout.is_paused:
        return State(w["paused"], "wait")
    word = w["second_sent"] if callout.is_second else "" if callout.acknowledged_at else w["sent"]
    return State(w["by"] % {"time": clock_time(callout.due_at)}, "late" if callout.due_at <= at else "info",
                 due=callout.due_at, began=callout.sounded_at, word=word)  # fmt: skip


def hall_row(row: BoardRow, w: Words, today: date, at: datetime) -> HallRow | None:
    """A visit of today. Queue numbers are daily: whoever came on another day has none here."""
    facts = row.facts
    if not facts.visit_id or facts.day != today:
        return None
    called = [callout for callout in row.callouts if not callout.ended]
    progress, detail, expected, until = w["hall_waiting"], "", "", None
    if facts.status == DisputeStatus.IN_MEDIATION:
        progress = w["hall_mediation"]
    elif facts.status == DisputeStatus.SUSPENDED:
        progress = w["hall_break"]
    elif called:
        here = sum(callout.arrived_at is not None for callout in called)
        progress = w["hall_units" if here < len(called) else "hall_waiting"]
        detail = w["hall_arrived"] % {"here": here, "all": len(called)}
        until = max((callout.due_at for callout in called if callout.awaited), default=None)
        # A time that has passed is not shown: the hall never tells that somebody is late.
        if until is not None and until > at:
            expected = w["hall_expected"] % {"time": clock_time(until)}
    room = public_room(facts.room, facts.room_en, facts.purpose, w) or w["hall_area"]
    return HallRow(f"visit-{facts.visit_id}", facts.queue_number, progress, detail, expected, until, room)


def public_room(name: str | None, name_en: str | None, purpose: str | None, w: Words) -> str:
    return "" if purpose in UNNAMED else w.name(name, name_en)


def door_sign(room: Any, w: Words, today: date) -> DoorSign:
    """Whether one may go in, and the number called."""
    if room.since is None:
        return DoorSign(State(w["door_free"], "ok"), "")
    state = State(w["door_used"], "wait") if room.session_id else State(w["door_waiting"], "info")
    return DoorSign(state, room.queue_number if room.day == today else "")
