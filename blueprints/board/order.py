"""The order of a board, kept between polls: a change of two disputes asks for two places, not for all of them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import bindparam, select

from blueprints.board.queries import board_order, in_order, places_of
from blueprints.board.rows import Place
from models.board import KEPT, BoardChange
from models.prepared import Prepared, Reading

_CHANGED = Prepared(
    select(BoardChange.dispute_id)
    .where(BoardChange.audience == bindparam("audience"), BoardChange.n > bindparam("since"))
    .distinct()
)


class Kept(NamedTuple):
    epoch: str
    n: int
    places: dict[int, Place]


@dataclass
class Orders:
    """One process's memory of every centre's board."""

    kept: dict[int, Kept] = field(default_factory=dict)

    def at(self, reading: Reading, centre_id: int, epoch: str, n: int) -> list[Place]:
        """All places at revision n or a later one; what changed since they were kept is read again."""
        kept = self.kept.get(centre_id)
        if kept is None or kept.epoch != epoch or n - kept.n > KEPT:
            places = {place.id: place for place in board_order(reading, centre_id)}
        elif n > kept.n:
            changed = changed_since(reading, centre_id, kept.n)
            places = {key: place for key, place in kept.places.items() if key not in changed}
            places.update((place.id, place) for place in places_of(reading, centre_id, changed))
        else:
            return in_order(kept.places.values())
        self.kept[centre_id] = Kept(epoch, n, places)
        return in_order(places.values())


def changed_since(reading: Reading, centre_id: int, n: int) -> set[int]:
    """Disputes whose row changed after revision n."""
    return {row.dispute_id for row in reading.rows(_CHANGED, audience=f"centre:{centre_id}", since=n)}
