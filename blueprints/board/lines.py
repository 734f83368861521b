"""The lines of a card: who must come, how that stands, and what the desk can do about it with one tap."""

from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from blueprints.board.addresses import Addresses
from blueprints.board.rows import BoardRow, CalloutRow, InvitationRow, StopRow
from blueprints.board.words import Words
from models.callout import WRONG_CODES, AnswerResult, ArrivalMethod
from models.identity import mask_name
from models.invitation import PhoneResult
from models.party_kind import PartyKind
from models.telephone_call import CallResult
from web.filters import clock_time, day


@dataclass(slots=True)
class State:
    """How something stands: a word and its colour; with `due` the browser counts down, with `since` up."""

    text: str
    look: str = "mute"
    due: datetime | None = None
    began: datetime | None = None
    since: datetime | None = None
    word: str = ""
    late: str = ""

    @property
    def counts(self) -> Markup:
        """What the browser needs to count; one attribute list, because a board has hundreds of them."""
        if self.due is not None and self.began is not None:
            left = Markup(' data-word-left="{}"').format(self.word) if self.word else ""
            late = Markup(' data-word-late="{}"').format(self.late) if self.late else ""
            return Markup(f' data-due="{self.due.isoformat()}" data-from="{self.began.isoformat()}"{left}{late}')  # noqa: S704
        if self.since is not None:
            return Markup(' data-since="{}" data-word-elapsed="{}"').format(self.since.isoformat(), self.word)
        return Markup()


@dataclass(slots=True)
class Action:
    """A button of the desk's one form, or a link to a page where more must be said."""

    id: str
    label: str
    url: str
    name: str = ""
    value: str = ""
    primary: bool = False
    # Shown only from this moment on; the browser's clock of the board decides.
    since: datetime | None = None

    @property
    def is_link(self) -> bool:
        return not self.name

    @property
    def attributes(self) -> Markup:
        """Made of our own addresses and numbers only."""
        look = "btn btn--small btn--primary" if self.primary else "btn btn--small"
        where = (
            f'href="{self.url}"'
            if self.is_link
            else f'form="act" formaction="{self.url}" name="{self.name}" value="{self.value}"'
        )
        later = f' data-shows-at="{self.since.isoformat()}" hidden' if self.since else ""
        return Markup(f'class="{look}" id="{self.id}" {where}{later}')  # noqa: S704


@dataclass(slots=True)
class CardLine:
    who: str
    state: State
    ask: str = ""
    said: str = ""
    ring: str = ""  # the number to ring
    way: str = ""
    look: str = ""
    url: str = ""
    actions: list[Action] = field(default_factory=list)


def called(callout: CalloutRow, row: BoardRow, w: Words, to: Addresses, shown: str, at: datetime) -> CardLine:
    page = to["dispatch.show_callout"](callout.id)
    line = CardLine(
        w.name(callout.unit, callout.unit_en), State(""), callout.question, url=page if "r" in shown else ""
    )
    line.way = way(row.way_of(callout), w)
    mark, version = f"callout-{callout.id}", str(callout.version)
    if callout.arrived_at is not None:
        line.state = State(arrival(callout, w, "arrived"), "ok" if callout.confirmed else "wait")
        if callout.result:
            line.said = w.label(AnswerResult(callout.result))
            _promise(line, callout, w, to, shown, at)
        elif not callout.confirmed and "r" in shown:
            confirm = to["dispatch.create_confirmation"](callout.id)
            line.actions.append(Action(f"{mark}-confirm", w["do_confirm"], confirm, "version", version))
        elif row.facts.session_id and "m" in shown:
            session = to["mediation.show_session"](row.facts.session_id)
            line.actions.append(Action(f"{mark}-result", w["do_result"], session))
        return line
    line.said = " · ".join(filter(None, (_heard(callout, w), _district(callout, w))))
    line.ring = callout.telephone if "r" in shown and _is_to_be_rung(callout) else ""
    if callout.objected_at is not None:
        since, line.ask = clock_time(callout.objected_at), callout.objection or ""
        line.state = State(w["objection"].replace("{time}", since), "info", since=callout.objected_at,
                           word=w["objection"])  # fmt: skip
        if "d" in shown:
            line.actions.append(Action(f"{mark}-decide", w["do_decide"], page, primary=True))
        elif "r" in shown and not callout.is_confirmed:
            line.actions.append(Action(f"{mark}-ring", w["do_ring"], f"{page}#decision"))
        return line
    line.state = State(w["paused"], "wait") if callout.is_paused else State(
        w["by"] % {"time": clock_time(callout.due_at)}, "late" if callout.due_at <= at else "info",
        due=callout.due_at, began=callout.sounded_at)  # fmt: skip
    if "r" in shown:
        told = to["dispatch.create_telephone_note"](callout.id)
        if callout.acknowledged_at is None:
            line.actions.append(Action(f"{mark}-told", w["do_telephone"], told, "version", version))
        if callout.is_reminded and callout.acknowledged_at is None:
            line.actions.append(Action(f"{mark}-silent", w["do_no_answer"], told, "result", CallResult.NO_ANSWER.value))
        if not callout.is_second and not callout.is_paused:
            second = to["dispatch.create_second_whistle"](callout.id)
            line.actions.append(Action(f"{mark}-second", w["do_second"], second, "version", version,
                                       since=callout.due_at + row.place.second_after))  # fmt: skip
        here = to["dispatch.create_arrival"](callout.id)
        line.actions.append(Action(f"{mark}-here", w["do_arrival"], here, "version", version))
    return line


def arrival(callout: CalloutRow, w: Words, on_time: str) -> str:
    """How an arrival reads: its minutes, late or not, by video, or still to be confirmed."""
    if callout.arrived_at is None or not callout.confirmed:
        return w["unconfirmed"]
    if callout.method == ArrivalMethod.VIDEO:
        return w["by_video"]
    minutes = int((callout.arrived_at - callout.sounded_at).total_seconds() // 60)
    late = callout.arrived_at > callout.due_at
    return w["arrived_late" if late else on_time] % {"minutes": minutes}


def _promise(line: CardLine, callout: CalloutRow, w: Words, to: Addresses, shown: str, at: datetime) -> None:
    """带回研究: by which day the unit replies, and one tap for what became of it."""
    ends, mark = callout.breaks_promise_at, f"callout-{callout.id}"
    if callout.promised_on is None or ends is None:
        return
    line.said = " · ".join((line.said, w["promised"] % {"day": day(callout.promised_on)}))
    if ends <= at:
        line.state = State(w["promise_broken"], "late")
    if "r" in shown:
        reply = to["dispatch.create_reply"](callout.id)
        line.actions.append(Action(f"{mark}-replied", w["do_replied"], reply, "reply", "today"))
        line.actions.append(Action(f"{mark}-unreplied", w["do_unreplied"], reply, "reply", "none", since=ends))


def _district(callout: CalloutRow, w: Words) -> str:
    """What the district was asked, and what it arranged."""
    if callout.arranged:
        return w["arranged"] % {"words": callout.arranged}
    return w["handed_up"] % {"time": clock_time(callout.handed_up_at)} if callout.handed_up_at else ""


def way(stops: list[StopRow], w: Words) -> str:
    """三室 10:40 → 一室 11:05."""
    return " → ".join(f"{w.name(stop.room, stop.room_en) or w['desk']} {clock_time(stop.at)}" for stop in stops)


def _is_to_be_rung(callout: CalloutRow) -> bool:
    """The unit has not been heard of, and a message has not helped."""
    silent = not (callout.on_the_way or callout.acknowledged_at or callout.is_second)
    return silent and callout.wrong_codes < WRONG_CODES and (callout.is_reminded or callout.needs_telephone)


def _heard(callout: CalloutRow, w: Words) -> str:
    if callout.wrong_codes >= WRONG_CODES:
        return w["codes_closed"]
    if callout.on_the_way:
        return w["on_the_way"]
    if callout.acknowledged_at is not None and not callout.is_second:
        return w["acknowledged"] % {"time": clock_time(callout.acknowledged_at)}
    if callout.is_second:
        return w["second"]
    if callout.is_reminded:
        return w["reminded"]
    heard = w["delivered" if callout.delivered else "undelivered"]
    return f"{heard} · {w['needs_telephone']}" if callout.needs_telephone else heard


def invited(invitation: InvitationRow, w: Words, to: Addresses, shown: str) -> CardLine:
    """The other side comes of its own will: an expected time, never late. A person's name is masked on a monitor."""
    person = invitation.kind == PartyKind.PERSON
    name = mask_name(invitation.party) if person and invitation.party else invitation.party or invitation.who or ""
    line = CardLine(w["other_side"] % {"name": name}, State(w["not_called"]), look=" callout--other")
    if invitation.noted_at is not None:
        line.ask = w["telephoned"] % {"time": clock_time(invitation.noted_at)}
    if invitation.arrived_at is not None:
        line.state = State(w["present"], "ok")
        return line
    if invitation.expected_at is not None:
        line.state = State(w["about"] % {"time": clock_time(invitation.expected_at)})
    elif invitation.result:
        line.state = State(w.label(PhoneResult(invitation.result)))
    if "r" in shown:
        note, mark = (
            to["dispatch.create_invitation_note"](invitation.id),
            (f"invitation-{invitation.id}"),
        )
        if invitation.result is None:
            line.actions += [
                Action(f"{mark}-coming", w["do_coming"], note, "result", PhoneResult.COMING.value),
                Action(f"{mark}-silent", w["do_no_answer"], note, "result", PhoneResult.NO_ANSWER.value),
            ]
        here = to["dispatch.create_invitation_arrival"](invitation.id)
        line.actions.append(Action(f"{mark}-here", w["do_here"], here, "present", "1"))
    return line


def gaps(row: BoardRow, w: Words, to: Addresses, shown: str, at: datetime) -> list[CardLine]:
    """What is missing is a line of its own, not a blank."""
    mark, reference = f"dispute-{row.facts.id}", row.facts.reference
    if not row.place.whistled:
        line = CardLine(w["units"], State(w["not_whistled"], "info"), w["whistle_next"], look=" callout--gap")
        if "w" in shown:
            url = to["dispatch.new_whistle"](reference)
            line.actions.append(Action(f"{mark}-whistle", w["do_whistle"], url, primary=True))
        return [line]
    lines = []
    if row.place.mediator_due is not None:
        due = row.place.mediator_due
        state = State(w["by"] % {"time": clock_time(due)}, "late" if due <= at else "info", due=due,
                      began=row.sounded_at)  # fmt: skip
        line = CardLine(w["mediator"], state, w["mediator_missing"], look=" callout--gap")
        if "r" in shown:
            url = to["dispatch.edit_assignments"](reference)
            line.actions.append(Action(f"{mark}-assign", w["do_assign"], url))
        lines.append(line)
    if not row.place.seated:
        lines.append(_room(row, w, to, shown))
    return lines


def _room(row: BoardRow, w: Words, to: Addresses, shown: str) -> CardLine:
    """候调: the next free room that fits, entered by one tap, or that there is none."""
    mark, reference, offer = f"dispute-{row.facts.id}", row.facts.reference, row.offer
    line = CardLine(w["room"], State(row.facts.queue_number or "-"), w["room_missing"], look=" callout--gap")
    if offer is not None:
        room = w.name(offer.name, offer.name_en)
        line.ask, line.said = "", w["room_free"] % {"room": room, "seats": offer.seats}
        line.state.look = "ok"
        if "r" in shown:
            enter = to["dispatch.update_room"](reference)
            line.actions.append(Action(f"{mark}-enter", w["do_enter"], enter, "room_id", str(offer.id), primary=True))
    if "r" in shown:
        words = w["do_other_room"] if offer else w["do_room"]
        line.actions.append(Action(f"{mark}-room", words, to["dispatch.edit_room"](reference)))
    return line
