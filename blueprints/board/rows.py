"""What the boards know of a dispute: plain rows, no objects of the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from models.clock import day_bounds

NEVER = datetime.max.replace(tzinfo=UTC)
EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where a dispute stands on the board and what is still missing; enough to order and to count."""

    id: int
    due: datetime
    mediator_due: datetime | None
    whistled: bool
    seated: bool
    objected: bool
    uncalled: bool
    # How long after its limit a unit is whistled for a second time.
    second_after: timedelta = timedelta()


class StopRow(NamedTuple):
    """One room of a unit's visit plan; without a room the unit comes to the desk."""

    dispute_id: int
    callout_id: int
    at: datetime
    room: str | None
    room_en: str | None


class CalloutRow(NamedTuple):
    dispute_id: int
    id: int
    unit: str
    unit_en: str | None
    question: str
    version: int
    level: str
    sounded_at: datetime
    due_at: datetime
    delivered: bool
    acknowledged_at: datetime | None
    on_the_way: bool
    arrived_at: datetime | None
    method: str | None
    confirmed: bool
    released: bool
    ended: bool
    wrong_codes: int
    result: str | None
    objected_at: datetime | None
    objection: str | None
    needs_telephone: bool
    is_drill: bool
    is_paused: bool
    is_reminded: bool
    is_second: bool
    telephone: str
    is_planned: bool
    # 提请区级协调: asked when, and what the district arranged.
    handed_up_at: datetime | None
    arranged: str | None
    # 带回研究: the day of the promised reply while nobody has noted it.
    promised_on: date | None
    is_missed: bool
    is_confirmed: bool  # the objection: somebody has rung the unit, or it was taken down by telephone

    @property
    def awaited(self) -> bool:
        return self.arrived_at is None and not self.released and not self.ended

    @property
    def breaks_promise_at(self) -> datetime | None:
        """The midnight that ends the promised day."""
        return day_bounds(self.promised_on)[1] if self.promised_on else None

    @property
    def present(self) -> bool:
        return self.arrived_at is not None and not self.released


class InvitationRow(NamedTuple):
    dispute_id: int
    id: int
    who: str | None
    party: str | None
    kind: str | None
    result: str | None
    noted_at: datetime | None
    expected_at: datetime | None
    arrived_at: datetime | None


class Offer(NamedTuple):
    """候调: a free room, offered to the card whose turn it is."""

    id: int
    name: str
    name_en: str | None
    seats: int


@dataclass(frozen=True)
class BoardRow:
    """A dispute with everybody who must come. `facts` are the columns of the read, by name."""

    place: Place
    facts: Any
    callouts: tuple[CalloutRow, ...]
    invitations: tuple[InvitationRow, ...]
    stops: tuple[StopRow, ...] = ()
    offer: Offer | None = None

    @property
    def shielded(self) -> bool:
        """A matter whose kind no screen tells."""
        return bool(self.facts.non_public or self.facts.shielded)

    @property
    def sounded_at(self) -> datetime | None:
        return min((callout.sounded_at for callout in self.callouts), default=None)

    def turn(self, at: datetime) -> datetime:
        """The last moment until `at` at which something here fell due: until the next one the row reads the same."""
        moments = [self.place.due, self.place.mediator_due, *(callout.due_at for callout in self.callouts)]
        moments += [callout.breaks_promise_at for callout in self.callouts]
        return max((moment for moment in moments if moment and moment <= at), default=EVER)

    def way_of(self, callout: CalloutRow) -> list[StopRow]:
        """串场: the rooms its unit goes through, in their order; empty for a unit that is called to one only."""
        way = [stop for stop in self.stops if stop.callout_id == callout.id]
        return way if len(way) > 1 else []

    @property
    def expected(self) -> list[CalloutRow]:
        """Units that are awaited or there; who left, was stood down or did not come leaves the board."""
        return [callout for callout in self.callouts if callout.awaited or callout.present]

    @property
    def on_card(self) -> list[CalloutRow]:
        """On the desk's card also who left with a promise, until somebody has noted the reply, and who did not come and
        was not called again: the card must not look as if nobody had been.
        """
        again = {callout.unit for callout in self.expected}
        return [callout for callout in self.callouts if callout.awaited or callout.present or callout.promised_on
                or (callout.is_missed and callout.unit not in again)]  # fmt: skip

    def breaks_promise(self, at: datetime) -> bool:
        """Whether a promised reply is overdue."""
        return any(moment <= at for callout in self.callouts if (moment := callout.breaks_promise_at))
