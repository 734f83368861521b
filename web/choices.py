"""Long lists to choose from: kinds of disputes, places, units. Each option carries the letters it may be typed by."""

from functools import lru_cache

from sqlalchemy import or_, select

from models.category import Category, category_tree
from models.centre import Centre
from models.division import Division, DivisionLevel
from models.search_keys import pinyin_key
from models.unit import Unit
from transaction import db
from web.language import named

Choice = tuple[str, str, dict[str, str]]


@lru_cache(maxsize=4096)
def letters(name: str) -> str:
    """物业费 → "wyf wuyefei": initials and sound, by which a list without Chinese input is searched."""
    sounds = pinyin_key(name).split("\t", 1)[0].split()
    return " ".join({"".join(sound[0] for sound in sounds): None, "".join(sounds): None})


def choice(value: object, shown: str, *names: str) -> Choice:
    return str(value), shown, {"data-key": " ".join(letters(name) for name in names)}


def blank(words: str) -> Choice:
    return "", words, {}


def category_choices(centre: Centre, chosen: Category | None = None) -> list[Choice]:
    """Main kinds, each followed by its sub-kinds: 物业, 物业 · 供暖; the chosen one also when it is used no longer."""
    tree = category_tree(db.session(), centre.id)
    mains = {category.id: category for category in tree if category.parent_id is None}
    if chosen is not None and chosen not in tree:
        mains[chosen.main.id] = chosen.main
        tree = [*tree, chosen]
    return [
        choice(category.id, named(category), category.name)
        if category.parent_id is None
        else choice(category.id, f"{named(mains[category.parent_id])} · {named(category)}", category.name)
        for category in tree
    ]


def division_choices() -> list[Choice]:
    """Townships, each followed by its villages: 三闸镇, 三闸镇 高寨村. The county stands first, the bare name last."""
    rows = db.session.scalars(select(Division).order_by(Division.code)).all()
    towns = {row.code: row for row in rows if row.level is not DivisionLevel.VILLAGE}
    return [
        choice(row.code, named(row), row.name)
        if row.level is not DivisionLevel.VILLAGE or row.parent_code not in towns
        else choice(row.code, f"{named(towns[row.parent_code])} {named(row)}", row.name)
        for row in rows
    ]


def unit_choices(chosen: Unit | None = None) -> list[Choice]:
    """Every unit in use and the chosen one, in the order of its sound."""
    offered = or_(Unit.is_active, Unit.id == (chosen.id if chosen else None))
    units = db.session.scalars(select(Unit).where(offered).order_by(Unit.sort_key))
    return [choice(unit.id, named(unit), unit.name) for unit in units]
