"""Draws the boards: whole for the page, changed rows for the poll; and puts the quick layer before the application."""

import functools
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import current_app
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from markupsafe import Markup

from blueprints.board import house
from blueprints.board.addresses import Addresses, addresses
from blueprints.board.cards import card, short
from blueprints.board.order import Orders, changed_since
from blueprints.board.queries import board_order, board_rows
from blueprints.board.rows import BoardRow, Place
from blueprints.board.screens import door_sign, hall_row, public_room, wall_row
from blueprints.board.seating import offers
from blueprints.board.words import Words, words
from models.clock import local_day
from models.lack import Lack
from models.prepared import Reading
from web.board_answers import Answers, Fragment, View
from web.fast_poll import FastPoll

# Cards kept by each process; a busy house shows a hundred, in two languages, to a few sets of buttons.
MOST_CARDS = 2000


@dataclass
class Drawing:
    """Rows, the ids of all rows in order, and the regions beside them by name."""

    rows: list[Markup] = field(default_factory=list)
    order: list[str] | None = None
    beside: dict[str, Markup] = field(default_factory=dict)


def install(state: BlueprintSetupState) -> None:
    """Polls of this application are answered before Flask; what is not kept yet is drawn here."""
    answers = Answers(draw_changes, state.app.extensions["version"])
    state.app.extensions["board_answers"] = answers
    state.app.extensions["board_orders"] = Orders()
    state.app.extensions["board_pages"] = {}
    state.app.extensions["board_addresses"] = Addresses(state.app)
    state.app.wsgi_app = FastPoll(state.app, answers)  # type: ignore[method-assign]


def draw_changes(reading: Reading, view: View, revision: str, since: int, at: datetime) -> Fragment:
    """The rows changed after revision `since`, each to be put in its place by its id."""
    epoch, _dash, n = revision.rpartition("-")
    orders: Orders = current_app.extensions["board_orders"]
    places = orders.at(reading, view.centre_id, epoch, int(n))
    drawing = draw(reading, view, at, places, changed_since(reading, view.centre_id, since))
    return Fragment.of("".join([*drawing.rows, *drawing.beside.values()]), drawing.order)


def draw_all(reading: Reading, view: View, revision: str, at: datetime) -> Drawing:
    """The whole face for a page, kept for everybody who opens it within the minute while nothing changes."""
    pages: dict[View, tuple[tuple[str, int], Drawing]] = current_app.extensions["board_pages"]
    moment = (revision, int(at.timestamp()) // 60)
    kept = pages.get(view)
    if kept is None or kept[0] != moment:
        kept = (moment, draw(reading, view, at, board_order(reading, view.centre_id)))
        pages[view] = kept
    return kept[1]


def draw(
    reading: Reading, view: View, at: datetime, places: list[Place], only: Collection[int] | None = None
) -> Drawing:
    """One face; with `only`, the rows of these disputes, marked as changes."""
    with force_locale(view.language):
        return FACES[view.face](reading, view, at, places, only)


def desk(reading: Reading, view: View, at: datetime, places: list[Place], only: Collection[int] | None) -> Drawing:
    w, to, changed = words(view.language), addresses(), only is not None
    found = house.rooms_of(reading, view.centre_id)
    rooms = [
        (w.name(room.name, room.name_en), short(room.number) if room.number else "",
         to["disputes.show_dispute"](room.reference) if room.number else "")
        for room in found
    ]  # fmt: skip
    side = _part("board/_side.html")(waits=_waits(places, view.centre_id, w), rooms=rooms, w=w, changed=changed)
    free = offers(reading, view.centre_id, places, found)
    rows = [replace(row, offer=free.get(row.place.id)) for row in board_rows(reading, _wanted(places, only))]
    drawn = [_card(row, row.turn(at), view.language, view.shown, changed) for row in rows]
    return Drawing(drawn, [f"dispute-{place.id}" for place in places], {"side": side})


@functools.lru_cache(maxsize=MOST_CARDS)
def _card(row: BoardRow, turn: datetime, language: str, shown: str, changed: bool) -> Markup:
    """The card of a row. Whoever loads the board finds most rows as they were: those are not drawn again."""
    w = words(language)
    return _part("board/_card.html")(card=card(row, w, addresses(), shown, turn), w=w, changed=changed)


def _waits(places: list[Place], centre_id: int, w: Words) -> list[tuple[str, int, str]]:
    """What the cards lack, how many of them, and the list that holds these."""
    lists = addresses().lists
    counts = [
        (Lack.WHISTLE, sum(not place.whistled for place in places)),
        (Lack.OBJECTION, sum(place.objected for place in places)),
        (Lack.MEDIATOR, sum(place.mediator_due is not None for place in places)),
        (Lack.ROOM, sum(place.whistled and not place.seated for place in places)),
        (Lack.CALL, sum(place.uncalled for place in places)),
    ]
    return [
        (w[f"lack_{lack}"], count, f"{lists}?tab=all&lack={lack}&centre={centre_id}") for lack, count in counts if count
    ]


def wall(reading: Reading, view: View, at: datetime, places: list[Place], only: Collection[int] | None) -> Drawing:
    w, part, changed = words(view.language), _part("board/_wall_row.html"), only is not None
    rows = board_rows(reading, _wanted(places, only))
    figures = _part("board/_figures.html")(figures=house.figures_of(reading, view.centre_id, at), changed=changed)
    drawn = [part(row=wall_row(row, w, at), w=w, changed=changed) for row in rows]
    return Drawing(drawn, [f"dispute-{place.id}" for place in places], {"figures": figures})


def hall(reading: Reading, view: View, at: datetime, places: list[Place], only: Collection[int] | None) -> Drawing:
    """By queue number: the order of the desk would tell what is late."""
    w, part, changed = words(view.language), _part("board/_hall_row.html"), only is not None
    rows = board_rows(reading, places)
    shown = [(row.place.id, listed) for row in rows if (listed := hall_row(row, w, local_day(at), at))]
    shown.sort(key=lambda pair: (len(pair[1].number), pair[1].number))
    drawn = [part(row=row, changed=changed) for dispute_id, row in shown if only is None or dispute_id in only]
    call = house.last_call(reading, view.centre_id, at)
    room = public_room(call.name, call.name_en, call.purpose, w) if call else ""
    beside = {
        "call": _part("board/_call.html")(call=call if room else None, room=room, changed=changed),
        "count": _part("board/_count.html")(
            count=house.figures_of(reading, view.centre_id, at).visits, changed=changed
        ),
    }
    return Drawing(drawn, [row.id for _dispute_id, row in shown], beside)


def door(reading: Reading, view: View, at: datetime, _places: list[Place], only: Collection[int] | None) -> Drawing:
    w, rooms = words(view.language), house.rooms_of(reading, view.centre_id)
    sign = next((door_sign(room, w, local_day(at)) for room in rooms if str(room.id) == view.shown), None)
    return Drawing(beside={"sign": _part("board/_sign.html")(sign=sign, changed=only is not None)})


FACES: dict[str, Callable[[Reading, View, datetime, list[Place], Collection[int] | None], Drawing]] = {
    "desk": desk,
    "wall": wall,
    "hall": hall,
    "door": door,
}


def _wanted(places: list[Place], only: Collection[int] | None) -> list[Place]:
    return places if only is None else [place for place in places if place.id in only]


def _part(name: str) -> Callable[..., Markup]:
    """A region drawn by itself: without the context of a whole page, which would ask the database again."""
    template: Any = current_app.jinja_env.get_template(name)
    return lambda **context: Markup(template.render(context))  # noqa: S704 - drawn with autoescape
