"""Rows under one merged number are one matter: its parties together, the rest once, nothing guessed."""

from collections.abc import Sequence
from typing import Any

from models.court_cells import TORN, Cell, Unreadable
from models.court_columns import CourtColumn
from models.joined_rows import MOST_PARTS, TableRow, joined

C = CourtColumn
PLACES = dict(enumerate((C.NUMBER, C.APPLICANTS, C.RESPONDENTS, C.RESPONDENT_PHONES, C.CLAIM, C.MATERIALS)))
NUMBER, APPLICANTS, RESPONDENTS, PHONES, CLAIM, MATERIALS = range(6)
FIRST = ("(2026)甘0702民初1号", "祁万福", "甲", "1", "货款", "起诉状")


def matter(*below: tuple[Sequence[Any], set[int]], first: Sequence[Any] = FIRST) -> Sequence[Cell]:
    """The one row that comes of these; in the rows below `x` stands for what is merged."""
    rows = [TableRow(2, first)]
    rows += [TableRow(3 + place, cells, frozenset(merged)) for place, (cells, merged) in enumerate(below)]
    [found] = joined(iter(rows), PLACES)
    assert (found.number, list(found.merged)) == (2, [])
    return found.cells


def test_every_party_has_what_stands_beside_it() -> None:
    below = [((*FIRST[:2], "乙", "", "货款", ""), {0, 1, 4}), ((*FIRST[:2], "丙、丁", "3", None, None), {0, 1})]
    assert matter(*below) == [*FIRST[:2], "甲、乙、丙、丁", "1、、3", "货款", "起诉状"]


def test_what_is_said_once_goes_for_the_matter_and_lists_grow() -> None:
    first = ("号", "祁万福", "甲", "", None, "起诉状")
    said = matter((("号", None, None, None, "货款", "送货单"), {0}), first=first)
    assert said[CLAIM:] == ["货款", "起诉状\n送货单"]


def test_one_telephone_merged_over_several_parties_is_everybodys() -> None:
    assert matter((("", "", "乙", "1", "", ""), {0, 3}))[PHONES] == "1、1"


def test_a_second_telephone_of_one_person_is_told_as_one_entry_too_many() -> None:
    assert matter((("", "", "甲", "2", "", ""), {0, 2}))[RESPONDENTS : PHONES + 1] == ["甲", "1、2"]


def test_where_rows_contradict_each_other_nothing_is_chosen() -> None:
    said = matter((("", "", "乙", "", "利息", ""), {0}))
    assert said[CLAIM] == Unreadable(TORN)
    assert said[RESPONDENTS] == "甲、乙"


def test_a_cell_that_cannot_be_read_stands_for_all_of_them() -> None:
    assert matter((("", "", "乙", "1.38E+10", "", ""), {0}))[PHONES] == "1.38E+10"


def test_numbers_that_follow_each_other_and_rows_without_one_stay_apart() -> None:
    rows = [TableRow(2, FIRST), TableRow(3, FIRST, {0}), TableRow(4, FIRST), TableRow(5, FIRST, {0}),
            TableRow(6, FIRST, {4})]  # fmt: skip
    assert [row.number for row in joined(iter(rows), PLACES)] == [2, 4, 6]
    assert len(list(joined(iter(rows), {1: C.APPLICANTS}))) == 5


def test_however_far_a_number_reaches_the_matter_stays_small() -> None:
    long = [TableRow(number, ("", "", "、".join("甲乙丙"), "1", "", "x" * 999), {0}) for number in range(3, 9_000)]
    [found] = joined(iter([TableRow(2, FIRST), *long]), PLACES)
    assert MOST_PARTS < len(found.cells[RESPONDENTS]) < 99 * MOST_PARTS
    assert len(found.cells[MATERIALS]) == 4_000
