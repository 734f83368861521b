"""原始表格: how long the original file of a released import is kept. What was taken of it stands in the referrals."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.centre import Centre
from models.change import Change
from models.court_import import CourtImport, ImportState
from models.event_kinds import EventKind

DAYS = "court_table_days"


def kept_until(session: Session, row: CourtImport) -> datetime | None:
    """When the file goes; an import nobody has released keeps its file for as long as it is open."""
    if row.address is None or row.released_at is None:
        return None
    return row.released_at + _time(session, row.centre)


def outlived(session: Session, now: datetime) -> Iterator[CourtImport]:
    """Released imports whose file has lain in the store for longer than their house wants."""
    for centre in session.scalars(select(Centre)).all():
        lying = select(CourtImport).where(CourtImport.centre_id == centre.id, CourtImport.address.is_not(None),
                                          CourtImport.state == ImportState.RELEASED)  # fmt: skip
        yield from session.scalars(lying.where(CourtImport.released_at < now - _time(session, centre))).all()


def remove_table(change: Change, row: CourtImport) -> None:
    """Note that the file is gone; twice changes nothing."""
    change.lock(row.stream, row)
    if row.address is not None:
        row.address = None
        row.record(change, EventKind.COURT_IMPORT_REMOVE, days=row.centre.setting(change.session, DAYS))


def _time(session: Session, centre: Centre) -> timedelta:
    return timedelta(days=centre.setting(session, DAYS))
