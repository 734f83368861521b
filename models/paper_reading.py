"""宣读确认 of a final paper: it is read out before a witness, or through an interpreter, to whoever cannot read."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.record_reading import ReadingWay
from models.signature import SigningWay

if TYPE_CHECKING:
    from models.signer import Signer

HEARD = (ReadingWay.ALOUD, ReadingWay.INTERPRETER)
BY_FINGERPRINT = (SigningWay.FINGERPRINT, SigningWay.BOTH)


class PaperReading(Base):
    """How one signer came to know the text. The newest counts; whoever heard it signs by fingerprint."""

    __tablename__ = "paper_readings"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    signer_id: Mapped[int] = mapped_column(ForeignKey("signers.id"), index=True)
    way: Mapped[ReadingWay] = mapped_column(one_of(ReadingWay))
    reader: Mapped[str] = mapped_column(String(40), default="")
    interpreter: Mapped[str] = mapped_column(String(40), default="")
    witness: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    signer: Mapped["Signer"] = relationship(back_populates="readings")
