"""Cells of the table that is taken along: plain text for every table program, amounts to the fen."""

import pytest

from blueprints.subsidy.sheet import Amount, csv_content, harmless, written


@pytest.mark.parametrize(("cell", "shown"), [
    ("=1+1", "'=1+1"), (" @SUM(A1)", "' @SUM(A1)"), ("-2", "'-2"), ("＝1", "'＝1"), ("\t=1", "'\t=1"), ("普通", "普通"),
    (Amount("-100.00"), "-100.00"),
])  # fmt: skip
def test_no_cell_is_taken_for_a_formula(cell: str, shown: str) -> None:
    assert harmless(cell) == shown
    assert csv_content(iter([[cell]])).decode("utf-8-sig").strip("\r\n").strip('"') == shown.strip("\r\n")


@pytest.mark.parametrize(
    ("fen", "words"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-150, "-1.50"), (123456, "1234.56")]
)
def test_amounts_are_written_to_the_fen(fen: int, words: str) -> None:
    assert written(fen) == words
