"""Personal accounts and the roles they hold, each for one unit and what is below. Nobody shares an account."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.actor import ActorKind
from models.base import Base, Key, one_of
from models.centre import renew_boards, serving
from models.change import Change
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.search_keys import pinyin_key
from models.unit import Unit
from models.words import _

# What somebody types at every sign-in, on any keyboard.
USERNAME = r"[A-Za-z][A-Za-z0-9._-]{2,39}"


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


# 三员: a centre may want each of them to hold nothing else.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


class Person(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str | None] = mapped_column(String(80))
    sort_key: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    # Opens the page of decisions on the telephone, and nothing else.
    pin_hash: Mapped[str | None] = mapped_column(String(200))
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
        person = cls(username=username.strip().casefold(), name=name, name_en=name_en,
                     sort_key=pinyin_key(name, person=True), password_hash=password_hash,
                     must_change_password=must_change_password, created_at=change.at, version=0)  # fmt: skip
        change.session.add(person)
        try:
            change.session.flush()  # the stream is named after the person's id
        except IntegrityError as error:
            raise RuleBroken(_("This user name is taken"), field="username") from error
        person._record(change, EventKind.PERSON_CREATE)
        return person

    def edit(self, change: Change, version: int, name: str, name_en: str | None) -> None:
        """Change how the person is called. Raises Stale; the same name again changes nothing."""
        self._lock(change, version)
        if (self.name, self.name_en) == (name, name_en):
            return
        self.name, self.name_en, self.sort_key = name, name_en, pinyin_key(name, person=True)
        self._record(change, EventKind.PERSON_EDIT)
        for held in self.roles:
            renew_boards(change, held.unit)

    def grant(self, change: Change, role: Role, unit: Unit) -> None:
        """Give a role for one unit; giving it twice changes nothing. Nobody gives himself anything."""
        self._refuse_own(change)
        self._lock(change)
        if any(held.role is role and held.unit_id == unit.id for held in self.roles):
            return
        roles = {role, *(held.role for held in self.roles)}
        if len(roles) > 1 and roles & ADMINISTRATORS and administrators_stand_alone(change.session, unit):
            raise RuleBroken(_("In this centre an administrator holds no other role"), field="role")
        self.roles.append(RoleHeld(role=role, unit_id=unit.id, since=change.at))
        self.rights_epoch += 1
        self._record(change, EventKind.PERSON_GRANT, role=role.value, unit=unit.id)

    def revoke(self, change: Change, role: Role, unit: Unit) -> None:
        self._refuse_own(change)
        self._lock(change)
        for held in [held for held in self.roles if held.role is role and held.unit_id == unit.id]:
            change.session.delete(held)
            self.roles.remove(held)
            self.rights_epoch += 1
            self._record(change, EventKind.PERSON_REVOKE, role=role.value, unit=unit.id)

    def choose_language(self, change: Change, language: str) -> None:
        """His own affair: whoever edits the account meanwhile is not overtaken by it."""
        change.lock(f"person:{self.id}", self)
        if self.language != language:
            self.language = language
            change.record(f"person:{self.id}", EventKind.PERSON_LANGUAGE, ("person", self.id), person=self.id,
                          language=language)  # fmt: skip

    def set_pin(self, change: Change, pin_hash: str) -> None:
        """Set the PIN of the telephone page; links sent so far stay good."""
        self._lock(change)
        self.pin_hash = pin_hash
        self._record(change, EventKind.PERSON_PIN)

    def set_password(self, change: Change, password_hash: str, *, must_change: bool) -> None:
        """Replace the password; every open session of the person ends."""
        self._lock(change)
        self.password_hash, self.must_change_password = password_hash, must_change
        self.rights_epoch += 1
        self._record(change, EventKind.PERSON_PASSWORD)

    def reset_password(self, change: Change, password_hash: str) -> None:
        """Give an initial password to somebody who has lost his own."""
        self._refuse_own(change)
        self.set_password(change, password_hash, must_change=True)

    def end_sessions(self, change: Change) -> None:
        """Sign the person out everywhere."""
        self._lock(change)
        if change.session.scalars(delete(SignIn).where(SignIn.person_id == self.id).returning(SignIn.person_id)).all():
            self._record(change, EventKind.PERSON_END_SESSIONS)

    def unlock(self, change: Change) -> None:
        """Forget the wrong passwords that were counted, from every address."""
        self._lock(change)
        if change.session.scalars(delete(Throttle).where(throttled(self.username)).returning(Throttle.key)).all():
            self._record(change, EventKind.PERSON_UNLOCK)

    def disable(self, change: Change) -> None:
        self._refuse_own(change)
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

    def _refuse_own(self, change: Change) -> None:
        if change.by.kind is ActorKind.USER and change.by.id == self.id:
            raise RuleBroken(_("Nobody changes the rights of his own account. Another administrator does this."))

    def _lock(self, change: Change, version: int | None = None) -> None:
        change.lock(f"person:{self.id}", self)
        if version is not None and self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))

    def _record(self, change: Change, kind: EventKind, **facts: object) -> None:
        self.version += 1
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
    # Opened by link and PIN: reaches the page of decisions only.
    is_narrow: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(String(45), default="")

    person: Mapped[Person] = relationship()


class Throttle(Base):
    """Counted per account, per account with address, and per kind with asker (operational): guesses and uploads."""

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


def throttled(username: str) -> ColumnElement[bool]:
    """The counts that belong to a user name: of the account, and of the account with each address."""
    return or_(Throttle.key == username, Throttle.key.startswith(f"{username}|", autoescape=True))


def administrators_stand_alone(session: Session, unit: Unit) -> bool:
    """Whether a centre that this unit belongs to wants 三员分立."""
    return any(centre.setting(session, "exclusive_administrators") for centre in serving(session, unit))


def mixed_administrators(session: Session, path: str) -> list[str]:
    """Names of those below this path who hold an administrator's role together with another one."""
    holding = select(RoleHeld.person_id).join(Unit).where(
        RoleHeld.role.in_(ADMINISTRATORS), Unit.path.startswith(path, autoescape=True)
    )  # fmt: skip
    several = select(RoleHeld.person_id).group_by(RoleHeld.person_id).having(func.count(RoleHeld.role.distinct()) > 1)
    return list(session.scalars(
        select(Person.name).where(Person.id.in_(holding), Person.id.in_(several)).order_by(Person.sort_key)
    ))  # fmt: skip
