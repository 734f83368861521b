"""Many parties: those whom everybody asks for, fifty at a time of the others, and one among them all."""

from collections.abc import Sequence
from dataclasses import dataclass

from blueprints.parties import bp
from blueprints.parties.queries import sealer
from models.dispute import Dispute
from models.identity import clean_id_number, clean_phone
from models.party import Party, Side
from models.search_keys import folded

FEW = 12  # parties whose cards lie open beside each other
FOREMOST = 20
SHEET = 50


@bp.app_template_global()
def is_crowded(dispute: Dispute) -> bool:
    return len(dispute.parties) > FEW


@bp.app_template_global()
def foremost(parties: Sequence[Party], most: int = FOREMOST) -> Sequence[Party]:
    """All of a few; of many the other side and who represents before the rest of a group."""
    if len(parties) <= most:
        return parties
    return sorted(parties, key=lambda one: one.side is Side.APPLICANT and not one.represents_others)[:most]


@dataclass(frozen=True)
class Sheet:
    """Some of many parties in the order of the file, and where the ones before and after them begin."""

    parties: Sequence[Party]
    first: int
    of: int

    @classmethod
    def holding(cls, parties: Sequence[Party], place: int) -> "Sheet":
        """The sheet on which the party at this place stands, counted from 1."""
        first = (min(max(place, 1), max(len(parties), 1)) - 1) // SHEET * SHEET
        return cls(parties[first : first + SHEET], first + 1, len(parties))

    @property
    def last(self) -> int:
        return self.first + len(self.parties) - 1

    @property
    def before(self) -> int | None:
        return self.first - SHEET if self.first > 1 else None

    @property
    def after(self) -> int | None:
        return self.last + 1 if self.last < self.of else None


def called(parties: Sequence[Party], words: str) -> list[Party]:
    """Those with this in their name, or with this telephone or ID number."""
    name = folded(words)
    phone, number = (sealer().index("phone", clean_phone(words)), sealer().index("id_number", clean_id_number(words)))
    return [
        one for one in parties
        if (name and name in one.name_key) or one.phone_index == phone or one.id_number_index == number
    ]  # fmt: skip
