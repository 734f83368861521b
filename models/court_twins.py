"""Whether a row of a table is a matter the house has already, or one that stands further up in the same table."""

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from models.court_columns import CourtColumn
from models.court_import import CourtImport
from models.court_letter import Letter, parties_key
from models.court_number import CourtNumber, court_number_key
from models.court_row import Finding, SentRow
from models.errors import RuleBroken
from models.referral import CourtReferral
from models.search_keys import folded
from models.words import _

SENT = _("The court has sent this matter already: same number, same parties")
SENT_UNNUMBERED = _("The court has sent this matter already: same parties, same claim, no number")
STANDS_ABOVE = _("Row %(row)s of this file is the same matter")


class Twins:
    """Remembers the rows of one file; what the house has is asked for chunk by chunk."""

    def __init__(self, centre_id: int) -> None:
        self.centre_id = centre_id
        self.seen: dict[bytes, int] = {}

    def of(self, session: Session, rows: Sequence[SentRow]) -> list[Finding]:
        """Those of the rows that are here already, or stood further up."""
        there = self._there(session, {_parties(row.letter) for row in rows})
        found = []
        for row in rows:
            keys = list(_keys(row.letter))
            above = next((self.seen[key] for key in keys if key in self.seen), None)
            for key in keys:
                self.seen.setdefault(key, row.row)
            column = CourtColumn.NUMBER if row.letter.number else CourtColumn.CLAIM
            if any(key in there for key in keys):
                found.append(Finding(row.row, column, RuleBroken(SENT if row.letter.number else SENT_UNNUMBERED)))
            elif above is not None:
                found.append(Finding(row.row, column, RuleBroken(STANDS_ABOVE, row=above)))
        return found

    def _there(self, session: Session, parties: set[str]) -> set[bytes]:
        rows = session.execute(
            select(CourtReferral.parties_key, CourtReferral.claim, CourtNumber.key)
            .outerjoin(CourtNumber, CourtNumber.referral_id == CourtReferral.id)
            .where(CourtReferral.centre_id == self.centre_id, CourtReferral.parties_key.in_(parties),
                   CourtReferral.is_released())
        )  # fmt: skip
        return {_numbered(who, key) if key else _unnumbered(who, claim) for who, claim, key in rows}


def came_meanwhile(session: Session, row: CourtImport) -> bool:
    """Whether a matter of this import has come another way since the file was looked through."""
    mine, other = aliased(CourtReferral), aliased(CourtReferral)
    ours, theirs = aliased(CourtNumber), aliased(CourtNumber)
    same_number = exists().where(ours.referral_id == mine.id, theirs.referral_id == other.id, ours.key == theirs.key)
    unnumbered = and_(~exists().where(ours.referral_id == mine.id), ~exists().where(theirs.referral_id == other.id),
                      mine.claim == other.claim)  # fmt: skip
    released = exists().where(CourtImport.id == other.import_id, CourtImport.released_at.is_not(None))
    twin = (
        select(mine.id).join(other, and_(other.centre_id == mine.centre_id, other.parties_key == mine.parties_key))
        .where(mine.import_id == row.id, or_(other.import_id.is_(None), released), or_(same_number, unnumbered))
    )  # fmt: skip
    return session.scalars(twin.limit(1)).first() is not None


def _parties(letter: Letter) -> str:
    return parties_key([party.name for party in letter.parties])


def _keys(letter: Letter) -> Iterator[bytes]:
    who = _parties(letter)
    numbers = [number for number in (letter.number, *letter.old_numbers) if number]
    yield from (_numbered(who, court_number_key(number)) for number in numbers)
    if not numbers:
        yield _unnumbered(who, letter.claim)


def _numbered(who: str, number: str) -> bytes:
    return hashlib.blake2b(f"{who}\n{number}".encode(), digest_size=12).digest()


def _unnumbered(who: str, claim: str) -> bytes:
    return hashlib.blake2b(f"{who}\n\n{folded(claim)}".encode(), digest_size=12).digest()
