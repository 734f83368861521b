"""The lines of a card: the other side, what is missing, and what the desk can do about it with one tap."""

from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from blueprints.board.addresses import Addresses
from blueprints.board.rows import BoardRow, InvitationRow
from blueprints.board.words import Words
from models.identity import mask_name
from models.invitation import PhoneResult
from models.party_kind import PartyKind
from web.filters import clock_time


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
