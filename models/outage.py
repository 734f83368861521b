"""断线期间谁到了: after a silence somebody asks for everyone who was awaited then, and closes the list by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column

from models.base import Base, Key
from models.callout import Callout
from models.centre import Centre
from models.change import Change
from models.dispute import Dispute
from models.event_kinds import EventKind
from models.invitation import Invitation
from models.presence import Silence, silences


class OutageReview(Base):
    """Somebody went through the list of one silence and closed it."""

    __tablename__ = "outage_reviews"
    __table_args__ = (UniqueConstraint("centre_id", "ended_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


@dataclass(frozen=True)
class Outage:
    """A silence with everybody who was awaited while it lasted."""

    silence: Silence
    callouts: list[Callout]
    invitations: list[Invitation]

    @property
    def minutes(self) -> int:
        return int((self.silence.ended - self.silence.began).total_seconds() // 60)


def outages(session: Session, centre: Centre, now: datetime) -> list[Outage]:
    """Silences nobody has closed yet in which somebody was awaited, the newest first."""
    closed = set(session.scalars(select(OutageReview.ended_at).where(OutageReview.centre_id == centre.id)))
    waiting = [silence for silence in silences(session, centre, now) if silence.ended not in closed]
    found = (outage_of(session, centre, silence) for silence in reversed(waiting))
    return [outage for outage in found if outage.callouts or outage.invitations]


def outage_of(session: Session, centre: Centre, silence: Silence) -> Outage:
    callouts = session.scalars(
        select(Callout).join(Dispute)
        .where(Dispute.centre_id == centre.id, Callout.sounded_at < silence.ended,
               or_(Callout.arrived_at.is_(None), Callout.arrived_at >= silence.began),
               or_(Callout.released_at.is_(None), Callout.released_at >= silence.began),
               or_(Callout.stood_down_at.is_(None), Callout.stood_down_at >= silence.began),
               or_(Callout.no_show_at.is_(None), Callout.no_show_at >= silence.began))
        .options(joinedload(Callout.unit), joinedload(Callout.dispute)).order_by(Callout.due_at, Callout.id)
    )  # fmt: skip
    invitations = session.scalars(
        select(Invitation).join(Dispute)
        .where(Dispute.centre_id == centre.id, Dispute.on_board_since.is_not(None),
               Invitation.made_at < silence.ended,
               or_(Invitation.arrived_at.is_(None), Invitation.arrived_at >= silence.began))
        .options(joinedload(Invitation.dispute), joinedload(Invitation.party)).order_by(Invitation.id)
    )  # fmt: skip
    return Outage(silence, list(callouts), list(invitations))


def close_outage(change: Change, centre: Centre, outage: Outage) -> None:
    """Everybody was asked for; closed twice it is closed once."""
    change.open_streams(f"centre:{centre.id}")
    ended = outage.silence.ended
    known = select(OutageReview.id).where(OutageReview.centre_id == centre.id, OutageReview.ended_at == ended)
    if change.session.scalar(known) is not None:
        return
    review = OutageReview(centre_id=centre.id, began_at=outage.silence.began, ended_at=ended, closed_at=change.at,
                          closed_by_id=change.by.id if change.by.kind == "user" else None)  # fmt: skip
    change.session.add(review)
    change.session.flush()
    change.record(f"centre:{centre.id}", EventKind.OUTAGE_CLOSE, ("outage", review.id), minutes=outage.minutes)
