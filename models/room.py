"""Rooms of the house and who sits in them. A room holds one dispute at a time."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base import Base, Key, one_of
from models.centre import Centre
from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.kept import assign, open_row
from models.words import _

if TYPE_CHECKING:
    from models.dispute import Dispute


class RoomPurpose(StrEnum):
    MEDIATION = "mediation"
    LEGAL_AID = "legal_aid"
    COUNSELLING = "counselling"
    VIDEO = "video"


class Room(Base):
    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("centre_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str | None] = mapped_column(String(60))
    purpose: Mapped[RoomPurpose] = mapped_column(one_of(RoomPurpose), default=RoomPurpose.MEDIATION)
    seats: Mapped[int] = mapped_column(default=8)
    floor: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    centre: Mapped[Centre] = relationship()

    @classmethod
    def create(cls, change: Change, centre: Centre, **facts: Any) -> "Room":
        room = cls(centre_id=centre.id)
        room._write(change, None, facts)
        return room

    def edit(self, change: Change, version: int, **facts: Any) -> None:
        """Change what the room is called and fit for. A room in which people sit is not closed."""
        self._write(change, version, facts)

    def _write(self, change: Change, version: int | None, facts: dict[str, Any]) -> None:
        open_row(change, self, version)
        self._stand_in_line(change)
        if not facts.get("is_active", True) and self.id and self.current_use(change.session):
            raise RuleBroken(_("%(room)s is in use"), field="is_active", room=self.name)
        changed = assign(change, self, facts)
        if not changed:
            return
        self.version = (version or 0) + 1
        change.session.add(self)
        change.session.flush()  # the event speaks of its id
        change.record(f"centre:{self.centre_id}", EventKind.ROOM_EDIT, ("room", self.id), room=self.id, fields=changed)
        change.renew(f"centre:{self.centre_id}")

    def take(self, change: Change, dispute_id: int) -> "RoomUse":
        """Sit the dispute in this room. Raises RuleBroken while another one is there, and once the room is closed."""
        if not self._stand_in_line(change):
            raise RuleBroken(_("This room is no longer in use."), field="room_id")
        use = self.current_use(change.session)
        if use is not None and use.dispute_id == dispute_id:
            return use
        if use is not None:
            raise RuleBroken(_("%(room)s is in use"), field="room_id", room=self.name)
        leave_rooms(change, dispute_id)
        use = RoomUse(room_id=self.id, dispute_id=dispute_id, since=change.at)
        change.session.add(use)
        change.session.flush()  # the unique index decides here, not at the end
        change.record(f"dispute:{dispute_id}", EventKind.ROOM_TAKE, ("room", self.id), room=self.id)
        _tell(change, dispute_id, self.centre_id)
        return use

    def seat(self, change: Change, dispute: "Dispute") -> None:
        """候调 ends: the dispute takes this room, or changes into it."""
        dispute.lock(change)
        if not dispute.is_open:
            raise TransitionNotAllowed(_("This dispute is closed"))
        self.take(change, dispute.id)
        dispute.touch(change)

    def _stand_in_line(self, change: Change) -> bool | None:
        """Who sits down and who closes the room come one after the other. Whether it is open; nothing for a new one."""
        return change.session.scalar(select(Room.is_active).where(Room.id == self.id).with_for_update())

    def current_use(self, session: Session) -> "RoomUse | None":
        return session.scalars(select(RoomUse).where(RoomUse.room_id == self.id, RoomUse.until.is_(None))).one_or_none()


NOW = text("until IS NULL")


class RoomUse(Base):
    """A dispute sits in a room from `since` to `until`."""

    __tablename__ = "room_uses"
    __table_args__ = (
        Index("uq_room_uses_now", "room_id", unique=True, sqlite_where=NOW, postgresql_where=NOW),
        Index("ix_room_uses_dispute_id", "dispute_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    room: Mapped[Room] = relationship()


def leave_rooms(change: Change, dispute_id: int) -> None:
    """Free whatever room the dispute is in."""
    uses = select(RoomUse).where(RoomUse.dispute_id == dispute_id, RoomUse.until.is_(None))
    left = change.session.scalars(uses).all()
    for use in left:
        use.until = change.at
        change.record(f"dispute:{dispute_id}", EventKind.ROOM_LEAVE, ("room", use.room_id), room=use.room_id)
    change.session.flush()  # the room must be free before somebody else takes it in the same change
    if left:
        _tell(change, dispute_id, left[0].room.centre_id)


def _tell(change: Change, dispute_id: int, centre_id: int) -> None:
    """Other cards read where this dispute sits: of units on their way through the house, of people without a room."""
    from models.visit_plan import touch_way  # late: plans and cards know the rooms

    touch_way(change, dispute_id)
    _tell_waiting(change, centre_id)


def _tell_waiting(change: Change, centre_id: int) -> None:
    from models.seating import touch_waiting

    touch_waiting(change, centre_id)


def room_of(session: Session, dispute_id: int) -> Room | None:
    """The room this dispute sits in; nothing while it waits."""
    use = select(Room).join(RoomUse).where(RoomUse.dispute_id == dispute_id, RoomUse.until.is_(None))
    return session.scalars(use.order_by(RoomUse.id.desc()).limit(1)).one_or_none()


def rooms_of(session: Session, dispute_ids: Collection[int]) -> dict[int, Room]:
    """Where these disputes sit, in one statement; those that wait are left out."""
    uses = select(RoomUse).where(RoomUse.dispute_id.in_(dispute_ids), RoomUse.until.is_(None))
    return {use.dispute_id: use.room for use in session.scalars(uses.options(joinedload(RoomUse.room)))}


def free_rooms(session: Session, centre_id: int) -> list[Room]:
    """Rooms nobody sits in, in the order of the house."""
    taken = select(RoomUse.room_id).where(RoomUse.until.is_(None))
    return list(
        session.scalars(
            select(Room)
            .where(Room.centre_id == centre_id, Room.is_active, Room.id.not_in(taken))
            .order_by(Room.position)
        )
    )
