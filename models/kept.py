"""Rows a centre keeps and edits by name: rooms, kinds of disputes, presiding bodies."""

from typing import Any

from sqlalchemy import ColumnElement, select

from models.change import Change
from models.errors import RuleBroken, Stale
from models.words import _


def open_row(change: Change, row: Any, version: int | None) -> None:
    """Lock the centre's stream; an existing row must still be as the person has read it."""
    if version is None:
        change.open_streams(f"centre:{row.centre_id}")
        return
    change.lock(f"centre:{row.centre_id}", row)
    if row.version != version:
        raise Stale(_("Somebody else has changed this record in the meantime"))


def assign(change: Change, row: Any, facts: dict[str, Any], *beside: ColumnElement[bool]) -> list[str]:
    """Write the facts and name those that changed; two rows of a centre, or of those `beside`, never share a name."""
    table = type(row)
    if "name" in facts and change.session.scalar(
        select(table.id).where(table.centre_id == row.centre_id, table.name == facts["name"], table.id != (row.id or 0),
                               *beside).limit(1)
    ):  # fmt: skip
        raise RuleBroken(_("There is one of this name already"), field="name")
    changed = sorted(name for name, value in facts.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, facts[name])
    return changed
