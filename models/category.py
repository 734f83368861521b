"""Kinds of disputes (the judicial ministry's monthly list, with sub-kinds) and the units usually called for them."""

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.unit import Unit


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

    def suggested_units(self) -> list["CategoryUnit"]:
        """Units to propose: the sub-kind's own list, else its main kind's."""
        return self.suggestions or (self.parent.suggestions if self.parent else [])


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
    ).all()
    return [
        category
        for main in rows
        if main.parent_id is None
        for category in (main, *(sub for sub in rows if sub.parent_id == main.id))
    ]
