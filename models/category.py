"""Kinds of disputes (the judicial ministry's monthly list, with sub-kinds) and the units usually called for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.centre import Centre
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.kept import assign, open_row
from models.unit import Unit
from models.words import _


class Category(Base):
    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("centre_id", "parent_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str | None] = mapped_column(String(80))
    # Marriage and family matters are not shown by kind on any screen.
    non_public: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped["Category | None"] = relationship(remote_side="Category.id")
    suggestions: Mapped[list["CategoryUnit"]] = relationship(
        cascade="all, delete-orphan", order_by="CategoryUnit.position"
    )

    @property
    def main(self) -> "Category":
        """The main kind: a sub-kind's parent, else the kind itself."""
        return self.parent or self

    def suggested_units(self) -> list["CategoryUnit"]:
        """Units to propose: the sub-kind's own list, else its main kind's."""
        return self.suggestions or (self.parent.suggestions if self.parent else [])

    @classmethod
    def create(cls, change: Change, centre: Centre, suggestions: Sequence["Suggestion"] = (),
               **facts: Any) -> "Category":  # fmt: skip
        category = cls(centre_id=centre.id)
        category._write(change, None, suggestions, facts)
        return category

    def edit(self, change: Change, version: int, suggestions: Sequence["Suggestion"], **facts: Any) -> None:
        """Change the kind and the units it proposes. Disputes keep the kind they were registered under."""
        self._write(change, version, suggestions, facts)

    def _write(
        self, change: Change, version: int | None, wanted: Sequence["Suggestion"], facts: dict[str, Any]
    ) -> None:
        open_row(change, self, version)
        parent_id = facts.get("parent_id", self.parent_id)
        self._check_place(change.session, parent_id)
        changed = assign(
            change, self, facts, Category.parent_id == parent_id if parent_id else Category.parent_id.is_(None)
        )
        held = [(one.unit_id, one.question) for one in self.suggestions]
        if held != [(one.unit_id, one.question) for one in wanted]:
            changed.append("units")
            self._suggest(wanted)
        if not changed:
            return
        self.version = (version or 0) + 1
        change.session.add(self)
        change.session.flush()  # the event speaks of its id
        change.record(f"centre:{self.centre_id}", EventKind.CATEGORY_EDIT, ("category", self.id), category=self.id,
                      fields=changed)  # fmt: skip
        change.renew(f"centre:{self.centre_id}")  # a kind that is hidden now must leave the wall at once

    def _check_place(self, session: Session, parent_id: int | None) -> None:
        """Kinds have two levels."""
        if parent_id is None:
            return
        parent = session.get(Category, parent_id)
        has_subs = self.id and session.scalar(select(Category.id).where(Category.parent_id == self.id).limit(1))
        if parent is None or parent.centre_id != self.centre_id or parent.parent_id or parent_id == self.id or has_subs:
            raise RuleBroken(_("A sub-kind stands below a main kind and has none below itself"), field="parent_id")

    def _suggest(self, wanted: Sequence["Suggestion"]) -> None:
        held = {one.unit_id: one for one in self.suggestions}
        chosen = {one.unit_id for one in wanted}
        for unit_id in held.keys() - chosen:
            self.suggestions.remove(held[unit_id])
        for position, one in enumerate(wanted, 1):
            row = held.get(one.unit_id)
            if row is None:
                row = held[one.unit_id] = CategoryUnit(unit_id=one.unit_id)
                self.suggestions.append(row)
            row.question, row.position = one.question, position * 10


@dataclass(frozen=True)
class Suggestion:
    """A unit to propose and the question to put to it; they are proposed in the order given."""

    unit_id: int
    question: str = ""


class CategoryUnit(Base):
    """A unit suggested for a category, with the question it usually has to answer."""

    __tablename__ = "category_units"
    __table_args__ = (UniqueConstraint("category_id", "unit_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    question: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship()


def category_tree(session: Session, centre_id: int) -> list[Category]:
    """Active categories, each main kind followed by its sub-kinds."""
    rows = session.scalars(
        select(Category).where(Category.centre_id == centre_id, Category.is_active).order_by(Category.position)
    )
    below: dict[int | None, list[Category]] = defaultdict(list)
    for category in rows:
        below[category.parent_id].append(category)
    return [category for main in below[None] for category in (main, *below[main.id])]


def category_in_use(session: Session, centre_id: int, key: str) -> Category | None:
    """The active kind with this number, as a form of this house names it."""
    wanted = int(key) if key.isascii() and key.isdecimal() and len(key) < 12 else 0
    found = select(Category).where(Category.id == wanted, Category.centre_id == centre_id, Category.is_active)
    return session.scalars(found).one_or_none()
