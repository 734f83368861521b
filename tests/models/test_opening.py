"""Opening hours: which half day runs, when the break is, what a whistle proposes then."""

from datetime import date, datetime

import pytest

from models.clock import SHANGHAI
from models.errors import RuleBroken
from models.opening import DEFAULTS, Opening, check
from tests.support.cast import Cast


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


HOUSE = Opening(DEFAULTS)


@pytest.mark.parametrize(
    ("moment", "is_open", "is_break", "put_off"),
    [
        ("2026-11-23 08:29", False, False, None),
        ("2026-11-23 08:30", True, False, None),
        ("2026-11-23 11:45", True, False, None),
        ("2026-11-23 12:00", False, True, "2026-11-23 14:30"),
        ("2026-11-23 14:29", False, True, "2026-11-23 14:30"),
        ("2026-11-23 14:30", True, False, None),
        ("2026-11-23 17:29", True, False, None),
        ("2026-11-23 17:30", True, False, "2026-11-24 08:30"),
        ("2026-11-23 18:00", False, False, None),
        ("2026-11-27 17:45", True, False, "2026-11-30 08:30"),  # Friday: Monday follows
        ("2026-11-28 10:00", False, False, None),  # Saturday
        ("2026-07-01 18:10", True, False, "2026-07-02 08:30"),  # summer hours
        ("2026-07-01 14:45", False, True, "2026-07-01 15:00"),
    ],
)
def test_the_hours_of_a_day(moment: str, is_open: bool, is_break: bool, put_off: str | None) -> None:
    when = at(moment)
    assert (HOUSE.period_at(when) is not None, HOUSE.break_at(when) is not None) == (is_open, is_break)
    assert HOUSE.put_off(when) == (at(put_off) if put_off else None)


@pytest.mark.parametrize(
    ("day", "season"),
    [("2026-04-30", "winter"), ("2026-05-01", "summer"), ("2026-09-30", "summer"), ("2026-10-01", "winter")],
)
def test_the_season_changes_on_its_day(day: str, season: str) -> None:
    assert HOUSE.season(date.fromisoformat(day)) == season


def test_in_the_south_summer_may_run_over_new_year() -> None:
    turned = Opening(DEFAULTS | {"summer_from": "10-01", "winter_from": "05-01"})
    assert [turned.season(date(2026, month, 2)) for month in (1, 6, 11)] == ["summer", "winter", "summer"]


def test_a_whistle_begun_before_the_break_knows_of_it() -> None:
    assert HOUSE.break_between(at("2026-11-23 11:50"), at("2026-11-23 12:10"))[0] == at("2026-11-23 12:00")
    assert HOUSE.break_between(at("2026-11-23 11:30"), at("2026-11-23 11:50")) is None


def test_in_the_break_only_urgent_an_appointment_or_the_leader() -> None:
    noon = at("2026-11-23 12:30")
    with pytest.raises(RuleBroken, match="break"):
        HOUSE.refuse_in_break(noon, waits=True, by_leader=False)
    HOUSE.refuse_in_break(noon, waits=True, by_leader=True)
    HOUSE.refuse_in_break(noon, waits=False, by_leader=False)
    HOUSE.refuse_in_break(at("2026-11-23 11:59"), waits=True, by_leader=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [("summer_from", "13-01"), ("summer_from", "02-30"), ("winter_morning", "8:30-12:00"),
     ("winter_morning", "12:00-08:30"), ("summer_afternoon", "14:30-14:30")],
)  # fmt: skip
def test_hours_nobody_could_keep_are_refused(cast: Cast, name: str, value: str) -> None:
    with pytest.raises(RuleBroken):
        check(name, value)
    with pytest.raises(RuleBroken), cast.acting() as change:
        cast.centre.change_setting(change, name, value)
