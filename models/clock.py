"""Time as the centre reckons it: stored in UTC, counted in days of Shanghai."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_day(at: datetime) -> date:
    """The calendar day in China at this instant; registers and limits count by it."""
    return at.astimezone(SHANGHAI).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """First instant of the local day, and of the next one, in UTC."""
    start = datetime.combine(day, time(), SHANGHAI)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)


def iso(at: datetime) -> str:
    """UTC text of fixed width, as events and pages carry it: sorts like time."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
