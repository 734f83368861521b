"""The last day of a period: each line of the table was worked out by hand from Civil Code and notice for 2026."""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.calendar import DayKind, WorkCalendar
from models.day_count import Length, Measure, Standstill, last_day, last_moment, same_day
from seeds.lists import HOLIDAYS

TABLE = Path(__file__).resolve().parents[1] / "data" / "day_count.tsv"
MEASURES = {"d": Measure.DAYS, "w": Measure.WORKING_DAYS, "m": Measure.MONTHS, "y": Measure.YEARS}
DAY = timedelta(days=1)


def notice() -> WorkCalendar:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return WorkCalendar({date.fromisoformat(row["day"]): DayKind(row["kind"]) for row in csv.DictReader(file)})


WORKED = notice().is_worked


def cases() -> Iterator[tuple[str, str, str, str]]:
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            start, length, still, last, _why = line.split("\t")
            yield start, length, still, last


def lengths(text: str) -> list[Length]:
    return [Length(int(part[:-1]), MEASURES[part[-1]]) for part in text.split("+")]


def spans(text: str) -> list[Standstill]:
    pairs = (part.split("..") for part in text.split(",") if part)
    return [(date.fromisoformat(since), date.fromisoformat(until)) for since, until in pairs]


@pytest.mark.parametrize(("start", "length", "still", "last"), list(cases()))
def test_the_last_day_is_the_one_worked_out_by_hand(start: str, length: str, still: str, last: str) -> None:
    counted = last_day(date.fromisoformat(start), lengths(length), WORKED, spans(still))
    assert counted == date.fromisoformat(last)


def test_the_table_is_long_enough_and_says_why_each_time() -> None:
    assert len(list(cases())) >= 120
    assert all(line.split("\t")[4] for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))


def test_the_notice_for_2026_frees_and_takes_the_days_it_names() -> None:
    free = [date(2026, 1, 1), date(2026, 2, 23), date(2026, 4, 6), date(2026, 5, 5), date(2026, 6, 19),
            date(2026, 9, 25), date(2026, 10, 7)]  # fmt: skip
    taken = [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
             date(2026, 10, 10)]  # fmt: skip
    assert [day for day in free if WORKED(day)] == []
    assert [day for day in taken if not WORKED(day)] == []
    assert sum(WORKED(date(2026, 1, 1) + DAY * n) for n in range(365)) == 248
    assert (notice().knows(2026), notice().knows(2027)) == (True, False)


def samples(seed: int) -> Iterator[tuple[date, Length, list[Standstill]]]:
    dice = random.Random(seed)  # noqa: S311 - the same days in every run
    for _one in range(400):
        begun = date(2025, 12, 1) + DAY * dice.randrange(700)
        measure = dice.choice(list(MEASURES.values()))
        length = Length(dice.randint(1, 60 if measure in (Measure.DAYS, Measure.WORKING_DAYS) else 3), measure)
        since = begun + DAY * dice.randrange(40)
        yield begun, length, [(since, since + DAY * dice.randrange(1, 30))]


@pytest.mark.parametrize("seed", range(5))
def test_a_period_never_ends_on_a_free_day_or_in_a_standstill(seed: int) -> None:
    for begun, length, still in samples(seed):
        last = last_day(begun, [length], WORKED, still)
        assert WORKED(last)
        assert not any(since <= last < until for since, until in still)


@pytest.mark.parametrize("seed", range(5))
def test_a_standstill_never_shortens_and_costs_no_more_than_its_days_and_the_way_to_a_worked_one(seed: int) -> None:
    for begun, length, still in samples(seed):
        plain, paused = last_day(begun, [length], WORKED), last_day(begun, [length], WORKED, still)
        assert paused >= plain
        if length.measure is not Measure.WORKING_DAYS:
            assert paused <= plain + (still[0][1] - still[0][0]) + DAY * 10


@pytest.mark.parametrize("seed", range(5))
def test_later_begun_or_longer_never_ends_earlier(seed: int) -> None:
    for begun, length, still in samples(seed):
        last = last_day(begun, [length], WORKED, still)
        assert last_day(begun + DAY, [length], WORKED, still) >= last
        assert last_day(begun, [Length(length.n + 1, length.measure)], WORKED, still) >= last
        assert last_day(begun, [length, Length(1, Measure.DAYS)], WORKED, still) >= last


def test_one_more_free_day_never_brings_the_end_nearer() -> None:
    for begun, length, still in samples(9):
        last = last_day(begun, [length], WORKED, still)
        assert last_day(begun, [length], lambda day: WORKED(day) and day.day != 13, still) >= last


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-12-31", 2, "2027-02-28"), ("2027-12-31", 2, "2028-02-29"), ("2026-01-31", 12, "2027-01-31"),
     ("2028-02-29", -12, "2027-02-28"), ("2026-11-30", 1, "2026-12-30")],
)  # fmt: skip
def test_the_day_of_the_same_number(start: str, months: int, end: str) -> None:
    assert same_day(date.fromisoformat(start), months) == date.fromisoformat(end)


NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("length", "still", "minutes"),
    [
        (Length(20, Measure.MINUTES), [], 20),
        (Length(24, Measure.HOURS), [], 24 * 60),
        (Length(40, Measure.MINUTES), [(5, 15)], 50),
        (Length(40, Measure.MINUTES), [(5, 15), (10, 20)], 55),
        (Length(40, Measure.MINUTES), [(5, 15), (45, 50)], 55),  # the second lies within what the first made longer
        (Length(40, Measure.MINUTES), [(40, 60)], 40),
        (Length(40, Measure.MINUTES), [(-10, 10)], 50),
    ],
)
def test_minutes_and_hours_count_from_the_moment(length: Length, still: list[tuple[int, int]], minutes: int) -> None:
    stood = [(NOON + MINUTE * since, NOON + MINUTE * until) for since, until in still]
    assert last_moment(NOON, length, stood) == NOON + MINUTE * minutes
