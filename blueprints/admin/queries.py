"""What the manager may see and change."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from models.category import Category, CategoryUnit
from models.centre import Centre
from models.division import Division, DivisionLevel
from models.duty_turn import DutyTurn
from models.presiding_body import PresidingBody
from models.room import Room, RoomUse
from models.unit import Unit, UnitAlias
from security.identity import current
from security.permissions import Permission
from transaction import db
from web.language import named


def own_centre() -> Centre:
    """The centre the person manages; 404 for whoever only works in it."""
    centre = current().centre
    paths = current().served_paths(Permission.CENTRE_MANAGE)
    if centre is None or not any(centre.unit.path.startswith(path) for path in paths):
        raise NotFound
    return centre


def units_in_reach() -> Select[tuple[Unit]]:
    paths = current().served_paths(Permission.UNIT_MANAGE)
    within = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return select(Unit).where(or_(false(), *within)).options(selectinload(Unit.aliases))


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Each unit followed by what stands below it; neighbours by the sound of their names, the house first."""
    below: dict[int | None, list[Unit]] = {}
    rows = list(units)
    known = {unit.id for unit in rows}
    for unit in sorted(rows, key=lambda unit: (unit.kind != "centre", unit.sort_key)):
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ordered: list[Unit] = []

    def walk(parent: int | None) -> None:
        for unit in below.get(parent, ()):
            ordered.append(unit)
            walk(unit.id)

    walk(None)
    return ordered


def on_duty(units: Sequence[Unit], day: date) -> dict[int, DutyTurn]:
    turns = db.session.scalars(
        select(DutyTurn).where(DutyTurn.unit_id.in_([unit.id for unit in units]), DutyTurn.day == day)
    )
    return {turn.unit_id: turn for turn in turns}


def unit_called(name: str) -> Unit | None:
    """The unit of this name, English name or former name; nothing when two share it."""
    found = db.session.scalars(
        select(Unit).distinct().outerjoin(UnitAlias)
        .where(or_(Unit.name == name, Unit.name_en == name, UnitAlias.name == name)).limit(3)
    ).all()  # fmt: skip
    exact = [unit for unit in found if unit.name == name]
    return exact[0] if exact else found[0] if len(found) == 1 else None


def unit_names() -> list[str]:
    return [named(unit) for unit in db.session.scalars(select(Unit).where(Unit.is_active).order_by(Unit.sort_key))]


def division_choices() -> list[tuple[str, str]]:
    """Every place by its official code, villages indented below their township."""
    places = db.session.scalars(select(Division).order_by(Division.code))
    return [(place.code, ("　" if place.level is DivisionLevel.VILLAGE else "") + named(place)) for place in places]


def rooms_of(centre: Centre) -> Select[tuple[Room]]:
    return select(Room).where(Room.centre_id == centre.id).order_by(Room.is_active.desc(), Room.position, Room.id)


def rooms_in_use(centre: Centre) -> set[int]:
    return set(db.session.scalars(
        select(RoomUse.room_id).join(Room).where(Room.centre_id == centre.id, RoomUse.until.is_(None))
    ))  # fmt: skip


def bodies_of(centre: Centre) -> Select[tuple[PresidingBody]]:
    return (
        select(PresidingBody)
        .where(PresidingBody.centre_id == centre.id)
        .options(joinedload(PresidingBody.unit))
        .order_by(PresidingBody.is_active.desc(), PresidingBody.kind, PresidingBody.name)
    )


def categories_of(centre: Centre) -> Select[tuple[Category]]:
    return select(Category).where(Category.centre_id == centre.id).order_by(Category.position, Category.id)


def category_lines(centre: Centre) -> list[Category]:
    """Main kinds, each followed by its sub-kinds; inactive ones too."""
    proposed = selectinload(Category.suggestions).joinedload(CategoryUnit.unit)
    rows = db.session.scalars(categories_of(centre).options(proposed)).all()
    return [
        line
        for main in rows
        if main.parent_id is None
        for line in (main, *(sub for sub in rows if sub.parent_id == main.id))
    ]


def count(statement: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
