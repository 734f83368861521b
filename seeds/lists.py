"""What every house begins with: places, holidays, kinds of disputes, case types that wait for the court's approval."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import insert

from models.calendar import CalendarDay, DayKind
from models.case_type import CaseType
from models.category import Category
from models.centre import Centre
from models.change import Change
from models.person import Person
from models.unit import Unit

FOLDER = Path(__file__).parent / "ganzhou"
# 国务院办公厅关于2026年部分节假日安排的通知 (4 November 2025).
HOLIDAYS = Path(__file__).parent / "holidays_2026.csv"


def rows(name: str) -> Iterator[dict[str, str]]:
    return listed(FOLDER / f"{name}.csv")


def listed(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def calendar(change: Change, centre: Centre) -> None:
    """The holidays of the year and the weekends worked instead."""
    change.session.execute(insert(CalendarDay), [
        {"centre_id": centre.id, "day": date.fromisoformat(row["day"]), "kind": DayKind(row["kind"]),
         "name": row["name"]}
        for row in listed(HOLIDAYS)
    ])  # fmt: skip


def categories(change: Change, centre: Centre) -> dict[str, Category]:
    """By their keys in the list."""
    made: dict[str, Category] = {}
    for row in rows("categories"):
        made[row["key"]] = Category(centre_id=centre.id, parent=made.get(row["parent_key"]), name=row["name"],
                                    name_en=row["name_en"], non_public=row["non_public"] == "1",
                                    position=int(row["position"]))  # fmt: skip
        change.session.add(made[row["key"]])
    return made


def case_types(change: Change, centre: Centre, kinds: Mapping[str, Category],
               units: Mapping[str, Unit] | None = None,
               people: Mapping[str, Person] | None = None) -> None:  # fmt: skip
    """The composite of practice, marked 待法院核定; whom it proposes is known where `units` and `people` are."""
    for position, row in enumerate(rows("case_types"), 1):
        change.session.add(CaseType(centre_id=centre.id, name=row["name"], name_en=row["name_en"],
                                    category=kinds[row["category_key"]], excluded=row["excluded"],
                                    unit=(units or {}).get(row["unit_key"]),
                                    mediator=(people or {}).get(row["mediator"]), position=position * 10))  # fmt: skip
