"""Loads the demo: places and units of Ganzhou District are public, all people and telephones are invented."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert, select

from models.actor import OPERATOR
from models.category import Category, CategoryUnit
from models.centre import Centre, Setting
from models.change import Change
from models.clock import local_day
from models.division import bring
from models.duty_turn import DutyTurn
from models.person import Person, Role
from models.preparation import PARTS, PreparationSheet
from models.presiding_body import BodyKind, PresidingBody
from models.referral_course import MODE_SETTINGS
from models.room import Room, RoomPurpose
from models.subsidy_grade import Grade
from models.subsidy_rate import SubsidyRateTable
from models.unit import Stationing, Unit, UnitAlias, UnitKind
from security.passwords import hash_password
from seeds.lists import calendar, case_types, categories, rows
from transaction import transaction

FOLDER = Path(__file__).parent / "ganzhou"
PASSWORD = "Demo-2026"  # noqa: S105 - invented people only; production refuses demo data
DUTY_DAYS = 31
# Nobody publishes the rates of this district: what the demo pays is invented, and says so.
RATES_BASIS = "演示数据，非正式标准"


def load(data_dir: Path) -> int:
    """Fill an empty database; writes `demo-logins.tsv` (mode 0600) and returns the number of accounts."""
    hashed = hash_password(PASSWORD)
    with transaction(OPERATOR) as change:
        bring(change, rows("divisions"))
        units = _units(change)
        centre = _centre(change, units["centre"], "620702", "甘综", "甘州区综治中心", "Ganzhou District Centre")
        kinds = _categories(change, centre, units)
        _rooms(change, centre)
        bodies = _bodies(change, centre, units)
        _townships(change, units, list(kinds.values()), bodies)
        logins = _people(change, units, hashed)
        people = {person.username: person for person in change.session.scalars(select(Person))}
        case_types(change, centre, kinds, units, people)
        _duty(change, units)
        for house in change.session.scalars(select(Centre).order_by(Centre.id)):
            calendar(change, house)
        _rates(change)
    path = data_dir / "demo-logins.tsv"
    path.touch(mode=0o600)
    path.write_text("".join("\t".join(login) + "\n" for login in logins), encoding="utf-8")
    return len({login[1] for login in logins})


def _units(change: Change) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in rows("units"):
        unit = Unit.create(change, units.get(row["parent_key"]), UnitKind(row["kind"]), row["name"],
                           name_en=row["name_en"], stationing=Stationing(row["stationing"]),
                           division_code=row["division_code"] or None, distance_km=float(row["distance_km"]),
                           limit_minutes=int(row["limit_minutes"]) if row["limit_minutes"] else None,
                           telephone=row["telephone"])  # fmt: skip
        unit.aliases = [UnitAlias(name=alias) for alias in row["aliases"].split("|") if alias]
        units[row["key"]] = unit
    for row in rows("rotation"):
        units[row["unit_key"]].weekdays = row["weekdays"]
    return units


def _centre(change: Change, unit: Unit, code: str, prefix: str, name: str, name_en: str) -> Centre:
    centre = Centre(unit_id=unit.id, code=code, prefix=prefix, name=name, name_en=name_en,
                    telephone=unit.telephone, unit=unit)  # fmt: skip
    change.session.add(centre)
    change.session.flush()
    # All modes of court matters are on: nobody is asked which.
    change.session.add_all(Setting(centre_id=centre.id, name=name, value="true") for name in MODE_SETTINGS.values())
    return centre


def _categories(change: Change, centre: Centre, units: dict[str, Unit]) -> dict[str, Category]:
    made = categories(change, centre)
    for row in rows("category_units"):
        made[row["category_key"]].suggestions.append(
            CategoryUnit(unit=units[row["unit_key"]], question=row["question"], position=int(row["position"]))
        )
    for row in rows("preparation"):
        parts = {name: row[name].replace("|", "\n") for name in PARTS}
        change.session.add(PreparationSheet(category=made[row["category_key"]], **parts))
    return made


def _rooms(change: Change, centre: Centre) -> None:
    for position, row in enumerate(rows("rooms"), 1):
        change.session.add(Room(centre_id=centre.id, name=row["name"], name_en=row["name_en"], position=position,
                                purpose=RoomPurpose(row["purpose"]), seats=int(row["seats"]),
                                floor=row["floor"]))  # fmt: skip


def _bodies(change: Change, centre: Centre, units: dict[str, Unit]) -> list[PresidingBody]:
    made = []
    for row in rows("bodies"):
        unit = units[row["unit_key"]]
        # A township's committee presides in its own house.
        if unit.kind is UnitKind.TOWNSHIP:
            made.append(PresidingBody(unit_id=unit.id, kind=BodyKind(row["kind"]), name=row["name"],
                                      name_en=row["name_en"], register_prefix=row["register_prefix"]))  # fmt: skip
            continue
        change.session.add(PresidingBody(centre_id=centre.id, unit_id=unit.id, kind=BodyKind(row["kind"]),
                                         name=row["name"], name_en=row["name_en"],
                                         register_prefix=row["register_prefix"]))  # fmt: skip
    return made


def _townships(change: Change, units: dict[str, Unit], categories: list[Category], bodies: list[PresidingBody]) -> None:
    """Each township has a centre of its own: one room, the main categories, its committee."""
    for unit in units.values():
        if unit.kind is not UnitKind.TOWNSHIP or unit.division_code is None:
            continue
        centre = _centre(change, unit, unit.division_code, f"{unit.name[:2]}综{unit.division_code[-3:]}",
                         f"{unit.name}综治中心", f"{unit.name_en} Centre")  # fmt: skip
        change.session.add(Room(centre_id=centre.id, name="调解室", name_en="Mediation room", position=1, seats=8))
        for main in categories:
            if main.parent is None:
                change.session.add(Category(centre_id=centre.id, name=main.name, name_en=main.name_en,
                                            non_public=main.non_public, position=main.position))  # fmt: skip
        for body in bodies:
            if body.unit_id == unit.id:
                body.centre_id = centre.id
                change.session.add(body)


def _people(change: Change, units: dict[str, Unit], hashed: str) -> list[tuple[str, str, str, str]]:
    people: dict[str, Person] = {}
    logins = []
    for row in rows("people"):
        name = row["username"]
        if name not in people:
            people[name] = Person.create(change, name, row["name"], hashed, name_en=row["name_en"],
                                         must_change_password=False)  # fmt: skip
        people[name].grant(change, Role(row["role"]), units[row["unit_key"]])
        logins.append((row["role"], name, PASSWORD, units[row["unit_key"]].name))
    return logins


def _duty(change: Change, units: dict[str, Unit]) -> None:
    today = local_day(change.at)
    turns, deputies = [], {row["unit_key"]: row for row in rows("deputies")}
    nobody = {"name": "", "post": "", "telephone": ""}
    for row in rows("duty"):
        deputy = deputies.get(row["unit_key"], nobody)
        for offset in range(DUTY_DAYS):
            uid = uuid4().hex
            sealed = change.sealer.seal("duty_turns", "telephone", uid, row["telephone"])
            number = deputy["telephone"]
            standing_in = change.sealer.seal("duty_turns", "deputy_telephone", uid, number) if number else None
            turns.append({"uid": uid, "unit_id": units[row["unit_key"]].id, "day": today + timedelta(days=offset),
                          "name": row["name"], "post": row["post"], "telephone_sealed": sealed,
                          "deputy_name": deputy["name"], "deputy_post": deputy["post"],
                          "deputy_telephone_sealed": standing_in, "is_deputised": False})  # fmt: skip
    change.session.execute(insert(DutyTurn), turns)


def _rates(change: Change) -> None:
    """What a house pays for each grade of a settled dispute, in every house."""
    table = list(rows("subsidy_rates"))
    rates = {Grade(row["grade"]): int(row["yuan"]) * 100 for row in table}
    for centre in change.session.scalars(select(Centre).order_by(Centre.id)):
        SubsidyRateTable.enter(change, centre, date.fromisoformat(table[0]["valid_from"]), RATES_BASIS, rates)
