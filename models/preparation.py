"""等待这 20 分钟: one sheet per kind of dispute for the time until everybody is in the room."""

from typing import Any

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.category import Category
from models.change import Change
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.words import _

QUESTIONS = 5


class PreparationSheet(Base):
    """Five questions, evidence, who must be present, articles, a skeleton of terms: one item per line, in Chinese."""

    __tablename__ = "preparation_sheets"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), unique=True)
    questions: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    present: Mapped[str] = mapped_column(Text, default="")
    articles: Mapped[str] = mapped_column(Text, default="")
    terms: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    category: Mapped[Category] = relationship()


PARTS = ("questions", "evidence", "present", "articles", "terms")


def sheet_of(session: Session, category: Category) -> PreparationSheet | None:
    """The kind's own sheet, else that of its main kind."""
    return own_sheet(session, category.id) or (own_sheet(session, category.parent_id) if category.parent_id else None)


def own_sheet(session: Session, category_id: int) -> PreparationSheet | None:
    return session.scalars(select(PreparationSheet).where(PreparationSheet.category_id == category_id)).one_or_none()


def edit_sheet(change: Change, category: Category, version: int, **parts: str) -> PreparationSheet:
    """Write the sheet of a kind; version 0 is the one that does not exist yet."""
    change.open_streams(f"centre:{category.centre_id}")
    sheet = own_sheet(change.session, category.id)
    if (sheet.version if sheet else 0) != version:
        raise Stale(_("Somebody else has changed this record in the meantime"))
    parts = {name: tidy(words) for name, words in parts.items()}
    if len(lines(parts.get("questions", ""))) > QUESTIONS:
        raise RuleBroken(_("At most five questions: the time is short"), field="questions")
    sheet = sheet or PreparationSheet(category_id=category.id, version=0, **dict.fromkeys(PARTS, ""))
    changed: list[Any] = sorted(name for name, words in parts.items() if getattr(sheet, name) != words)
    for name in changed:
        setattr(sheet, name, parts[name])
    if changed:
        sheet.version = version + 1
        change.session.add(sheet)
        change.session.flush()
        change.record(f"centre:{category.centre_id}", EventKind.PREPARATION_EDIT, ("preparation", sheet.id),
                      category=category.id, fields=changed)  # fmt: skip
    return sheet


def tidy(words: str) -> str:
    return "\n".join(lines(words))


def lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
