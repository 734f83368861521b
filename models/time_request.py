"""A request for time 申请延时: the unit or the desk asks for more minutes, or for the clock to stand still.

The duty leader decides with one tap; until then the clock runs on.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, exists, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import Callout
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.extension import MOST_MINUTES, extend
from models.objection import Objection
from models.outbox import ask_leader
from models.pause import PauseReason, pause
from models.words import _


class TimeWish(StrEnum):
    MORE_MINUTES = "more_minutes"
    STANDSTILL = "standstill"


UNDECIDED = text("decided_at IS NULL")


class TimeRequest(Base):
    __tablename__ = "time_requests"
    __table_args__ = (
        Index("uq_time_requests_undecided", "callout_id", unique=True,
              sqlite_where=UNDECIDED, postgresql_where=UNDECIDED),
        Index("ix_time_requests_callout_id", "callout_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"))
    wish: Mapped[TimeWish] = mapped_column(one_of(TimeWish))
    minutes: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    granted: Mapped[bool | None]
    decided_by_id: Mapped[int | None] = mapped_column(Key)

    callout: Mapped[Callout] = relationship()

    def grant(self, change: Change) -> None:
        """More minutes, or the clock stands still from now on."""
        if not self._decide(change, granted=True):
            return
        if self.wish is TimeWish.STANDSTILL:
            pause(change, self.callout, PauseReason.OTHER, self.reason)
        else:
            extend(change, self.callout, self.callout.version, self.minutes or 0, self.reason)

    def refuse(self, change: Change) -> None:
        """The clock never stopped."""
        self._decide(change, granted=False)

    def _decide(self, change: Change, *, granted: bool) -> bool:
        """Whether this was the decision; the same one made twice changes nothing, another one is refused."""
        change.lock(self.callout.dispute.stream, self, self.callout)
        if self.decided_at is not None:
            if self.granted is not granted:
                raise TransitionNotAllowed(_("This request has been decided already"))
            return False
        if granted and not self.callout.is_awaited:
            raise TransitionNotAllowed(_("Only a unit that is awaited is given more time"))
        self.decided_at, self.granted, self.decided_by_id = max(change.at, self.asked_at), granted, change.by.id
        self.callout.note(change, EventKind.CALLOUT_GRANT_TIME if granted else EventKind.CALLOUT_REFUSE_TIME)
        return True


def waiting_request(session: Session, callout: Callout) -> TimeRequest | None:
    """What the unit asked for and nobody has decided."""
    undecided = select(TimeRequest).where(TimeRequest.callout_id == callout.id, TimeRequest.decided_at.is_(None))
    return session.scalars(undecided).one_or_none()


def refused_request(session: Session, callout: Callout) -> TimeRequest | None:
    """What the unit asked for last, if the answer was no."""
    newest = select(TimeRequest).where(TimeRequest.callout_id == callout.id).order_by(TimeRequest.id.desc()).limit(1)
    request = session.scalars(newest).one_or_none()
    return request if request is not None and request.granted is False else None


def is_undecided(session: Session, centre_id: int) -> bool:
    """Whether an objection or a request for time waits for the duty leader of this centre."""
    here = select(Callout.id).join(Dispute).where(Dispute.centre_id == centre_id, Callout.still_awaited())
    tables = (Objection, TimeRequest)
    waits = (exists().where(one.callout_id.in_(here), one.decided_at.is_(None)) for one in tables)
    return bool(session.scalar(select(or_(*waits))))


def ask_for_time(change: Change, callout: Callout, wish: TimeWish, minutes: int | None, reason: str) -> TimeRequest:
    """Ask once; while a request waits, another one is the same request."""
    if wish is TimeWish.MORE_MINUTES and not 1 <= (minutes or 0) <= MOST_MINUTES:
        raise RuleBroken(_("Enter between 1 and %(most)s minutes"), field="minutes", most=MOST_MINUTES)
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    change.lock(callout.dispute.stream, callout)
    if not callout.is_awaited:
        raise TransitionNotAllowed(_("Only a unit that is awaited is given more time"))
    waiting = waiting_request(change.session, callout)
    if waiting is not None:
        return waiting
    wanted = minutes if wish is TimeWish.MORE_MINUTES else None
    request = TimeRequest(callout=callout, wish=wish, minutes=wanted, reason=reason.strip(), asked_at=change.at)
    change.session.add(request)
    callout.note(change, EventKind.CALLOUT_ASK_TIME, wish=wish.value, minutes=wanted)
    centre = callout.dispute.centre
    ask_leader(change, callout.dispute.stream, centre.id, centre.setting(change.session, "deputy_minutes"))
    return request
