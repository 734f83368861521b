"""An extension 延长时限: the duty leader gives a unit more minutes for a reason; both times are kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key
from models.callout import Callout
from models.change import Change
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

MOST_MINUTES = 240


class Extension(Base):
    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"), index=True)
    minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    due_before: Mapped[datetime]
    due_after: Mapped[datetime]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    callout: Mapped[Callout] = relationship(back_populates="extensions")


def extend(change: Change, callout: Callout, version: int, minutes: int, reason: str) -> None:
    """More time for a unit that is awaited. `version` keeps one decision from being made twice."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise RuleBroken(_("Enter between 1 and %(most)s minutes"), field="minutes", most=MOST_MINUTES)
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    change.lock(callout.dispute.stream, callout)
    if callout.version != version:
        raise Stale(_("Somebody else has changed this record in the meantime"))
    if not callout.is_awaited:
        raise TransitionNotAllowed(_("Only a unit that is awaited is given more time"))
    before = callout.due_at
    extension = Extension(minutes=minutes, reason=reason.strip(), due_before=before, due_after=before, at=change.at,
                          by_id=change.by.id)  # fmt: skip
    callout.extensions.append(extension)
    callout.reckon_due()
    extension.due_after = callout.due_at
    callout.note(change, EventKind.CALLOUT_EXTEND, minutes=minutes)
