"""How a callout ends: the officer leaves 离场, nobody need come 撤哨, or nobody came 未到. It ends once."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

OPEN_CALLOUT = text("released_at IS NULL AND stood_down_at IS NULL AND no_show_at IS NULL")


class CalloutEnd:
    """The part of a callout that speaks of its end."""

    released_at: Mapped[datetime | None]
    stood_down_at: Mapped[datetime | None]
    stand_down_reason: Mapped[str] = mapped_column(String(200), default="")
    stand_down_seen_at: Mapped[datetime | None]
    no_show_at: Mapped[datetime | None]
    no_show_words: Mapped[str] = mapped_column(String(200), default="")

    if TYPE_CHECKING:  # what the callout itself knows
        dispute: Any
        arrived_at: Any
        is_awaited: Any
        open_objection: Any

        def is_late(self, now: datetime) -> bool: ...
        def end_pause(self, change: Change) -> None: ...
        def moment(self, change: Change) -> datetime: ...
        def note(self, change: Change, kind: EventKind, **facts: Any) -> None: ...

    @classmethod
    def still_open(cls) -> ColumnElement[bool]:
        return and_(cls.released_at.is_(None), cls.stood_down_at.is_(None), cls.no_show_at.is_(None))

    @property
    def is_open(self) -> bool:
        return self.released_at is None and self.stood_down_at is None and self.no_show_at is None

    def release(self, change: Change) -> None:
        """离场: the officer's part is over."""
        if self._opens(change):
            if self.arrived_at is None:
                raise TransitionNotAllowed(_("The unit has not arrived yet"))
            self.released_at = max(change.at, self.arrived_at)
            self.note(change, EventKind.CALLOUT_RELEASE)

    def stand_down(self, change: Change, reason: str) -> None:
        """撤哨: solved before arrival, or called by mistake."""
        if not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        if self._opens(change) and self.arrived_at is None:
            self.end_pause(change)
            self.stood_down_at, self.stand_down_reason = self.moment(change), reason.strip()
            self.note(change, EventKind.CALLOUT_STAND_DOWN)

    def see_stand_down(self, change: Change) -> None:
        """The unit has read that nobody need come any more."""
        change.lock(self.dispute.stream, self)  # type: ignore[arg-type]  # the callout it is a part of
        if self.stood_down_at and self.stand_down_seen_at is None:
            self.stand_down_seen_at = max(change.at, self.stood_down_at)
            self.note(change, EventKind.CALLOUT_SEE_STAND_DOWN)

    def miss(self, change: Change, words: str = "") -> None:
        """未到: the limit has passed and nobody came. Ends the callout; it stays counted as due."""
        if not self._opens(change):
            return
        if not self.is_awaited or not self.is_late(change.at):
            raise TransitionNotAllowed(_("The limit has not passed yet"))
        if self.open_objection is not None:
            raise TransitionNotAllowed(_("First decide the objection"))
        self.no_show_at, self.no_show_words = change.at, words.strip()
        self.note(change, EventKind.CALLOUT_MISS)

    def _opens(self, change: Change) -> bool:
        change.lock(self.dispute.stream, self)  # type: ignore[arg-type]  # the callout it is a part of
        return self.is_open
