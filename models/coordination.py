"""A request to the district 提请区级协调: a unit stayed silent through the whole ladder, somebody above it is asked.

It waits for whoever leads the district today. What he arranged is one sentence; with it the request ends. A unit that
comes meanwhile, or is stood down, ends it as well: there is nothing left to arrange.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, and_, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.callout import Callout
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.lifecycle import OPEN
from models.unit import Unit
from models.words import _

WAITING = text("arranged_at IS NULL")


class Coordination(Base):
    """One request for one callout. Who asked and who arranged are the actors of the events."""

    __tablename__ = "coordinations"
    __table_args__ = (Index("ix_coordinations_waiting", "asked_at", sqlite_where=WAITING, postgresql_where=WAITING),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"), unique=True)
    # The district that was asked, or the house's own unit where nothing stands above it.
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    asked_at: Mapped[datetime]
    arranged: Mapped[str] = mapped_column(String(200), default="")
    arranged_at: Mapped[datetime | None]
    arranged_by_id: Mapped[int | None] = mapped_column(Key)

    callout: Mapped[Callout] = relationship()
    unit: Mapped[Unit] = relationship()

    @classmethod
    def ask(cls, change: Change, callout: Callout) -> "Coordination":
        house = callout.dispute.centre.unit
        request = cls(callout=callout, unit_id=house.parent_id or house.id, asked_at=change.at)
        change.session.add(request)
        return request

    @classmethod
    def asked_of(cls, paths: Sequence[str]) -> Select[tuple["Coordination"]]:
        """Requests to the units at or below these paths. No path, no request."""
        below = or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)) if paths else text("1 = 0")
        return (
            select(cls).join(Unit, Unit.id == cls.unit_id).join(Callout, Callout.id == cls.callout_id)
            .join(Dispute, Dispute.id == Callout.dispute_id).where(below)
        )  # fmt: skip

    @classmethod
    def still_waiting(cls) -> ColumnElement[bool]:
        """Nobody has arranged anything and the unit has not come; beside `asked_of`."""
        silent = and_(Callout.arrived_at.is_(None), Callout.released_at.is_(None), Callout.stood_down_at.is_(None))
        return and_(cls.arranged_at.is_(None), silent, Dispute.status.in_(OPEN))

    @property
    def is_waiting(self) -> bool:
        came = self.callout.arrived_at or self.callout.released_at or self.callout.stood_down_at
        return self.arranged_at is None and not came and self.callout.dispute.is_open

    def arrange(self, change: Change, words: str) -> None:
        """Note what was arranged; the same words again change nothing.

        Raises RuleBroken without words, TransitionNotAllowed when the request has ended otherwise.
        """
        words = words.strip()
        if not words:
            raise RuleBroken(_("Enter what was arranged"), field="words")
        change.lock(self.callout.dispute.stream, self, self.callout)
        if self.arranged_at is not None and self.arranged == words:
            return
        if not self.is_waiting:
            raise TransitionNotAllowed(_("This request has ended already"))
        self.arranged, self.arranged_at, self.arranged_by_id = words, change.at, change.by.id
        self.callout.note(change, EventKind.CALLOUT_ARRANGE)


def arrangements(session: Session, dispute: Dispute) -> dict[int, Coordination]:
    """What was asked of the district about this dispute, by callout, in one statement."""
    rows = select(Coordination).join(Callout).where(Callout.dispute_id == dispute.id)
    return {row.callout_id: row for row in session.scalars(rows)}
