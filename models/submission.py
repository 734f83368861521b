"""Twice is once: each creating form carries a key, and a repeated POST returns the first result."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Submission(Base):
    """A form that was accepted: its key, the digest of what it said, and where its result stands. Kept seven days."""

    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_at", "at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
