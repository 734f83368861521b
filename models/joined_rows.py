"""Rows that are one matter 一案多行: courts merge the cell of the number over the rows of several parties."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from models.court_cells import TORN, Cell, Unreadable, parts_of
from models.court_columns import CourtColumn, Places
from models.errors import RuleBroken

# More than any matter may have: however far a merge reaches, it takes no memory.
MOST_PARTS, MOST_SIGNS = 40, 4_000
C = CourtColumn
SIDES = (
    (C.APPLICANTS, C.APPLICANT_PHONES, C.APPLICANT_IDS, C.APPLICANT_ADDRESSES),
    (C.RESPONDENTS, C.RESPONDENT_PHONES, C.RESPONDENT_IDS, C.RESPONDENT_ADDRESSES),
    (C.THIRDS,),
)
_OF_A_SIDE = {column for side in SIDES for column in side}
LISTS = (C.OLD_NUMBERS, C.MATERIALS)


class TableRow(NamedTuple):
    """A row as the table program counts it; of the `merged` places the value stands in a cell further up."""

    number: int
    cells: Sequence[Cell]
    merged: Collection[int] = ()

    def said(self, place: int) -> Cell:
        """What stands here; nothing but white space is nothing."""
        cell = self.cells[place] if place < len(self.cells) else None
        return None if isinstance(cell, str) and not cell.strip() else cell

    def owns(self, place: int) -> bool:
        """Whether this row itself says something here."""
        return place not in self.merged and self.said(place) is not None


def joined(rows: Iterator[TableRow], places: Places) -> Iterator[TableRow]:
    """Each matter as one row with the number of its first: the parties of all, the rest as it is said once."""
    number = next((place for place, column in places.items() if column is C.NUMBER), None)
    matter: _Matter | None = None
    for row in rows:
        if matter is not None and number in row.merged:
            matter.add(row)
            continue
        if matter is not None:
            yield matter.row()
        matter = _Matter(row, places)
    if matter is not None:
        yield matter.row()


class _Matter:
    """The first row, and what the rows below it add."""

    def __init__(self, first: TableRow, places: Places) -> None:
        self.first, self.places = first, places
        self.place_of = {column: place for place, column in places.items()}
        self.said: dict[int, Cell] = {}
        self.parts: dict[int, list[str]] = {}

    def row(self) -> TableRow:
        together = {place: "、".join(parts) for place, parts in self.parts.items()} | self.said
        if not together:
            return self.first
        return TableRow(self.first.number, [together.get(place, cell) for place, cell in enumerate(self.first.cells)])

    def add(self, row: TableRow) -> None:
        for names, *beside in SIDES:
            if names in self.place_of:
                self._add_parties(row, [self.place_of[one] for one in (names, *beside) if one in self.place_of])
        for place, column in self.places.items():
            if column not in _OF_A_SIDE and row.owns(place):
                self._add(place, row.said(place), is_list=column in LISTS)

    def _add_parties(self, row: TableRow, side: Sequence[int]) -> None:
        """New names go behind the names; what stands beside them keeps its place beside them."""
        names, is_new = side[0], row.owns(side[0])
        before = len(self._parts(names))
        for place in side:
            if (is_new or row.owns(place)) and before <= MOST_PARTS:
                above = self._parts(place)
                above += [""] * (before - len(above))
                above += self._read(place, row)

    def _parts(self, place: int) -> list[str]:
        if place not in self.parts:
            self.parts[place] = self._read(place, self.first)
        return self.parts[place]

    def _read(self, place: int, row: TableRow) -> list[str]:
        """A cell that cannot be read stands for all of them, so that its fault is told."""
        try:
            return parts_of(row.said(place), MOST_SIGNS)
        except RuleBroken:
            self.said[place] = row.said(place)
            return []

    def _add(self, place: int, said: Cell, *, is_list: bool) -> None:
        here = self.said.get(place, self.first.said(place))
        if here is None:
            self.said[place] = said
        elif is_list:
            self.said[place] = f"{here}\n{said}"[:MOST_SIGNS]
        elif str(here).strip() != str(said).strip():
            self.said[place] = Unreadable(TORN)
