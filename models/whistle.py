"""A whistle 吹哨: one blow that calls units, the other side, a mediator and a recorder to a room of the house."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.assignment import Duty, assign
from models.base import Base, Key, one_of
from models.callout import Callout, CalloutOrder
from models.change import Change
from models.clock import local_day
from models.dispute import Dispute
from models.dispute_unit import Part, give_part
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.invitation import Invitation
from models.lifecycle import DisputeStatus
from models.meeting import meeting_link_problem
from models.outbox import post
from models.party import Party, Side
from models.person import Person
from models.room import Room
from models.unit import Unit
from models.words import _


class Level(StrEnum):
    ORDINARY = "ordinary"
    URGENT = "urgent"
    APPOINTMENT = "appointment"
    VIDEO = "video"


# An appointment needs its time; a meeting by video may have one.
HAS_TIME = (Level.APPOINTMENT, Level.VIDEO)
# Beyond this a year was mistyped.
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class WhistleOrder:
    """What one click asks for. Without a room the visit waits (候调)."""

    callouts: Sequence[CalloutOrder] = ()
    level: Level = Level.ORDINARY
    room: Room | None = None
    mediator: Person | None = None
    recorder: Person | None = None
    appointed_at: datetime | None = None
    video_url: str = ""
    invite: Sequence[Party] = field(default_factory=tuple)
    is_drill: bool = False


class Whistle(Base):
    __tablename__ = "whistles"
    __table_args__ = (UniqueConstraint("dispute_id", "round"), Index("ix_whistles_dispute_id", "dispute_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    round: Mapped[int]
    level: Mapped[Level] = mapped_column(one_of(Level))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    sounded_at: Mapped[datetime]
    sounded_by_id: Mapped[int | None] = mapped_column(Key)
    appointed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(200), default="")
    # Where a unit joins by video; known to the units called and to the desk alone.
    video_url: Mapped[str] = mapped_column(String(500), default="")
    # 演练: everything runs as it would, and no figure counts it.
    is_drill: Mapped[bool] = mapped_column(default=False)

    dispute: Mapped[Dispute] = relationship(back_populates="whistles")
    room: Mapped[Room | None] = relationship()
    callouts: Mapped[list[Callout]] = relationship(back_populates="whistle", order_by="Callout.id")


CAN_WHISTLE = (DisputeStatus.REGISTERED, DisputeStatus.ACCEPTED, DisputeStatus.IN_MEDIATION)


def sound(change: Change, dispute: Dispute, order: WhistleOrder) -> Whistle:
    """Blow the whistle: accepts a registered dispute, starts each unit's clock, calls everybody, takes the room.

    Raises RuleBroken when nobody is called, a unit is called already, or the room is taken.
    """
    dispute.lock(change)
    if dispute.status not in CAN_WHISTLE:
        raise TransitionNotAllowed(_("A whistle is not possible in the present state of the dispute"))
    if not order.callouts:
        raise RuleBroken(_("Choose at least one unit to call"), field="units")
    if any(whistle.is_drill is not order.is_drill for whistle in dispute.whistles):
        raise RuleBroken(_("A drill and a real whistle do not go together"), field="is_drill")
    if order.level is Level.APPOINTMENT and order.appointed_at is None:
        raise RuleBroken(_("Enter the appointed time"), field="appointed_at")
    if order.level is Level.VIDEO and (problem := meeting_link_problem(order.video_url)):
        raise RuleBroken(problem, field="video_url")
    if order.level in HAS_TIME and order.appointed_at and order.appointed_at <= change.at:
        raise RuleBroken(_("The appointed time has passed already"), field="appointed_at")
    if order.level in HAS_TIME and order.appointed_at and order.appointed_at > change.at + FURTHEST:
        raise RuleBroken(_("The appointed time is more than a year away"), field="appointed_at")
    if dispute.status is DisputeStatus.REGISTERED:
        dispute.accept(change)
    if order.room is not None:
        order.room.take(change, dispute.id)
    whistle = Whistle(dispute=dispute, round=len(dispute.whistles) + 1, level=order.level, room=order.room,
                      sounded_at=change.at, sounded_by_id=change.by.id,
                      appointed_at=order.appointed_at if order.level in HAS_TIME else None,
                      video_url=order.video_url if order.level is Level.VIDEO else "",
                      is_drill=order.is_drill, callouts=[])  # fmt: skip
    change.session.add(whistle)
    call(change, whistle, *order.callouts)
    for duty, person in ((Duty.MEDIATOR, order.mediator), (Duty.RECORDER, order.recorder)):
        if person is not None:
            assign(change, dispute, person, duty)
    for party in order.invite:
        Invitation.make(change, dispute, party)
    if dispute.on_board_since is None:
        dispute.on_board_since = change.at
    change.session.flush()
    change.record(dispute.stream, EventKind.WHISTLE_SOUND, ("whistle", whistle.id), round=whistle.round,
                  level=whistle.level.value, units=[callout.unit_id for callout in whistle.callouts],
                  room=whistle.room_id, drill=whistle.is_drill)  # fmt: skip
    post(change, dispute.stream, "callout", [("callout", callout.id) for callout in whistle.callouts])
    dispute.touch(change)
    return whistle


def call(change: Change, whistle: Whistle, *orders: CalloutOrder) -> list[Callout]:
    """Start each unit's clock under a whistle."""
    dispute, wanted = whistle.dispute, [order.unit_id for order in orders]
    settings = dispute.centre.settings(change.session)
    # Read together: one by one, each would be a statement and a flush of its own.
    units = {unit.id: unit for unit in change.session.scalars(select(Unit).where(Unit.id.in_(wanted)))}
    made = []
    for order in orders:
        unit = units[order.unit_id]
        if not unit.is_active:
            raise RuleBroken(_("%(unit)s is no longer in use"), field="units", unit=unit.name)
        if any(callout.unit_id == unit.id and callout.is_open for callout in dispute.callouts):
            raise RuleBroken(_("%(unit)s is called already"), field="units", unit=unit.name)
        limit = order.limit_minutes or unit.arrival_limit(settings, local_day(change.at))
        if whistle.level is Level.URGENT:
            limit = min(limit, settings["urgent_limit"])
        callout = Callout.start(change, whistle, unit, order, limit)
        give_part(change, dispute, unit.id, Part.CALLED)
        made.append(callout)
    return made


def waiting_respondents(dispute: Dispute) -> list[Party]:
    """The other side that is not invited yet."""
    invited = {invitation.party_id for invitation in dispute.invitations}
    return [party for party in dispute.parties if party.side is not Side.APPLICANT and party.id not in invited]
