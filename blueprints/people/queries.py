"""The accounts a security administrator reaches, and what the pages show of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from models.event import Event
from models.person import Person, Role, RoleHeld, SignIn, Throttle, throttled
from models.unit import Unit
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.language import named

PAGE = 50
NEWEST = 12


def _below(paths: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in paths))


def units_in_reach() -> Select[tuple[Unit]]:
    return select(Unit).where(_below(current().served_paths(Permission.PERSON_MANAGE)), Unit.is_active)


def unit_choices() -> list[tuple[int, str]]:
    """Units of the tree, indented below each other."""
    below: dict[int | None, list[Unit]] = {}
    units = db.session.scalars(units_in_reach()).all()
    known = {unit.id for unit in units}
    for unit in sorted(units, key=lambda unit: (unit.kind != "centre", unit.sort_key)):
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    choices: list[tuple[int, str]] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in below.get(parent, ()):
            choices.append((unit.id, "　" * depth + named(unit)))
            walk(unit.id, depth + 1)

    walk(None, 0)
    return choices


def people_in_reach() -> Select[tuple[Person]]:
    """Whoever holds no role outside one's own reach: nobody resets the password of somebody above him."""
    reach = _below(current().served_paths(Permission.PERSON_MANAGE))
    beyond = exists().where(RoleHeld.person_id == Person.id, RoleHeld.unit_id == Unit.id, ~reach)
    return select(Person).where(~beyond).order_by(Person.sort_key, Person.id)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    words: str = ""
    role: str = ""
    unit: int | None = None
    state: str = ""
    after: int | None = None


def found(wanted: Wanted) -> list[Person]:
    """One page of accounts and one more, if there is a next page."""
    statement = people_in_reach().options(selectinload(Person.roles).selectinload(RoleHeld.unit)).limit(PAGE + 1)
    if wanted.words:
        like = Person.name.contains(wanted.words, autoescape=True)
        statement = statement.where(or_(like, Person.username.contains(wanted.words.casefold(), autoescape=True)))
    if wanted.role or wanted.unit:
        held = exists().where(RoleHeld.person_id == Person.id, RoleHeld.unit_id == Unit.id)
        if wanted.role:
            held = held.where(RoleHeld.role == wanted.role)
        if wanted.unit:
            top = db.session.get(Unit, wanted.unit)
            held = held.where(_below([top.path] if top else []))
        statement = statement.where(held)
    if wanted.state:
        statement = statement.where(STATES[wanted.state]())
    last = db.session.get(Person, wanted.after) if wanted.after else None
    if last is not None:
        statement = statement.where(tuple_(Person.sort_key, Person.id) > tuple_(last.sort_key, last.id))
    return list(db.session.scalars(statement))


def _locked() -> ColumnElement[bool]:
    return exists().where(
        or_(Throttle.key == Person.username, Throttle.key.startswith(Person.username + "|")),
        Throttle.locked_until > now(),
    )


STATES = {
    "active": lambda: Person.is_active,
    "disabled": lambda: ~Person.is_active,
    "locked": _locked,
    "initial": lambda: Person.must_change_password,
}


def locked_names() -> set[str]:
    """User names that are locked now, at one address or everywhere."""
    keys = db.session.scalars(select(Throttle.key).where(Throttle.locked_until > now()))
    return {key.split("|", 1)[0] for key in keys}


def counted_failures(person: Person) -> int:
    return db.session.scalar(select(func.max(Throttle.failures)).where(throttled(person.username))) or 0


def open_sessions(person: Person) -> list[SignIn]:
    return list(db.session.scalars(
        select(SignIn).where(SignIn.person_id == person.id, SignIn.ends_at > now(),
                             SignIn.rights_epoch == person.rights_epoch).order_by(SignIn.seen_at.desc())
    ))  # fmt: skip


def newest_events(person: Person) -> list[Event]:
    return list(db.session.scalars(
        select(Event).where(Event.stream == f"person:{person.id}").order_by(Event.seq.desc()).limit(NEWEST)
    ))  # fmt: skip


def held_role(person: Person, held_id: int) -> tuple[Role, Unit] | None:
    return next(((held.role, held.unit) for held in person.roles if held.id == held_id), None)
