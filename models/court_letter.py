"""委派（委托）调解函: what a court says about a matter, and what such a letter cannot be."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.case_type import CaseType
from models.court_number import court_number_problem
from models.errors import RuleBroken
from models.party import Side
from models.referral_course import CourtMode, Procedure
from models.search_keys import folded
from models.words import _


@dataclass(frozen=True)
class SentParty:
    """A party as the court names it."""

    side: Side
    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""


@dataclass(frozen=True)
class Letter:
    """委派（委托）调解函: what the court says about a matter, once."""

    mode: CourtMode
    procedure: Procedure | None
    case_type: CaseType
    number: str
    claim: str
    parties: Sequence[SentParty]
    amount_fen: int | None = None
    materials: str = ""
    contact: str = ""
    both_agreed: bool = False
    old_numbers: Sequence[str] = ()


def obeys(letter: Letter, modes: Collection[CourtMode]) -> None:
    """Raises RuleBroken for what a letter cannot be, whatever the house has already."""
    if letter.mode not in modes:
        raise RuleBroken(_("Matters in this mode are not taken here"), field="mode")
    if (letter.mode is CourtMode.ENTRUSTED) != (letter.procedure is not None):
        raise RuleBroken(_("A filed suit has a procedure, other matters have none"), field="procedure")
    if letter.mode is CourtMode.ENTRUSTED and not letter.number:
        raise RuleBroken(_("A filed suit has a number of the court"), field="number")
    for number in (letter.number, *letter.old_numbers):
        if number and (problem := court_number_problem(number)):
            raise RuleBroken(problem, field="number" if number == letter.number else "old_numbers")
    sides = {party.side for party in letter.parties}
    if not {Side.APPLICANT, Side.RESPONDENT} <= sides:
        raise RuleBroken(_("Enter at least one applicant and one respondent"), field="parties")
    if not letter.claim.strip():
        raise RuleBroken(_("Enter what is asked for, in one sentence"), field="claim")


def parties_key(names: Collection[str]) -> str:
    """The parties as the court named them, however they are spelt or ordered: for recognising a matter."""
    return hashlib.sha256("\n".join(sorted({folded(name) for name in names})).encode()).hexdigest()[:32]
