"""The clock of a callout 到场时限: by when the unit has to be there, and what moved that time.

`due_at` is the time as it stands now. It is the whistle's own time, later by every pause that was not the unit's doing
and by every extension, and never before the time planned for a unit that is called to several rooms (串场).
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from models.change import Change
from models.event_kinds import EventKind

if TYPE_CHECKING:
    from models.extension import Extension
    from models.pause import Pause


class Limit:
    """The part of a callout that holds its clock."""

    limit_minutes: Mapped[int]
    sounded_at: Mapped[datetime]
    due_at: Mapped[datetime]
    planned_at: Mapped[datetime | None]

    if TYPE_CHECKING:  # what the callout itself knows
        whistle: Any
        arrived_at: Any
        is_open: Any
        pauses: Mapped[list[Pause]]
        extensions: Mapped[list[Extension]]

        def note(self, change: Change, kind: EventKind, **facts: Any) -> None: ...

    @property
    def first_due_at(self) -> datetime:
        """The time the whistle set."""
        appointed: datetime | None = self.whistle.appointed_at
        return appointed or self.sounded_at + timedelta(minutes=self.limit_minutes)

    @property
    def open_pause(self) -> "Pause | None":
        return next((pause for pause in self.pauses if pause.is_running), None)

    @property
    def paused_for(self) -> timedelta:
        """How long the clock has stood still so far, without the pause that is running."""
        return sum((pause.length for pause in self.pauses), timedelta())

    @property
    def is_awaited(self) -> bool:
        return bool(self.is_open) and self.arrived_at is None

    def is_late(self, now: datetime) -> bool:
        """Arrived after its time, or still awaited after it. While the clock stands still nobody is late."""
        if self.arrived_at is None and self.open_pause is not None:
            return False
        return bool(self.is_open) and (self.arrived_at or now) > self.due_at

    def reckon_due(self) -> None:
        """Put the time together again from all that moved it."""
        extended = timedelta(minutes=sum(extension.minutes for extension in self.extensions))
        due = self.first_due_at + self.paused_for + extended
        self.due_at = max(due, self.planned_at) if self.planned_at else due

    def end_pause(self, change: Change) -> None:
        """Let the clock go on, if it stands still: the time is later by as long as it stood."""
        running = self.open_pause
        if running is not None:
            running.until = max(change.at, running.since)
            self.reckon_due()
            self.note(change, EventKind.CALLOUT_RESUME, minutes=int(running.length.total_seconds() // 60))
