"""What stands under the headings of a court's table, as far as a person must see it to say what a column means.

A few short values of each column, telephones and ID numbers masked, sealed for as long as the columns may be named.
"""

import json
import re
from collections.abc import Sequence

from models.court_cells import Cell, text_of
from models.court_import import CourtImport
from models.errors import RuleBroken
from models.joined_rows import TableRow
from models.sealed import Sealer

SHOWN, LENGTH, LOOKED_AT = 3, 20, 20
# Telephones and ID numbers; a day and an amount are shorter.
_LONG = re.compile(r"\d{9,}[XxＸｘ]?|(?<=\d-)\d{7,8}")


def samples_of(rows: Sequence[TableRow], columns: int) -> list[list[str]]:
    """The first values of each column, in the order of the columns."""
    found = [[_short(row.said(place)) for row in rows if row.owns(place)] for place in range(columns)]
    return [list(dict.fromkeys(values))[:SHOWN] for values in found]


def keep(row: CourtImport, sealer: Sealer, samples: Sequence[Sequence[str]]) -> None:
    row.samples_sealed = sealer.seal("court_imports", "samples", row.uid, json.dumps(samples, ensure_ascii=False))


def kept(row: CourtImport, sealer: Sealer) -> list[list[str]]:
    if row.samples_sealed is None:
        return []
    found: list[list[str]] = json.loads(sealer.open("court_imports", "samples", row.uid, row.samples_sealed))
    return found


def _short(cell: Cell) -> str:
    try:
        text = text_of(cell, 5_000)
    except RuleBroken:
        return "…"
    masked = _LONG.sub(lambda found: f"{found[0][:3]}{'*' * (len(found[0]) - 5)}{found[0][-2:]}", text)
    return masked if len(masked) <= LENGTH else f"{masked[: LENGTH - 1]}…"
