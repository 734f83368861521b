"""A signature 签名、按指印、盖章, or the refusal to sign: one entry for one line of a final paper, never changed.

The newest entry of a line counts: who refused may sign later, who has signed has signed.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of

if TYPE_CHECKING:
    from models.signer import Signer


class SigningWay(StrEnum):
    """How a line was signed (人民调解法 art. 29: 签名、盖章或者按指印), or that it was not, or was noted by mistake."""

    HAND = "hand"
    FINGERPRINT = "fingerprint"
    BOTH = "hand_and_fingerprint"
    SEAL = "seal"
    INK = "ink"
    REFUSED = "refused"
    STRUCK = "struck"


NOT_SIGNED = (SigningWay.REFUSED, SigningWay.STRUCK)
ON_PAPER = (SigningWay.BOTH, SigningWay.HAND, SigningWay.FINGERPRINT, SigningWay.SEAL)


class Signature(Base):
    """`text_hash` is of the text that lay before the signer. Only ink has a drawing, which is sealed, and a device."""

    __tablename__ = "signatures"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    signer_id: Mapped[int] = mapped_column(ForeignKey("signers.id"), index=True)
    way: Mapped[SigningWay] = mapped_column(one_of(SigningWay))
    name: Mapped[str] = mapped_column(String(200))
    signed_on: Mapped[date] = mapped_column(Date)
    text_hash: Mapped[str] = mapped_column(String(64))
    ink_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    device: Mapped[str] = mapped_column(String(40), default="")
    # Why it was refused or struck out; of a refusal also who was there.
    reason: Mapped[str] = mapped_column(String(200), default="")
    present: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    signer: Mapped["Signer"] = relationship(back_populates="signatures")
