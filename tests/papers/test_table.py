"""Tables that are taken along: plain text for every table program."""

import pytest

from papers.table import Amount, csv_content, harmless


@pytest.mark.parametrize(("cell", "shown"), [
    ("=1+1", "'=1+1"), (" @SUM(A1)", "' @SUM(A1)"), ("-2", "'-2"), ("＝1", "'＝1"), ("\t=1", "'\t=1"), ("普通", "普通"),
    (Amount("-100.00"), "-100.00"),
])  # fmt: skip
def test_no_cell_is_taken_for_a_formula(cell: str, shown: str) -> None:
    assert harmless(cell) == shown
    assert csv_content(iter([[cell]])).decode("utf-8-sig").strip("\r\n").strip('"') == shown.strip("\r\n")
