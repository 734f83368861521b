"""A pause 暂停计时: the clock of a callout stands still for a reason that is not the unit's own."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import Callout
from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _


class PauseReason(StrEnum):
    ROOM_CHANGED = "room_changed"
    TIME_CHANGED = "time_changed"
    PARTY_LEFT = "party_left"
    ROAD_CLOSED = "road_closed"
    WRONG_UNIT = "wrong_unit"
    OTHER = "other"


RUNNING = text("until IS NULL AND taken_back_at IS NULL")


class Pause(Base):
    """While it runs nothing is late; when it ends the time is later by its length. Taken back, it never was."""

    __tablename__ = "pauses"
    __table_args__ = (
        Index("uq_pauses_running", "callout_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_pauses_callout_id", "callout_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"))
    reason: Mapped[PauseReason] = mapped_column(one_of(PauseReason))
    words: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(Key)

    callout: Mapped[Callout] = relationship(back_populates="pauses")

    @property
    def is_running(self) -> bool:
        return self.until is None and self.taken_back_at is None

    @property
    def length(self) -> timedelta:
        """How much later the unit may come for it; nothing while it runs."""
        return self.until - self.since if self.until and not self.taken_back_at else timedelta()


def pause(change: Change, callout: Callout, reason: PauseReason, words: str = "") -> None:
    """Stop the clock. A second pause while one runs changes nothing. Another reason needs its words."""
    if reason is PauseReason.OTHER and not words.strip():
        raise RuleBroken(_("Say in words why the time stands still"), field="words")
    change.lock(callout.dispute.stream, callout)
    if callout.open_pause is not None:
        return
    if not callout.is_awaited:
        raise TransitionNotAllowed(_("The time stands still only while the unit is awaited"))
    since = max(change.at, callout.sounded_at)
    callout.pauses.append(Pause(reason=reason, words=words.strip(), since=since, by_id=change.by.id))
    callout.note(change, EventKind.CALLOUT_PAUSE, pause=reason.value)


def resume(change: Change, callout: Callout) -> None:
    """Let the clock go on."""
    change.lock(callout.dispute.stream, callout)
    callout.end_pause(change)
