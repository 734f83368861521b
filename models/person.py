"""Personal accounts and the roles they hold, each for one unit and what is below. Nobody shares an account."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.search_keys import pinyin_key
from models.unit import Unit
from models.words import _


class Role(StrEnum):
    CLERK = "clerk"
    DUTY_LEADER = "duty_leader"
    CENTRE_MANAGER = "centre_manager"
    MEDIATOR = "mediator"
    OFFICER = "officer"
    UNIT_MANAGER = "unit_manager"
    COURT_DESK = "court_desk"
    LAWYER = "lawyer"
    COUNSELLOR = "counsellor"
    STATISTICIAN = "statistician"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


class Person(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str | None] = mapped_column(String(80))
    sort_key: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    # Raised whenever rights change: every session opened before is void at once.
    rights_epoch: Mapped[int] = mapped_column(default=1)
    language: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    roles: Mapped[list["RoleHeld"]] = relationship(back_populates="person", order_by="RoleHeld.id")

    @classmethod
    def create(cls, change: Change, username: str, name: str, password_hash: str, *,
               name_en: str | None = None, must_change_password: bool = True) -> "Person":  # fmt: skip
        """Open an account. Raises RuleBroken when the user name is taken."""
        username = username.strip().casefold()
        if change.session.scalar(select(Person.id).where(Person.username == username)):
            raise RuleBroken(_("This user name is taken"), field="username")
        person = cls(username=username, name=name, name_en=name_en, sort_key=pinyin_key(name),
                     password_hash=password_hash, must_change_password=must_change_password,
                     created_at=change.at)  # fmt: skip
        change.session.add(person)
        change.session.flush()  # the stream is named after the person's id
        person._record(change, EventKind.PERSON_CREATE)
        return person

    def edit(self, change: Change, version: int, name: str, name_en: str | None) -> None:
        self._lock(change, version)
        self.name, self.name_en, self.sort_key = name, name_en, pinyin_key(name)
        self._record(change, EventKind.PERSON_EDIT)

    def grant(self, change: Change, role: Role, unit: Unit) -> None:
        """Give a role for one unit; giving it twice changes nothing."""
        self._lock(change)
        if any(held.role is role and held.unit_id == unit.id for held in self.roles):
            return
        self.roles.append(RoleHeld(role=role, unit_id=unit.id, since=change.at))
        self.rights_epoch += 1
        self._record(change, EventKind.PERSON_GRANT, role=role.value, unit=unit.id)

    def revoke(self, change: Change, role: Role, unit: Unit) -> None:
        self._lock(change)
        for held in [held for held in self.roles if held.role is role and held.unit_id == unit.id]:
            change.session.delete(held)
            self.roles.remove(held)
            self.rights_epoch += 1
            self._record(change, EventKind.PERSON_REVOKE, role=role.value, unit=unit.id)

    def set_password(self, change: Change, password_hash: str, *, must_change: bool) -> None:
        """Replace the password; every open session of the person ends."""
        self._lock(change)
        self.password_hash, self.must_change_password = password_hash, must_change
        self.rights_epoch += 1
        self._record(change, EventKind.PERSON_PASSWORD)

    def disable(self, change: Change) -> None:
        self._lock(change)
        if self.is_active:
            self.is_active = False
            self.rights_epoch += 1
            self._record(change, EventKind.PERSON_DISABLE)

    def enable(self, change: Change) -> None:
        self._lock(change)
        if not self.is_active:
            self.is_active = True
            self._record(change, EventKind.PERSON_ENABLE)

    def _lock(self, change: Change, version: int | None = None) -> None:
        change.lock(f"person:{self.id}", self)
        if version is not None and self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        self.version += 1

    def _record(self, change: Change, kind: EventKind, **facts: object) -> None:
        change.record(f"person:{self.id}", kind, ("person", self.id), person=self.id, **facts)


class RoleHeld(Base):
    """One role of one person at one unit."""

    __tablename__ = "roles_held"
    __table_args__ = (UniqueConstraint("person_id", "role", "unit_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role] = mapped_column(one_of(Role))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    since: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="roles")
    unit: Mapped[Unit] = relationship()


class SignIn(Base):
    """An open session (operational). Only the digest of its token is kept."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_person_id", "person_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    rights_epoch: Mapped[int]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(45), default="")

    person: Mapped[Person] = relationship()


class Throttle(Base):
    """Wrong passwords counted per account and per account with address (operational)."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]
    locked_until: Mapped[datetime | None]


def holders(session: Session, role: Role, unit: Unit) -> list[Person]:
    """Active people holding the role at this unit or below, in the order of their names."""
    return list(
        session.scalars(
            select(Person).join(RoleHeld).join(Unit).distinct()
            .where(RoleHeld.role == role, Unit.path.startswith(unit.path, autoescape=True), Person.is_active)
            .order_by(Person.sort_key)
        )
    )  # fmt: skip
