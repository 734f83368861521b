"""What moved the last day of a deadline: days that stood still, and extensions that were agreed."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class DeadlinePause(Base):
    """Days that do not count: from `since`, until the day on which counting goes on."""

    __tablename__ = "deadline_pauses"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200))


class DeadlineExtension(Base):
    """So much longer, why, and who agreed on which day."""

    __tablename__ = "deadline_extensions"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id"), index=True)
    n: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    agreed_by: Mapped[str] = mapped_column(String(200))
    agreed_on: Mapped[date] = mapped_column(Date)
