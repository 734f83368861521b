"""What the law says of one clock: its length, who has to act, what stops it, and who may extend it on which paper."""

from dataclasses import dataclass
from enum import StrEnum

from models.day_count import Length
from models.words import _


class Basis(StrEnum):
    STATUTE = "statute"
    RULE = "rule"
    PROMISE = "promise"


class Bound(StrEnum):
    """Who has to act before the end."""

    HOUSE = "house"
    UNIT = "unit"
    PARTY = "party"
    ORGAN = "organ"


BASES: dict[Basis, str] = {
    Basis.STATUTE: _("Limit set by law"),
    Basis.RULE: _("Limit set by regulation"),
    Basis.PROMISE: _("Promise of the centre"),
}
BOUND: dict[Bound, str] = {
    Bound.HOUSE: _("The centre"),
    Bound.UNIT: _("The unit"),
    Bound.PARTY: _("The parties"),
    Bound.ORGAN: _("Court or organ"),
}


@dataclass(frozen=True)
class More:
    """An extension: at most how much (None: as agreed), who agrees, on which paper."""

    by: str
    paper: str
    most: Length | None = None


BROKEN = _("a claim, a consent, a suit or an arbitration begins it anew; obstacles of the last six months suspend it")


@dataclass(frozen=True)
class Clock:
    """One clock. `length` None: the day itself is set when it starts. `warn`: days before the end, once each."""

    name: str
    length: Length | None
    starts: str
    law: str
    basis: Basis = Basis.STATUTE
    bound: Bound = Bound.HOUSE
    stops: str = ""
    more: More | None = None
    warn: tuple[int, ...] = (3, 1)
    # A clock that has its own place: callouts keep theirs, and nobody starts it by hand.
    by_hand: bool = True

    @property
    def is_limitation(self) -> bool:
        """诉讼时效: interrupted and begun anew (民法典 art. 195), never simply paused."""
        return self.stops == BROKEN

    @property
    def may_pause(self) -> bool:
        return bool(self.stops) and not self.is_limitation
