"""The rule of grades, the rates by day, the shares: tables without a database."""

from datetime import date

import pytest

from models.subsidy_grade import GRADE_OF, PAID, Effort, Grade, GradeGround, ground_in, shared
from models.subsidy_rate import SubsidyRate, SubsidyRateTable, table_on


@pytest.mark.parametrize(("people", "units", "sessions", "is_written", "is_at_once", "ground", "grade"), [
    (1, 0, 1, True, True, "at_once", "simple"),
    (4, 0, 1, True, True, "at_once", "simple"),
    (1, 0, 1, True, False, "later", "ordinary"),
    (1, 1, 1, True, True, "unit", "ordinary"),
    (1, 2, 1, True, True, "unit", "ordinary"),
    (1, 0, 2, True, True, "sessions", "ordinary"),
    (5, 0, 1, True, True, "group", "difficult"),
    (29, 9, 9, True, True, "group", "difficult"),
    (1, 3, 1, True, True, "many_units", "difficult"),
    (1, 0, 3, True, True, "many_sessions", "difficult"),
    (30, 0, 1, True, True, "crowd", "major"),
    (1, 0, 1, False, True, "oral", "oral"),
    (31, 3, 3, False, True, "oral", "oral"),
])  # fmt: skip
def test_the_grade_follows_from_the_record(people: int, units: int, sessions: int, is_written: bool, is_at_once: bool,
                                           ground: str, grade: str) -> None:  # fmt: skip
    found = ground_in(Effort(people, units, sessions, is_written, is_at_once))
    assert (found, GRADE_OF[found]) == (ground, grade)


def test_every_grade_but_nothing_is_reached_by_the_rule() -> None:
    assert set(GRADE_OF) == set(GradeGround)
    assert set(GRADE_OF.values()) == set(PAID)
    assert Grade.NOTHING not in PAID


def tables() -> list[SubsidyRateTable]:
    def table(day: date, simple: int) -> SubsidyRateTable:
        return SubsidyRateTable(valid_from=day, rates=[SubsidyRate(grade=Grade.SIMPLE, amount_fen=simple)])

    return [table(date(2026, 7, 1), 120_00), table(date(2026, 1, 1), 100_00)]


@pytest.mark.parametrize(("day", "fen"), [
    (date(2025, 12, 31), None), (date(2026, 1, 1), 100_00), (date(2026, 6, 30), 100_00), (date(2026, 7, 1), 120_00),
    (date(2030, 1, 1), 120_00),
])  # fmt: skip
def test_the_table_of_the_closing_day_counts(day: date, fen: int | None) -> None:
    for order in (tables(), tables()[::-1]):
        found = table_on(order, day)
        assert (found.fen(Grade.SIMPLE) if found else None) == fen
        assert found is None or found.fen(Grade.NOTHING) == 0


@pytest.mark.parametrize(("fen", "count", "parts"), [
    (100_00, 1, [100_00]), (100_00, 2, [50_00, 50_00]), (100_00, 3, [33_34, 33_33, 33_33]),
    (200_00, 3, [66_67, 66_67, 66_66]), (1, 2, [1, 0]), (0, 3, [0, 0, 0]),
])  # fmt: skip
def test_shares_are_equal_to_the_fen_and_add_up(fen: int, count: int, parts: list[int]) -> None:
    assert shared(fen, count) == parts
    assert sum(parts) == fen
