"""A representative 代理人, 法定代表人, 监护人 of a party: who speaks for it, as what, and what shows it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, one_of


class RepresentativeKind(StrEnum):
    """In what capacity somebody speaks for a party."""

    AGENT = "agent"
    LEGAL = "legal"
    GUARDIAN = "guardian"
    ELECTED = "elected"


@dataclass(frozen=True)
class Authority:
    """Who speaks for a party, as what, and what shows it (授权委托书, 推选书, 户口簿)."""

    kind: RepresentativeKind
    name: str
    authority: str = ""


class Representative(Base):
    """委托代理人, 法定代表人, 监护人 or elected representative of a party, with the authority shown."""

    __tablename__ = "representatives"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    kind: Mapped[RepresentativeKind] = mapped_column(one_of(RepresentativeKind))
    name: Mapped[str] = mapped_column(String(60))
    authority: Mapped[str] = mapped_column(String(120), default="")
