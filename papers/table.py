"""A table to take along as CSV: plain text for every table program."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Amount(str):
    """A number this house has written itself: a minus before it is no formula."""

    __slots__ = ()


def csv_content(rows: Iterable[Sequence[object]]) -> bytes:
    """With the mark by which table programs know UTF-8."""
    text = StringIO()
    csv.writer(text).writerows([harmless(cell if isinstance(cell, str) else str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell no table program takes for a formula, whatever somebody typed."""
    return cell if isinstance(cell, Amount) or not cell.lstrip(" ").startswith(FORMULA) else f"'{cell}"
