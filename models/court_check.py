"""How a table of the court is gone through: where its headings stand, then row after row in chunks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy.orm import Session

from models.case_type import CaseType, case_types_of
from models.centre import Centre
from models.court_cells import Cell
from models.court_columns import Places, in_ten_thousands, proposed, under_each_other
from models.court_import import MOST_ROWS
from models.court_modes import modes_in_use
from models.court_row import Finding, RowRules, SentRow, case_type_keys, read_row
from models.court_twins import Twins
from models.errors import RuleBroken
from models.joined_rows import TableRow, joined
from models.search_keys import folded
from models.usual_mode import UsualMode
from models.words import _

HEADING_LENGTH, MOST_HEADINGS, LOOKED_AT = 60, 60, 10
# 合计, 总计, 小计, 制表人：…
FOOT = re.compile(r"\s*((合|总|小|共)\s*计\s*($|[:：（(\d]|件|金额)|(制表|填表|审核|经办)(人|单位|日期|时间)?\s*[:：])")

EMPTY = _("There is no row below the headings")
TOO_MANY = _("At most %(most)s rows at once. Divide the table into several")


@dataclass(frozen=True)
class Chunk:
    """So many rows: what can be taken of them, and what is wrong with the others."""

    rows: list[SentRow]
    findings: list[Finding]
    read: int
    last_row: int


def headings_of(rows: Iterator[TableRow], at: int | None = None) -> tuple[int, list[str]]:
    """The row of headings: `at` where somebody has said it, else the likeliest of the first.

    Where a second line divides them (原告 over 姓名, 电话), it is the lower one, with the words of both.
    """
    looked_at = [(row.number, _words(row.cells)) for row in islice(rows, LOOKED_AT)]
    if not looked_at:
        raise RuleBroken(EMPTY)
    said = (place for place, (number, _said) in enumerate(looked_at) if number == at)
    place = next(said, _likeliest([words for _number, words in looked_at]))
    number, words = looked_at[place]
    if place + 1 < len(looked_at) and (both := under_each_other(words, looked_at[place + 1][1])):
        return looked_at[place + 1][0], both
    return number, words


def rules_of(session: Session, centre: Centre, headings: Sequence[str], places: Places, usual: UsualMode,
             today: date) -> RowRules:  # fmt: skip
    """What the house reads rows by, as it stands now; its case types are taken out of the session."""
    kinds = list(session.scalars(case_types_of(centre).where(CaseType.is_active)))
    for kind in kinds:
        session.expunge(kind)
    return RowRules(places, usual.meaning, case_type_keys(kinds), modes_in_use(session, centre), today,
                    in_ten_thousands(headings, places))  # fmt: skip


class Check:
    """One going-through of one file."""

    def __init__(self, centre_id: int, heading_row: int, rules: RowRules) -> None:
        self.heading_row, self.rules = heading_row, rules
        self.twins = Twins(centre_id)

    def chunks(self, rows: Iterator[TableRow], size: int) -> Iterator[list[TableRow]]:
        """The matters below the headings, a row each. Raises RuleBroken when there is none, or are too many."""
        below = (row for row in rows if row.number > self.heading_row and self._is_a_matter(row))
        matters = joined(below, self.rules.places)
        read = 0
        while chunk := list(islice(matters, size)):
            read += len(chunk)
            if read > MOST_ROWS:
                raise RuleBroken(TOO_MANY, most=MOST_ROWS)
            yield chunk
        if not read:
            raise RuleBroken(EMPTY)

    def through(self, session: Session, rows: Sequence[TableRow]) -> Chunk:
        """Read the chunk and recognise what is here already."""
        sent: list[SentRow] = []
        findings: list[Finding] = []
        for row in rows:
            found = read_row(row.number, row.cells, self.rules)
            if isinstance(found, SentRow):
                sent.append(found)
            else:
                findings += found
        twins = self.twins.of(session, sent)
        known = {found.row for found in twins}
        findings = sorted([*findings, *twins], key=lambda found: found.row)
        return Chunk([one for one in sent if one.row not in known], findings, len(rows), rows[-1].number)

    def _is_a_matter(self, row: TableRow) -> bool:
        """Not what stands under a table: the sum, and who has made it."""
        first = next((cell for place in range(len(row.cells)) if (cell := row.said(place)) is not None), None)
        return any(map(row.owns, self.rules.places)) and not FOOT.match(str(first))


def _likeliest(rows: Sequence[Sequence[str]]) -> int:
    """The one with most headings that are known, else the first with three cells."""
    place = max(range(len(rows)), key=lambda one: len(proposed(rows[one], {})))
    if proposed(rows[place], {}):
        return place
    return next((one for one, words in enumerate(rows) if sum(map(bool, words)) > 2), 0)


def _words(cells: Sequence[Cell]) -> list[str]:
    """Headings as they may be kept: short, and no long number among them if it was a row of a matter."""
    words = [" ".join(str(cell).split())[:HEADING_LENGTH] if cell is not None else "" for cell in cells]
    while words and not folded(words[-1]):
        words.pop()
    return ["" if sum(sign.isdigit() for sign in word) > 5 else word for word in words[:MOST_HEADINGS]]
