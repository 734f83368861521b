"""An import 导入: a table of the court's matters, looked through by the worker, decided on by a person, then released.

Its rows are written under it in chunks and seen by nobody until one UPDATE releases all of them. The original file is
kept for as long as the import stands; what is called off or cannot be read leaves nothing behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Select, String, Text, or_, select, text
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from models.base import Base, Key, one_of
from models.centre import Centre
from models.change import Change
from models.court_columns import CourtColumn, missing
from models.court_heading import remember
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.person import Person
from models.unit import Unit
from models.usual_mode import UsualMode
from models.words import _

MOST_ROWS = 10_000


class ImportState(StrEnum):
    """READING and WRITING are the worker's; at MAPPING and CHECKED a person decides; the others are ends."""

    READING = "reading"
    MAPPING = "mapping"
    CHECKED = "checked"
    WRITING = "writing"
    RELEASED = "released"
    CHANGED = "changed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


S = ImportState
OPEN = (S.READING, S.MAPPING, S.CHECKED, S.WRITING)
DROPPED = (S.CHANGED, S.REFUSED, S.CANCELLED)


@dataclass(frozen=True)
class KeptTable:
    """The original file as it lies in the store, and what it is called."""

    uid: str
    name: str
    media_type: str
    size: int
    sha256: str
    address: str


class CourtImport(Base):
    __tablename__ = "court_imports"
    __table_args__ = (Index("ix_court_imports_state", "state"), Index("ix_court_imports_centre_id", "centre_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    court_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[ImportState] = mapped_column(one_of(ImportState), default=ImportState.READING)
    version: Mapped[int] = mapped_column(default=1)
    ordered_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(64), unique=True)
    usual: Mapped[str] = mapped_column(String(12), default="")
    # Where the headings stand, what they are, and which column means what.
    heading_row: Mapped[int | None]
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    places: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    samples_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # What was found: rows in all, rows that can be taken, rows that cannot.
    read: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    # How far the present pass is: rows done, and the last row of the file that is written.
    done: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    written_row: Mapped[int] = mapped_column(default=0)
    # Why the file as a whole is not taken.
    fault: Mapped[str] = mapped_column(Text, default="")
    fault_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    holder: Mapped[str] = mapped_column(String(32), default="")
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)

    centre: Mapped[Centre] = relationship()
    court: Mapped[Unit] = relationship()
    person: Mapped[Person | None] = relationship()

    @classmethod
    def order(cls, change: Change, centre: Centre, court: Unit, table: KeptTable, usual: UsualMode) -> "CourtImport":
        """Have this file looked through; nothing is taken yet."""
        row = cls(uid=table.uid, centre_id=centre.id, court_id=court.id, person_id=change.by.id, ordered_at=change.at,
                  file_name=table.name, media_type=table.media_type, size=table.size, sha256=table.sha256,
                  address=table.address, usual=usual.value)  # fmt: skip
        change.session.add(row)
        change.session.flush()  # the event speaks of its id
        row.record(change, EventKind.COURT_IMPORT_ORDER, unit=court.id)
        return row

    def map_columns(self, change: Change, version: int, places: Mapping[int, CourtColumn], usual: UsualMode) -> None:
        """Say what each column means, and look through the file again. It is remembered for this court."""
        self._open(change, version, S.MAPPING, S.CHECKED)
        if len(set(places.values())) < len(places):
            raise RuleBroken(_("Two columns cannot mean the same"))
        if lacking := missing(places, usual.value):
            raise RuleBroken(_("A column is missing without which no matter can be read"), field=lacking[0].value)
        self.places = {str(place): column.value for place, column in sorted(places.items())}
        self.usual = usual.value
        remember(change.session, self.centre_id, self.court_id, self.headings, places)
        self._move(S.READING)
        self.record(change, EventKind.COURT_IMPORT_MAP, columns=len(places))

    def choose_headings(self, change: Change, version: int, row: int) -> None:
        """The headings stand in this row of the table: read them there."""
        self._open(change, version, S.MAPPING, S.CHECKED)
        self.heading_row, self.headings, self.places = row, [], {}
        self._move(S.READING)
        self.record(change, EventKind.COURT_IMPORT_CHECK)

    def approve(self, change: Change, version: int) -> None:
        """Take every row that can be taken, all of them or none."""
        self._open(change, version, S.CHECKED)
        if not self.accepted:
            raise RuleBroken(_("There is no row that could be taken"))
        self._move(S.WRITING)
        self.record(change, EventKind.COURT_IMPORT_APPROVE, count=self.accepted)

    def cancel(self, change: Change) -> None:
        """Take nothing of it; twice changes nothing. Raises TransitionNotAllowed once it is released."""
        change.lock(self.stream, self)
        if self.state is S.CANCELLED:
            return
        if self.state not in (*OPEN, S.CHANGED, S.REFUSED):
            raise TransitionNotAllowed(_("These matters were taken already"))
        self._move(S.CANCELLED)
        self.samples_sealed = None
        self.record(change, EventKind.COURT_IMPORT_CANCEL)

    def check_again(self, change: Change, version: int) -> None:
        """Something has changed in the house since it was looked through: do so anew."""
        self._open(change, version, S.CHANGED)
        self._move(S.READING)
        self.record(change, EventKind.COURT_IMPORT_CHECK)

    def show(self, change: Change) -> None:
        """Note that somebody has taken out the original file."""
        change.lock(self.stream, self)
        self.record(change, EventKind.COURT_IMPORT_SHOW)

    @classmethod
    def visible_to(cls, paths: Sequence[str]) -> Select[tuple["CourtImport"]]:
        """Those of a court, or for a house, at or below one of these paths."""
        court, house = aliased(Unit), aliased(Unit)
        below = [unit.path.startswith(path, autoescape=True) for path in paths for unit in (court, house)]
        return (
            select(cls).join(court, court.id == cls.court_id).join(Centre, Centre.id == cls.centre_id)
            .join(house, house.id == Centre.unit_id).where(or_(*below) if below else text("1 = 0"))
        )  # fmt: skip

    @property
    def stream(self) -> str:
        return f"centre:{self.centre_id}"

    @property
    def columns(self) -> dict[int, CourtColumn]:
        return {int(place): CourtColumn(column) for place, column in self.places.items()}

    def record(self, change: Change, kind: EventKind, **facts: Any) -> None:
        change.record(self.stream, kind, ("court-import", self.id), **facts)

    def _open(self, change: Change, version: int, *states: ImportState) -> None:
        change.lock(self.stream, self)
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        if self.state not in states:
            raise TransitionNotAllowed(_("This step is not possible in the present state of the import"))

    def _move(self, state: ImportState) -> None:
        self.state, self.version, self.done, self.attempts = state, self.version + 1, 0, 0
        self.holder, self.lease_until = "", None
