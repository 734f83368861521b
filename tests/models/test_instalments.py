"""Instalments: parts that add up to the fen, on the same day of each month."""

from datetime import date

import pytest

from models.errors import RuleBroken
from models.instalments import instalments, shares
from models.wording import TermDraft

PATTERN = TermDraft(None, "甲公司", "宋佳")


def test_twelve_thousand_in_six_parts_on_the_fifteenth() -> None:
    terms = instalments(12_000_00, 6, date(2026, 12, 15), PATTERN)
    assert [term.amount_fen for term in terms] == [2_000_00] * 6
    assert [term.due_on for term in terms] == [date(2026, 12, 15), *(date(2027, month, 15) for month in range(1, 6))]
    assert {(term.payer, term.payee) for term in terms} == {("甲公司", "宋佳")}


@pytest.mark.parametrize(("total", "count"), [(1000_00, 3), (1, 1), (7, 7), (100_01, 60), (999_999_999_99, 59)])
def test_the_last_part_takes_the_rest(total: int, count: int) -> None:
    amounts = [term.amount_fen or 0 for term in instalments(total, count, date(2026, 12, 1), PATTERN)]
    assert (len(amounts), sum(amounts)) == (count, total)
    assert len(set(amounts[:-1])) <= 1
    assert 0 <= amounts[-1] - amounts[0] < count


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    days = [term.due_on for term in instalments(500, 5, date(2027, 12, 31), PATTERN)]
    assert days == [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30)]


@pytest.mark.parametrize(("total", "count", "field"), [(100, 0, "count"), (100, 61, "count"), (2, 3, "total_fen")])
def test_what_cannot_be_parted_is_refused(total: int, count: int, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        instalments(total, count, date(2026, 12, 1), PATTERN)
    assert refused.value.field == field


def test_each_person_of_a_group_has_a_term_of_his_own() -> None:
    terms = shares([("宋佳", 100_00), ("李四", None)], PATTERN)
    assert [(term.payer, term.payee, term.amount_fen) for term in terms] == [
        ("甲公司", "宋佳", 100_00), ("甲公司", "李四", None),
    ]  # fmt: skip
