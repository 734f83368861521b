"""The desk's face: each dispute as a card with a line for everybody who must come, and what can be done about it."""

from dataclasses import dataclass
from datetime import datetime

from blueprints.board.addresses import Addresses
from blueprints.board.called import called
from blueprints.board.lines import Action, CardLine, State, gaps, invited
from blueprints.board.rows import BoardRow, CalloutRow
from blueprints.board.words import Words
from models.whistle import Level
from security.permissions import Permission
from web.filters import clock_time

# Which permission shows which buttons; the letters name the set in the cache of fragments.
LETTERS = {
    "d": Permission.OBJECTION_DECIDE,
    "m": Permission.MEDIATION_CONDUCT,
    "r": Permission.CALLOUT_RECORD,
    "w": Permission.WHISTLE_SOUND,
}


@dataclass(slots=True)
class Card:
    id: str
    number: str
    url: str
    level: State
    non_public: bool
    sub: str
    place: str
    since: datetime
    since_text: str
    who: str
    hot: bool
    lines: list[CardLine]
    actions: list[Action]


def card(row: BoardRow, w: Words, to: Addresses, shown: str, at: datetime) -> Card:
    facts, since = row.facts, row.sounded_at or row.facts.on_board_since
    return Card(
        id=f"dispute-{facts.id}",
        number=short(facts.number),
        url=to["disputes.show_dispute"](facts.reference),
        level=level_of(row.expected, w),
        non_public=facts.non_public,
        sub=" · ".join(filter(None, (kind(row, w), heads(row, w), _representatives(row, w)))),
        place=w.name(facts.room, facts.room_en) or (w["waiting"] if row.place.whistled else ""),
        since=since,
        since_text=w["since"] % {"time": clock_time(since)},
        who=w["presides"] % {"name": w.name(facts.mediator, facts.mediator_en)} if facts.mediator else "",
        hot=row.place.due <= at or row.breaks_promise(at),
        lines=[
            *(invited(invitation, w, to, shown) for invitation in row.invitations),
            *(called(callout, row, w, to, shown, at) for callout in row.on_card),
            *gaps(row, w, to, shown, at),
        ],
        actions=_next(row, w, to, shown),
    )


def short(number: str) -> str:
    """甘综 1123-007 of 甘综-20261123-007."""
    prefix, day, running = number.rsplit("-", 2)
    return f"{prefix} {day[4:]}-{running}"


def kind(row: BoardRow, w: Words) -> str:
    parts = (w.name(row.facts.main, row.facts.main_en), w.name(row.facts.kind, row.facts.kind_en))
    return " · ".join(filter(None, parts))


def heads(row: BoardRow, w: Words) -> str:
    count = row.facts.head_count
    return w["person" if count == 1 else "people"] % {"count": count} if count else ""


def _representatives(row: BoardRow, w: Words) -> str:
    count = row.facts.representatives
    return w["representatives"] % {"count": count} if count else ""


def level_of(callouts: list[CalloutRow], w: Words) -> State:
    """What stands beside the number: urgent or by video, and that it is only a drill. Video is no alarm."""
    levels = {callout.level for callout in callouts}
    drill = w["drill"] if any(callout.is_drill for callout in callouts) else ""
    level = next((w.label(level) for level in (Level.URGENT, Level.VIDEO) if level in levels), "")
    look = "late" if drill or Level.URGENT in levels else "info"
    return State(" · ".join(filter(None, (drill, level))), look)


def _next(row: BoardRow, w: Words, to: Addresses, shown: str) -> list[Action]:
    """The card's own next steps: call the people to their room; once somebody is there, sit down with them."""
    facts, mark = row.facts, f"dispute-{row.facts.id}"
    if facts.session_id:
        url = to["mediation.show_session"](facts.session_id)
        return [Action(f"{mark}-session", w["see_session"], url)]
    steps = []
    if row.place.whistled:
        steps.append(Action(f"{mark}-sheet", w["see_sheet"], to["preparation.show_sheet"](facts.reference)))
    if "r" in shown and row.place.seated and facts.visit_id and facts.called_at is None:
        call = to["dispatch.create_call"](facts.visit_id)
        steps.append(Action(f"{mark}-call", w["do_call"] % {"number": facts.queue_number}, call, "called", "1"))
    if "m" in shown and row.place.seated and any(callout.present for callout in row.callouts):
        url = to["mediation.new_session"](facts.reference)
        steps.append(Action(f"{mark}-session", w["do_open"], url, primary=True))
    return steps
