"""Advice about the wording 建议改 that was seen and not followed; it stays with the agreement."""

import json
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Facts, Key
from models.change import Change
from models.finding import Finding


class AgreementRemark(Base):
    """A finding of models/clarity.py, about a term or the whole; who recorded the agreement had seen it."""

    __tablename__ = "agreement_remarks"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), index=True)
    position: Mapped[int | None]
    code: Mapped[str] = mapped_column(String(24))
    said: Mapped[str] = mapped_column(Text, default="{}")
    seen_by_id: Mapped[int | None] = mapped_column(Key)
    seen_at: Mapped[datetime]

    @classmethod
    def of(cls, change: Change, finding: Finding) -> "AgreementRemark":
        return cls(position=finding.row, code=finding.code, said=json.dumps(finding.facts, ensure_ascii=False),
                   seen_by_id=change.by.id, seen_at=change.at)  # fmt: skip

    @property
    def facts(self) -> Facts:
        """What the sentence names: words of the agreement, numbers."""
        found: Facts = json.loads(self.said)
        return found
