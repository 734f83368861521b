"""Amounts in the table that is taken along, to the fen."""

import pytest

from blueprints.subsidy.sheet import written


@pytest.mark.parametrize(
    ("fen", "words"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-150, "-1.50"), (123456, "1234.56")]
)
def test_amounts_are_written_to_the_fen(fen: int, words: str) -> None:
    assert written(fen) == words
