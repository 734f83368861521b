"""How a batch is drawn: taken by one worker under a lease, one file after the other written down, given back.

These are operational writes; what the house must remember of a batch are its verbs (`models/batch.py`).
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from models.batch import Batch, BatchFile, BatchState, Omission

LEASE = timedelta(seconds=90)  # longer than one file may take
MOST_ATTEMPTS = 3
# Where a whole file lies in the store, how many pages and bytes it has.
Drawn = tuple[str, int, int]


def due(now: datetime, holder: str) -> Select[tuple[Batch]]:
    """What this worker may draw: nobody holds it, its own, or what a dead one held. The oldest first."""
    free = or_(Batch.lease_until.is_(None), Batch.lease_until < now, Batch.holder == holder)
    return select(Batch).where(Batch.state == BatchState.DRAWING, free).order_by(Batch.id).limit(1)


def take(session: Session, now: datetime, holder: str) -> tuple[Batch, BatchFile | None] | None:
    """A batch for this worker and its next file; none where all are done. What failed three workers is left out."""
    batch = session.scalars(due(now, holder).with_for_update(skip_locked=True)).first()
    if batch is None:
        return None
    batch.holder, batch.lease_until = holder, now + LEASE
    for one in batch.files:
        if one.is_waiting and one.attempts >= MOST_ATTEMPTS:
            one.omission = Omission.NOT_DRAWN
        if one.is_waiting:
            one.attempts += 1
            return batch, one
    return batch, None


def settle(session: Session, file_id: int, holder: str, now: datetime, result: Omission | Drawn) -> bool:
    """Write down address, pages and size, or why there are none. Whether this worker still had the file in hand."""
    held = (
        select(BatchFile).join(BatchFile.batch)
        .where(BatchFile.id == file_id, Batch.state == BatchState.DRAWING, Batch.holder == holder)
        .with_for_update()
    )  # fmt: skip
    one = session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if one is None or not one.is_waiting:
        return False
    if isinstance(result, Omission):
        one.omission = result
    else:
        one.drawn_at, (one.address, one.pages, one.size) = now, result
    return True


def give_back(session: Session, file_id: int, holder: str) -> None:
    """A worker that stops leaves what it was drawing to the next one at once; that was no attempt."""
    one = session.get_one(BatchFile, file_id)
    batch = session.get_one(Batch, one.batch_id, with_for_update=True, populate_existing=True)
    if batch.holder == holder:
        batch.lease_until = None
        one.attempts -= 1


def ended(session: Session, now: datetime) -> list[int]:
    """Batches whose midnight has passed."""
    ready = select(Batch.id).where(Batch.state == BatchState.READY, Batch.kept_until <= now)
    return list(session.scalars(ready.order_by(Batch.id)))


def unwanted(session: Session) -> list[BatchFile]:
    """Files that lie in the store though nobody is offered them any more."""
    gone = (BatchState.CANCELLED, BatchState.OVER)
    rows = select(BatchFile).join(BatchFile.batch).where(Batch.state.in_(gone), BatchFile.address.is_not(None))
    return list(session.scalars(rows.order_by(BatchFile.id)))


def waiting_before(session: Session, batch: Batch) -> int:
    """How many batches of others are drawn first."""
    earlier = select(func.count()).where(Batch.state == BatchState.DRAWING, Batch.id < batch.id)
    return int(session.scalars(earlier).one())
