"""How the worker goes through an import: taken under a lease, chunk by chunk, each written down with how far it is.

These are operational writes; what the house must remember of an import are its verbs (`models/court_import.py`). A
worker that dies is followed by another: looking through begins anew, writing goes on behind the last row written.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from models.change import Change
from models.court_columns import CourtColumn
from models.court_import import CourtImport, ImportState
from models.court_number import CourtNumber
from models.court_row import Finding
from models.court_twins import came_meanwhile
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.import_finding import ImportFinding
from models.party import Party
from models.referral import CourtReferral
from models.visit import Visit
from models.words import _

# Rows in one transaction. Many where little is written; where matters are, a clerk waits for a few at most.
CHUNK, CHUNK_WRITTEN = 200, 25
LEASE = timedelta(seconds=90)  # longer than one chunk may take
MOST_ATTEMPTS = 3
# Nobody has decided on it for so long: the file is given up.
KEPT_OPEN = timedelta(days=14)
S = ImportState
UNREADABLE = _("This file cannot be read. Save it anew as XLSX or CSV")


class Overtaken(Exception):
    """Somebody has called the import off, or another worker has it."""


def due(now: datetime, holder: str) -> Select[tuple[CourtImport]]:
    """What this worker may go through: nobody holds it, its own, or what a dead one held. The oldest first."""
    free = or_(CourtImport.lease_until.is_(None), CourtImport.lease_until < now, CourtImport.holder == holder)
    waits = CourtImport.state.in_((S.READING, S.WRITING))
    return select(CourtImport).where(waits, free).order_by(CourtImport.id).limit(1)


def take(session: Session, now: datetime, holder: str) -> CourtImport | None:
    """An import for this worker. What three workers did not survive is not tried again."""
    row = session.scalars(due(now, holder).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        refuse(row, RuleBroken(UNREADABLE))
        return None
    row.holder, row.lease_until, row.attempts = holder, now + LEASE, row.attempts + 1
    if row.state is S.READING:
        row.done = row.read = row.accepted = row.refused = 0
        session.execute(delete(ImportFinding).where(ImportFinding.import_id == row.id))
    return row


def hold(session: Session, import_id: int, holder: str, state: ImportState, now: datetime) -> CourtImport:
    """The import, still this worker's for a while. Raises Overtaken."""
    row = session.scalars(
        select(CourtImport).where(CourtImport.id == import_id).with_for_update()
        .execution_options(populate_existing=True)
    ).one()  # fmt: skip
    if row.holder != holder or row.state is not state:
        raise Overtaken
    row.lease_until = now + LEASE
    return row


def give_back(row: CourtImport) -> None:
    """A worker that stops leaves it to the next one at once; that was no attempt."""
    row.lease_until, row.attempts = None, row.attempts - 1


def ask_for_columns(row: CourtImport, heading_row: int, headings: Sequence[str],
                    places: Mapping[int, CourtColumn], *, is_clear: bool) -> None:  # fmt: skip
    """Note the headings; a person says what they mean unless that is clear."""
    row.heading_row, row.headings = heading_row, list(headings)
    row.places = {str(place): column.value for place, column in places.items()}
    if not is_clear:
        _rest(row, S.MAPPING)


def note(session: Session, row: CourtImport, read: int, findings: Sequence[Finding]) -> None:
    """One chunk was looked through."""
    refused = len({found.row for found in findings})
    session.add_all(ImportFinding.of(row.id, found) for found in findings)
    row.read, row.done = row.read + read, row.done + read
    row.refused, row.accepted = row.refused + refused, row.accepted + read - refused


def settle(row: CourtImport, now: datetime) -> None:
    """All of it was looked through: a person decides."""
    row.checked_at = now
    _rest(row, S.CHECKED)


def refuse(row: CourtImport, fault: RuleBroken) -> None:
    """The file as a whole is not taken, or what was found no longer holds."""
    row.fault, row.fault_values = fault.msgid, _plain(fault.values)
    _rest(row, S.REFUSED if row.state is S.READING else S.CHANGED)


def release(change: Change, row: CourtImport) -> bool:
    """Everything is written: one UPDATE shows all of it. False when meanwhile something changed in the house."""
    if row.written != row.accepted or came_meanwhile(change.session, row):
        refuse(row, RuleBroken(_("Since the file was looked through, something has changed in the house")))
        return False
    row.released_at = change.at
    _rest(row, S.RELEASED)
    row.record(change, EventKind.COURT_IMPORT_RELEASE, count=row.written)
    return True


def unwanted_rows() -> Select[tuple[int, int | None]]:
    """A chunk of the matters under imports that will not be released as they stand."""
    dead = select(CourtImport.id).where(CourtImport.state.not_in((S.WRITING, S.RELEASED)))
    wanted = select(CourtReferral.id, CourtReferral.visit_id).where(CourtReferral.import_id.in_(dead))
    return wanted.order_by(CourtReferral.id).limit(CHUNK)


def remove(session: Session) -> int:
    """Take a chunk of them away, with their parties and numbers; how many it was."""
    rows = session.execute(unwanted_rows()).all()
    if rows:
        ids, visits = [row.id for row in rows], [row.visit_id for row in rows]
        session.execute(delete(CourtNumber).where(CourtNumber.referral_id.in_(ids)))
        session.execute(delete(Party).where(Party.visit_id.in_(visits)))
        session.execute(delete(CourtReferral).where(CourtReferral.id.in_(ids)))
        session.execute(delete(Visit).where(Visit.id.in_(visits)))
    return len(rows)


def given_up(session: Session) -> list[CourtImport]:
    """Imports whose file lies in the store though nobody will take it."""
    gone = CourtImport.state.in_((S.CANCELLED, S.REFUSED))
    return list(session.scalars(select(CourtImport).where(gone, CourtImport.address.is_not(None))))


def forgotten(session: Session, now: datetime) -> list[int]:
    """Imports on which nobody has decided for long."""
    waits = CourtImport.state.in_((S.MAPPING, S.CHECKED, S.CHANGED))
    return list(session.scalars(select(CourtImport.id).where(waits, CourtImport.ordered_at < now - KEPT_OPEN)))


def _rest(row: CourtImport, state: ImportState) -> None:
    row.state, row.version = state, row.version + 1
    row.holder, row.lease_until, row.attempts = "", None, 0
    if state in (S.RELEASED, S.REFUSED):
        row.samples_sealed = None
    if state is not S.RELEASED:
        row.done = row.written = row.written_row = 0


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
