"""What the headings of a court's own tables mean, remembered from the first time somebody said it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key, one_of
from models.court_columns import CourtColumn, heading_key


class CourtHeading(Base):
    """A heading in this court's tables; without a column it is left out."""

    __tablename__ = "court_headings"
    __table_args__ = (UniqueConstraint("centre_id", "court_id", "heading"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    court_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    heading: Mapped[str] = mapped_column(String(60))
    column: Mapped[CourtColumn | None] = mapped_column(one_of(CourtColumn))


def remembered(session: Session, centre_id: int, court_id: int) -> dict[str, CourtColumn | None]:
    return {row.heading: row.column for row in _rows(session, centre_id, court_id)}


def remember(session: Session, centre_id: int, court_id: int, headings: Sequence[str],
             places: Mapping[int, CourtColumn]) -> None:  # fmt: skip
    kept = {row.heading: row for row in _rows(session, centre_id, court_id)}
    for place, heading in enumerate(headings):
        key = heading_key(heading)
        if key and key not in kept:
            kept[key] = CourtHeading(centre_id=centre_id, court_id=court_id, heading=key)
            session.add(kept[key])
        if key:
            kept[key].column = places.get(place)


def _rows(session: Session, centre_id: int, court_id: int) -> Sequence[CourtHeading]:
    rows = select(CourtHeading).where(CourtHeading.centre_id == centre_id, CourtHeading.court_id == court_id)
    return session.scalars(rows).all()
