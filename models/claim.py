"""A claim 诉求: one thing that is asked for in a dispute."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Claim(Base):
    """One thing that is asked for."""

    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
