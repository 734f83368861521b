"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

# A Monday morning in November, 10:20 at the centre: the hour at which the heating dispute walks in.
MORNING = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)


class Clock:
    """What the application takes for the time: `clock()` and `clock.now` answer, `advance` moves it."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Move on by a span in the words of `timedelta`: `clock.advance(minutes=3)`."""
        self.now += timedelta(**span)
        return self.now
