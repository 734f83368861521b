"""What people see in a sheet though its rows do not hold it: the value above a merged cell, a formula without one."""

from array import array
from collections.abc import Iterator, Sequence

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from models.court_cells import UNWORKED, Cell, Unreadable
from models.errors import RuleBroken
from models.joined_rows import TableRow
from models.words import _

MOST = 100_000
TOO_MANY = _("There are more merged cells in this table than any table of matters holds. Copy its rows into a new one")
# Rows and columns are kept in one number each, so that a hundred thousand places are a megabyte.
BITS = 20
ALL = (1 << BITS) - 1


class Sheet:
    """The merged cells and the empty formulas of one sheet, within so many rows and columns."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.spans, self.unworked = array("Q"), array("Q")

    def note_merge(self, reference: str) -> None:
        """`A2:B4` as the sheet writes it. Raises RuleBroken beyond the limit, ValueError for what is no range."""
        column, first, _column, last = range_boundaries(reference)
        if None in (column, first, last):
            raise ValueError(reference)
        if first < min(last, self.rows) and column <= self.columns:
            self._keep(self.spans, (first << 2 * BITS) + (column << BITS) + min(last, self.rows))

    def note_unworked(self, reference: str) -> None:
        """`C7`: a formula whose value no table program has worked out."""
        row, column = coordinate_to_tuple(reference)
        if row <= self.rows and column <= self.columns:
            self._keep(self.unworked, (row << BITS) + column)

    def seen(self, rows: Iterator[tuple[int, Sequence[Cell]]]) -> Iterator[TableRow]:
        """The rows that say anything themselves, as people see them."""
        spans, at = array("Q", sorted(self.spans)), 0
        unworked, of = array("Q", sorted(self.unworked)), 0
        reach: dict[int, tuple[int, Cell]] = {}  # place → last row, value
        for number, cells in rows:
            reach = {place: one for place, one in reach.items() if one[0] >= number and place < len(cells)}
            said = {place: value for place, (_last, value) in reach.items()}
            while of < len(unworked) and unworked[of] >> BITS <= number:
                said[(unworked[of] & ALL) - 1] = Unreadable(UNWORKED)
                of += 1
            row = TableRow(number, _with(cells, said), frozenset(reach))
            if any(row.owns(place) for place in range(len(cells))):
                yield row
            while at < len(spans) and spans[at] >> 2 * BITS <= number:
                place = (spans[at] >> BITS & ALL) - 1
                if spans[at] >> 2 * BITS == number and row.owns(place):
                    reach[place] = (spans[at] & ALL, row.said(place))
                at += 1

    def _keep(self, places: "array[int]", place: int) -> None:
        if len(places) >= MOST:
            raise RuleBroken(TOO_MANY, field="file")
        places.append(place)


def _with(cells: Sequence[Cell], said: dict[int, Cell]) -> Sequence[Cell]:
    return [said.get(place, cell) for place, cell in enumerate(cells)] if said else cells
