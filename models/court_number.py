"""Numbers of a court 案号: typed as they stand on its paper, checked for their shape, never made here.

A matter may get a new one (诉前调 → 民初); the old ones stay and are found.
"""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.change import Change
from models.words import _

# (2026)甘0702民初123号: year, court, kind of procedure, running number; higher courts have fewer figures.
_SHAPE = re.compile(
    r"\((?:19|20)\d{2}\)[\u4e00-\u9fff]{1,3}\d{0,4}[\u4e00-\u9fff]{1,6}\d{1,6}号(?:之[一二三四五六七八九十]{1,3})?"
)
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


class CourtNumber(Base):
    """One number of a referral; the newest counts."""

    __tablename__ = "court_numbers"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    text: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(60), index=True)
    noted_at: Mapped[datetime]

    @classmethod
    def noted(cls, change: Change, text: str) -> "CourtNumber":
        """As it was typed, with the key it is found by."""
        return cls(text=text.strip(), key=court_number_key(text), noted_at=change.at)


def court_number_key(text: str) -> str:
    """As numbers are compared: neither width nor spaces nor the shape of the brackets count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def court_number_problem(text: str) -> str | None:
    """What is wrong with its shape, or nothing."""
    if _SHAPE.fullmatch(court_number_key(text)):
        return None
    return _("Enter the number as it stands on the court's paper, for example (2026)甘0702民初123号")
