"""The days of a year's notice as pasted lines or CSV: day, kind, name. All lines are taken, or none.

For example: 2026-02-14,班,春节调休
"""

import re
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from sqlalchemy import select

from models.calendar import CalendarDay, DayKind
from models.centre import Centre
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.words import _

KINDS = {
    **dict.fromkeys(("休", "放假", "假", "节假日", "holiday"), DayKind.HOLIDAY),
    **dict.fromkeys(("班", "上班", "调休", "补班", "workday"), DayKind.WORKDAY),
}
HEADINGS = ("day", "date", "日期")
MOST_LINES = 400
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
NO_DAY, NO_KIND, TWICE, OTHERWISE = (
    _("Line %(line)s: no day that exists; write 2026-02-15"),
    _("Line %(line)s: the kind of day is neither 休 nor 班"),
    _("Line %(line)s: %(day)s stands here twice"),
    _("Line %(line)s: %(day)s is in the calendar with the other kind. Take it out first."),
)


@dataclass(frozen=True)
class DayLine:
    line: int
    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True)
class BadLine:
    """Why a line cannot be taken: a sentence with the number of the line."""

    msgid: str
    line: int
    day: date | None = None


def read_lines(text: str) -> tuple[list[DayLine], list[BadLine]]:
    """Parts of a line stand apart by comma, tab or space; empty ones and the heading of a table are passed over."""
    good: dict[date, DayLine] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(normalize("NFKC", text).splitlines(), 1):
        cells = [cell.strip().strip('"') for cell in re.split(r"[,\t;、 ]+", line.strip(), maxsplit=2)]
        if not "".join(cells) or cells[0].lower().lstrip("\ufeff") in HEADINGS:
            continue
        day, kind = _day(cells[0].lstrip("\ufeff")), KINDS.get(cells[1].lower() if len(cells) > 1 else "")
        if day is None:
            bad.append(BadLine(NO_DAY, number))
        elif kind is None:
            bad.append(BadLine(NO_KIND, number))
        elif day in good:
            bad.append(BadLine(TWICE, number, day))
        else:
            good[day] = DayLine(number, day, kind, (cells[2] if len(cells) > 2 else "")[:40])
    return list(good.values()), bad


def against(change: Change, centre: Centre, lines: list[DayLine]) -> tuple[list[DayLine], list[BadLine]]:
    """What is new, and what contradicts the calendar; a day that stands there in the same way is no news."""
    entered = select(CalendarDay.day, CalendarDay.kind).where(CalendarDay.centre_id == centre.id)
    known = dict(change.session.execute(entered).tuples().all())
    new = [one for one in lines if one.day not in known]
    return new, [BadLine(OTHERWISE, one.line, one.day) for one in lines if known.get(one.day, one.kind) != one.kind]


def take_lines(change: Change, centre: Centre, text: str) -> tuple[int, list[BadLine]]:
    """Enter every day of the text; returns how many were new. With one bad line nothing is entered."""
    lines, bad = read_lines(text)
    if len(lines) + len(bad) > MOST_LINES:
        raise RuleBroken(_("At most %(most)s lines at a time"), field="lines", most=MOST_LINES)
    if not lines and not bad:
        raise RuleBroken(_("Paste at least one line"), field="lines")
    change.open_streams(f"centre:{centre.id}")
    new, contrary = against(change, centre, lines)
    bad = sorted([*bad, *contrary], key=lambda one: one.line)
    if bad:
        return 0, bad
    for one in new:
        change.session.add(CalendarDay(centre_id=centre.id, day=one.day, kind=one.kind, name=one.name))
        change.record(f"centre:{centre.id}", EventKind.CALENDAR_ENTER, ("centre", centre.id),
                      day=one.day.isoformat(), day_kind=one.kind.value)  # fmt: skip
    return len(new), []


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
