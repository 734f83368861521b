"""Cells of a sheet that are merged downwards: what people see in the rows below is the value above."""

from array import array
from collections.abc import Iterator, Sequence

from openpyxl.utils.cell import range_boundaries

from models.court_cells import Cell
from models.errors import RuleBroken
from models.joined_rows import TableRow
from models.words import _

MOST = 100_000
TOO_MANY = _("There are more merged cells in this table than any table of matters holds. Copy its rows into a new one")
# One number for each: first row, column, last row, so that a hundred thousand of them are a megabyte.
BITS = 20
ALL = (1 << BITS) - 1


class Merged:
    """Those of one sheet, within so many rows and columns."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.spans = array("Q")

    def note(self, reference: str) -> None:
        """`A2:B4` as the sheet writes it. Raises RuleBroken beyond the limit, ValueError for what is no range."""
        column, first, _column, last = range_boundaries(reference)
        if None in (column, first, last):
            raise ValueError(reference)
        if first >= min(last, self.rows) or column > self.columns:
            return
        if len(self.spans) >= MOST:
            raise RuleBroken(TOO_MANY, field="file")
        self.spans.append((first << 2 * BITS) + (column << BITS) + min(last, self.rows))

    def filled(self, rows: Iterator[tuple[int, Sequence[Cell]]]) -> Iterator[TableRow]:
        """The rows that say anything themselves, with the values from above in their merged cells."""
        spans, at = array("Q", sorted(self.spans)), 0
        reach: dict[int, tuple[int, Cell]] = {}  # place → last row, value
        for number, cells in rows:
            reach = {place: one for place, one in reach.items() if one[0] >= number and place < len(cells)}
            row = TableRow(number, cells, frozenset(reach))
            if any(row.owns(place) for place in range(len(cells))):
                yield row._replace(cells=_with(cells, reach)) if reach else row
            while at < len(spans) and spans[at] >> 2 * BITS <= number:
                place = (spans[at] >> BITS & ALL) - 1
                if spans[at] >> 2 * BITS == number and row.owns(place):
                    reach[place] = (spans[at] & ALL, row.said(place))
                at += 1


def _with(cells: Sequence[Cell], reach: dict[int, tuple[int, Cell]]) -> list[Cell]:
    return [reach[place][1] if place in reach else cell for place, cell in enumerate(cells)]
