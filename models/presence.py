"""When desks and screens of a centre last asked (operational). While all are silent, nobody there can be reminded.

Each row is a span in which somebody asked at least every two minutes; what lies between two spans was silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key
from models.centre import Centre
from models.opening import Opening

EVERY = timedelta(seconds=20)  # so often a sign of life is written, at most
SILENT = timedelta(minutes=2)
LOOK_BACK = timedelta(days=7)
KEEP = timedelta(days=31)


class Presence(Base):
    __tablename__ = "presences"
    __table_args__ = (Index("ix_presences_centre_id_until", "centre_id", "until"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]


@dataclass(frozen=True)
class Silence:
    """Desks and screens of the house were silent while it was open. `id` is the span that ended it."""

    id: int
    began: datetime
    ended: datetime


def note(session: Session, centre_id: int, at: datetime) -> None:
    """Somebody of the house asks: the span goes on, or a new one begins after a silence."""
    last = session.scalars(
        select(Presence).where(Presence.centre_id == centre_id).order_by(Presence.until.desc()).limit(1)
    ).first()
    if last is None or at - last.until > SILENT:
        session.add(Presence(centre_id=centre_id, since=at, until=at))
    elif at - last.until >= EVERY:
        last.until = at


def silent_since(session: Session, centre: Centre, now: datetime) -> datetime | None:
    """Since when nobody asked, if that is longer than two minutes of opening hours. Who never asked is not missed."""
    last = session.scalar(select(func.max(Presence.until)).where(Presence.centre_id == centre.id))
    open_now = Opening(centre.settings(session)).period_at(now) if last is not None else None
    if last is None or open_now is None:
        return None
    since = max(last, open_now[0])
    return since if now - since > SILENT else None


def holds(session: Session, centre: Centre, now: datetime) -> bool:
    """中心断线,暂停催办: nothing climbs the ladder while nobody in the house could see or stop it."""
    return silent_since(session, centre, now) is not None


def silences(session: Session, centre: Centre, now: datetime) -> Iterator[Silence]:
    """The silences of the last days that are over, the newest last."""
    spans = session.scalars(
        select(Presence)
        .where(Presence.centre_id == centre.id, Presence.until > now - LOOK_BACK)
        .order_by(Presence.since, Presence.id)
    ).all()
    opening, heard = Opening(centre.settings(session)), None
    for span in spans:
        if heard is not None and span.since - heard > SILENT:
            missed = [part for part in opening.within(heard, span.since) if part[1] - part[0] > SILENT]
            if missed:
                yield Silence(span.id, missed[0][0], missed[-1][1])
        heard = max(heard or span.until, span.until)


def prune(session: Session, at: datetime) -> None:
    session.execute(delete(Presence).where(Presence.until < at - KEEP))
