"""What an import found wrong: a cell, or a whole row, that cannot be taken, and why. Never what stands in it."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, one_of
from models.court_columns import CourtColumn
from models.court_row import Finding


class ImportFinding(Base):
    """One sentence of the report; rows are counted as the table program does."""

    __tablename__ = "import_findings"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("court_imports.id"), index=True)
    row: Mapped[int]
    column: Mapped[CourtColumn | None] = mapped_column(one_of(CourtColumn))
    fault: Mapped[str] = mapped_column(Text)
    fault_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @classmethod
    def of(cls, import_id: int, found: Finding) -> "ImportFinding":
        return cls(import_id=import_id, row=found.row, column=found.column, fault=found.fault.msgid,
                   fault_values=found.fault.values)  # fmt: skip
