"""Risk ticks 风险提示 of a dispute: facts that a person has seen and ticked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, one_of


class Risk(StrEnum):
    """Facts ticked by a person, never guessed; on no paper the party signs."""

    VIOLENCE = "violence"
    WEAPON = "weapon"
    THREAT = "threat"
    DOMESTIC = "domestic"
    AGITATED = "agitated"
    PUBLIC_OPINION = "public_opinion"
    VULNERABLE = "vulnerable"
    POLICE_BEFORE = "police_before"


class RiskTick(Base):
    __tablename__ = "risk_ticks"
    __table_args__ = (UniqueConstraint("dispute_id", "risk"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    risk: Mapped[Risk] = mapped_column(one_of(Risk))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)
