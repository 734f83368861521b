"""The clocks between house and court by the calendar of 2026: each day was worked out by hand from the notice.

Free: 1–3 January, 15–23 February, 1–7 October. Worked: Saturday 14 and 28 February, 10 October.
"""

from datetime import date

import pytest

from models.day_count import Length, Measure, last_day
from models.deadlines import CLOCKS
from tests.models.test_day_count import WORKED

# clock, signed or applied on, appraisal, days more, last day: month and day of 2026
TABLE = [
    # 委派: thirty days from the signature
    ("court_assigned", "01-16", "", 0, "02-24"),  # 15 February is free, the whole festival with it
    ("court_assigned", "01-29", "", 0, "02-28"),  # a Saturday that is worked
    ("court_assigned", "03-03", "", 0, "04-02"),
    ("court_assigned", "09-01", "", 0, "10-08"),  # 1 October
    ("court_assigned", "09-10", "", 0, "10-10"),  # worked instead
    ("court_assigned", "03-03", "", 60, "06-01"),  # both agreed to sixty more: no cap
    # 委托, ordinary: fifteen
    ("court_ordinary", "01-30", "", 0, "02-14"),
    ("court_ordinary", "01-31", "", 0, "02-24"),
    ("court_ordinary", "03-02", "", 0, "03-17"),
    ("court_ordinary", "03-02", "03-05..03-15", 0, "03-27"),  # ten days of appraisal do not count
    ("court_ordinary", "01-02", "", 30, "02-24"),  # 16 February, day 45
    ("court_ordinary", "03-02", "", 30, "04-16"),
    # 委托, summary: seven
    ("court_summary", "02-07", "", 0, "02-14"),
    ("court_summary", "02-09", "", 0, "02-24"),
    ("court_summary", "02-21", "", 0, "02-28"),
    ("court_summary", "02-10", "", 30, "03-19"),  # only the end of the whole is moved
    # accepted or declined, and the other party asked: three working days each
    ("court_answer", "02-13", "", 0, "02-25"),
    ("court_answer", "02-26", "", 0, "03-02"),  # Saturday 28 is worked
    ("asking_consent", "02-12", "", 0, "02-24"),
    ("asking_consent", "09-29", "", 0, "10-09"),  # 30 September, 8 and 9 October
    # 司法确认: thirty to ask, three to accept, fifteen and ten to decide
    ("judicial_confirmation", "01-16", "", 0, "02-24"),
    ("judicial_confirmation", "03-20", "", 0, "04-20"),  # 19 April is a Sunday
    ("confirmation_acceptance", "02-13", "", 0, "02-24"),
    ("confirmation_ruling", "02-02", "", 0, "02-24"),
    ("confirmation_ruling", "03-02", "", 10, "03-27"),
]


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(("code", "start", "still", "more", "last"), TABLE)
def test_the_last_day_by_the_calendar(code: str, start: str, still: str, more: int, last: str) -> None:
    clock = CLOCKS[code]
    assert clock.length is not None
    lengths = [clock.length, Length(more, Measure.DAYS)] if more else [clock.length]
    spans = [(day(still.split("..")[0]), day(still.split("..")[1]))] if still else []
    assert last_day(day(start), lengths, WORKED, spans) == day(last)


def test_what_stops_the_clocks_of_mediation_and_who_may_give_more() -> None:
    for code in ("court_assigned", "court_ordinary", "court_summary"):
        assert CLOCKS[code].may_pause
        assert CLOCKS[code].more is not None
    assert not CLOCKS["asking_consent"].more
    assert not CLOCKS["judicial_confirmation"].more
