"""A batch 批量出卷: the whole files of many settled disputes, drawn by the worker and kept until midnight.

Whoever ordered it takes it out. A worker that dies is followed by another after the lease: what was drawn is kept, and
nothing is offered before all of it is there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Select, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.centre import Centre
from models.change import Change
from models.clock import day_bounds, local_day
from models.dispute import Dispute
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.person import Person
from models.words import _

MOST_FILES = 100
# Ready shortly before midnight it is kept until the next one.
LEAST_KEPT = timedelta(hours=2)


class BatchState(StrEnum):
    DRAWING = "drawing"
    READY = "ready"
    CANCELLED = "cancelled"
    OVER = "over"


class Omission(StrEnum):
    """Why a file is not in the batch."""

    UNSEEN = "unseen"
    REOPENED = "reopened"
    MATERIAL_LOST = "material_lost"
    TOO_SLOW = "too_slow"
    NOT_DRAWN = "not_drawn"


RUNNING = text("state = 'drawing'")


class Batch(Base):
    __tablename__ = "batches"
    __table_args__ = (
        Index("uq_batches_running", "person_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[BatchState] = mapped_column(one_of(BatchState), default=BatchState.DRAWING)
    ordered_at: Mapped[datetime]
    # Which worker draws it, and until when nobody else takes it up.
    holder: Mapped[str] = mapped_column(String(32), default="")
    lease_until: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    kept_until: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    files: Mapped[list["BatchFile"]] = relationship(back_populates="batch", order_by="BatchFile.place")

    @classmethod
    def order(cls, change: Change, centre: Centre, person_id: int, uid: str, disputes: Sequence[Dispute]) -> "Batch":
        """Have these files drawn. Raises RuleBroken while another batch of this person is being drawn."""
        if not disputes:
            raise RuleBroken(_("Choose at least one dispute"), field="disputes")
        if len(disputes) > MOST_FILES:
            raise RuleBroken(_("At most %(most)s disputes at once"), field="disputes", most=MOST_FILES)
        if any(dispute.closed_at is None for dispute in disputes):
            raise RuleBroken(_("Only settled disputes have a whole file"), field="disputes")
        change.open_streams(f"centre:{centre.id}")
        running = select(cls.id).where(cls.person_id == person_id, cls.state == BatchState.DRAWING)
        if change.session.scalar(running) is not None:
            raise RuleBroken(_("Your last batch is still being drawn. Wait for it or cancel it"))
        batch = cls(uid=uid, centre_id=centre.id, person_id=person_id, ordered_at=change.at)
        batch.files = [BatchFile(place=place, dispute_id=one.id) for place, one in enumerate(disputes, 1)]
        change.session.add(batch)
        change.session.flush()  # the event speaks of its id
        batch.record(change, EventKind.BATCH_ORDER, count=len(disputes))
        return batch

    @property
    def done(self) -> int:
        return sum(not one.is_waiting for one in self.files)

    @property
    def drawn(self) -> list["BatchFile"]:
        return [one for one in self.files if one.drawn_at is not None]

    @property
    def omitted(self) -> list["BatchFile"]:
        return [one for one in self.files if one.omission is not None]

    def cancel(self, change: Change) -> None:
        """Draw nothing more and keep nothing; twice changes nothing. Raises TransitionNotAllowed when it is over."""
        self._lock(change)
        if self.state is BatchState.CANCELLED:
            return
        if self.state is BatchState.OVER:
            raise TransitionNotAllowed(_("The files of this batch were removed already"))
        self.state = BatchState.CANCELLED
        self.record(change, EventKind.BATCH_CANCEL, count=len(self.drawn))

    def finish(self, change: Change) -> None:
        """All of it is there: offer it. Changes nothing while files wait, or when it was cancelled."""
        self._lock(change)
        if self.state is not BatchState.DRAWING or self.done < len(self.files):
            return
        self.state, self.ready_at = BatchState.READY, change.at
        self.kept_until = day_bounds(local_day(change.at + LEAST_KEPT))[1]
        self.record(change, EventKind.BATCH_FINISH, drawn=len(self.drawn), omitted=len(self.omitted))

    def end(self, change: Change) -> None:
        """Its midnight has passed: nobody is offered it any more."""
        self._lock(change)
        if self.state is BatchState.READY and self.kept_until is not None and self.kept_until <= change.at:
            self.state = BatchState.OVER
            self.record(change, EventKind.BATCH_END, count=len(self.drawn))

    def hand_out(self, change: Change, files: Sequence["BatchFile"]) -> None:
        """Note in each dispute that its file was taken out, and in the house that so many were taken at once."""
        change.open_streams(f"centre:{self.centre_id}", *(f"dispute:{one.dispute_id}" for one in files))
        self.record(change, EventKind.BATCH_HAND_OUT, count=len(files))
        for one in files:
            change.record(f"dispute:{one.dispute_id}", EventKind.DOSSIER_EXPORT, ("dispute", one.dispute_id),
                          file="zip", pages=one.pages, batch=self.id)  # fmt: skip

    def record(self, change: Change, kind: EventKind, **facts: int) -> None:
        change.record(f"centre:{self.centre_id}", kind, ("batch", self.id), **facts)

    def _lock(self, change: Change) -> None:
        change.lock(f"centre:{self.centre_id}", self)


class BatchFile(Base):
    """One whole file of a batch: waiting, lying sealed at its address, or left out for a reason."""

    __tablename__ = "batch_files"
    __table_args__ = (UniqueConstraint("batch_id", "place"), UniqueConstraint("batch_id", "dispute_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    place: Mapped[int]
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    drawn_at: Mapped[datetime | None]
    omission: Mapped[Omission | None] = mapped_column(one_of(Omission))
    pages: Mapped[int | None]
    size: Mapped[int | None]
    address: Mapped[str | None] = mapped_column(String(64), unique=True)

    batch: Mapped[Batch] = relationship(back_populates="files")
    dispute: Mapped[Dispute] = relationship()

    @property
    def is_waiting(self) -> bool:
        return self.drawn_at is None and self.omission is None


def own_batches(person_id: int) -> Select[tuple[Batch]]:
    """A batch is its orderer's alone; the newest first."""
    return select(Batch).where(Batch.person_id == person_id).order_by(Batch.id.desc())
