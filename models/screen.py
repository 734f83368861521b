"""A screen: a device of the house with one fixed face, connected by a link that works once and can be revoked."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, bindparam, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Instant, Key, one_of
from models.centre import Centre
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.room import Room
from models.words import _


class Face(StrEnum):
    WALL = "wall"
    HALL = "hall"
    DOOR = "door"
    CODE = "code"


# A screen asks every few seconds; nobody misses it before this.
SILENT = timedelta(minutes=2)


def digest(token: str) -> str:
    """What is kept of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Screen(Base):
    __tablename__ = "screens"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    face: Mapped[Face] = mapped_column(one_of(Face))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    name: Mapped[str] = mapped_column(String(60))
    pairing_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    paired_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    centre: Mapped[Centre] = relationship()
    room: Mapped[Room | None] = relationship()

    @classmethod
    def make(cls, change: Change, centre: Centre, face: Face, name: str, room: Room | None) -> tuple["Screen", str]:
        """A new screen and the token of its single-use link. A door screen needs its room."""
        if face is Face.DOOR and room is None:
            raise RuleBroken(_("Choose the room of this screen"), field="room_id")
        if not name.strip():
            raise RuleBroken(_("Enter a name for this screen"), field="name")
        token = secrets.token_urlsafe(24)
        screen = cls(centre_id=centre.id, face=face, name=name.strip(), room=room, pairing_hash=digest(token),
                     made_at=change.at)  # fmt: skip
        change.session.add(screen)
        change.session.flush()  # the event speaks of its id
        screen._record(change, EventKind.SCREEN_CREATE)
        return screen, token

    def pair(self, change: Change, token: str) -> str:
        """Use up the link; returns the token of the device's cookie."""
        change.lock(f"centre:{self.centre_id}", self)
        if self.revoked_at is not None or self.pairing_hash != digest(token):
            raise RuleBroken(_("This link has been used already or was withdrawn. Make a new one."))
        cookie = secrets.token_urlsafe(32)
        self.pairing_hash, self.token_hash, self.paired_at = None, digest(cookie), change.at
        self._record(change, EventKind.SCREEN_PAIR)
        return cookie

    def revoke(self, change: Change) -> None:
        change.lock(f"centre:{self.centre_id}", self)
        if self.revoked_at is None:
            self.revoked_at, self.pairing_hash = change.at, None
            self._record(change, EventKind.SCREEN_REVOKE)

    def _record(self, change: Change, kind: EventKind) -> None:
        change.record(f"centre:{self.centre_id}", kind, ("screen", self.id), face=self.face.value)


class ScreenSign(Base):
    """When a screen last asked (operational)."""

    __tablename__ = "screen_signs"

    screen_id: Mapped[int] = mapped_column(ForeignKey("screens.id"), primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime]


_SEE = text(
    "INSERT INTO screen_signs (screen_id, seen_at) VALUES (:screen_id, :seen_at) "
    "ON CONFLICT (screen_id) DO UPDATE SET seen_at = excluded.seen_at"
).bindparams(bindparam("seen_at", type_=Instant))


def see(session: Session, screen_id: int, at: datetime) -> None:
    """The screen has asked."""
    session.execute(_SEE, {"screen_id": screen_id, "seen_at": at})


def last_seen(session: Session, screens: Sequence[Screen]) -> dict[int, datetime]:
    """When each of these screens last asked; who never did is not named."""
    ids = [screen.id for screen in screens]
    rows = session.execute(select(ScreenSign.screen_id, ScreenSign.seen_at).where(ScreenSign.screen_id.in_(ids)))
    return dict(rows.tuples().all())
