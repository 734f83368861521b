"""Grades of 以案定补: what a dispute counts as, by one rule from the record; and how an amount is shared.

Counties publish three to five steps (domain §5), no regulation sets them for this house: the rule is its own. It looks
at what happened, never at who did it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from models.words import _

# 集体访 and 规模集体访.
GROUP, CROWD = 5, 30
MANY_UNITS, MANY_SESSIONS = 3, 3


class Grade(StrEnum):
    """`NOTHING` is only a person's decision: the dispute is settled and listed, and nothing is paid for it."""

    NOTHING = "nothing"
    ORAL = "oral"
    SIMPLE = "simple"
    ORDINARY = "ordinary"
    DIFFICULT = "difficult"
    MAJOR = "major"


PAID = tuple(grade for grade in Grade if grade is not Grade.NOTHING)


class GradeGround(StrEnum):
    """Which fact of the record decided."""

    ORAL = "oral"
    CROWD = "crowd"
    GROUP = "group"
    MANY_UNITS = "many_units"
    MANY_SESSIONS = "many_sessions"
    UNIT = "unit"
    SESSIONS = "sessions"
    LATER = "later"
    AT_ONCE = "at_once"


GROUNDS: dict[GradeGround, str] = {
    GradeGround.ORAL: _("oral agreement"),
    GradeGround.CROWD: _("30 people or more"),
    GradeGround.GROUP: _("5 people or more"),
    GradeGround.MANY_UNITS: _("3 units or more reported in"),
    GradeGround.MANY_SESSIONS: _("3 sessions or more"),
    GradeGround.UNIT: _("a unit reported in"),
    GradeGround.SESSIONS: _("2 sessions"),
    GradeGround.LATER: _("written agreement, performed later"),
    GradeGround.AT_ONCE: _("written agreement, performed at once"),
}


@dataclass(frozen=True)
class Effort:
    """The facts: people of the largest visit, units that reported in, sessions of the body, how it was agreed."""

    people: int
    units: int
    sessions: int
    is_written: bool
    is_at_once: bool


# The first that fits decides.
RULES: tuple[tuple[Grade, GradeGround, Callable[[Effort], bool]], ...] = (
    (Grade.ORAL, GradeGround.ORAL, lambda effort: not effort.is_written),
    (Grade.MAJOR, GradeGround.CROWD, lambda effort: effort.people >= CROWD),
    (Grade.DIFFICULT, GradeGround.GROUP, lambda effort: effort.people >= GROUP),
    (Grade.DIFFICULT, GradeGround.MANY_UNITS, lambda effort: effort.units >= MANY_UNITS),
    (Grade.DIFFICULT, GradeGround.MANY_SESSIONS, lambda effort: effort.sessions >= MANY_SESSIONS),
    (Grade.ORDINARY, GradeGround.UNIT, lambda effort: effort.units > 0),
    (Grade.ORDINARY, GradeGround.SESSIONS, lambda effort: effort.sessions > 1),
    (Grade.ORDINARY, GradeGround.LATER, lambda effort: not effort.is_at_once),
    (Grade.SIMPLE, GradeGround.AT_ONCE, lambda _effort: True),
)
GRADE_OF: dict[GradeGround, Grade] = {ground: grade for grade, ground, _fits in RULES}


def ground_in(effort: Effort) -> GradeGround:
    """The fact that decides; its grade is `GRADE_OF` it."""
    return next(ground for _grade, ground, fits in RULES if fits(effort))


def shared(fen: int, count: int) -> list[int]:
    """The amount in `count` equal parts; the fen that do not divide go to the first ones, so that nothing is lost."""
    each, rest = divmod(fen, count)
    return [each + (place < rest) for place in range(count)]
