"""A calendar month of Shanghai: figures are counted and sheets are filed by it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.clock import day_bounds, local_day

_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    first: date

    @classmethod
    def of(cls, at: datetime) -> "Month":
        return cls(local_day(at).replace(day=1))

    @classmethod
    def written(cls, text: str) -> "Month | None":
        """From 2026-11, as addresses write it."""
        found = _WRITTEN.fullmatch(text)
        return cls(date(int(found[1]), int(found[2]), 1)) if found else None

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def following(self) -> "Month":
        return Month((self.first + timedelta(days=31)).replace(day=1))

    @property
    def preceding(self) -> "Month":
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """First instant of the month, and of the next one."""
        return day_bounds(self.first)[0], day_bounds(self.following.first)[0]
