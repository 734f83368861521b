"""What the pages of batches read: settled disputes to choose from, and the batches of whoever asks."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from models.archiving import Archiving
from models.batch import MOST_FILES, Batch, BatchFile, BatchState, own_batches
from models.clock import day_bounds
from models.dispute import Dispute
from models.mediation import MediationSession
from models.presiding_body import PresidingBody
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.responses import found_or_404

NEWEST = 5


def settled(
    since: date | None, until: date | None, body_id: int | None, before: int | None
) -> tuple[list[Dispute], bool]:
    """A page of settled disputes in scope, the newest first, and whether there are older ones."""
    rows = current().disputes(Permission.DISPUTE_ARCHIVE).where(Dispute.closed_at.is_not(None))
    if since:
        rows = rows.where(Dispute.closed_at >= day_bounds(since)[0])
    if until:
        rows = rows.where(Dispute.closed_at < day_bounds(until)[1])
    if body_id:
        held = exists().where(MediationSession.dispute_id == Dispute.id, MediationSession.body_id == body_id)
        rows = rows.where(held)
    if before:
        rows = rows.where(Dispute.id < before)
    rows = rows.options(joinedload(Dispute.category)).order_by(Dispute.id.desc()).limit(MOST_FILES + 1)
    found = list(db.session.scalars(rows))
    return found[:MOST_FILES], len(found) > MOST_FILES


def chosen(references: Collection[str]) -> list[Dispute]:
    """Those of them that are in scope and settled, in the order of their numbers."""
    rows = current().disputes(Permission.DISPUTE_ARCHIVE)
    rows = rows.where(Dispute.reference.in_(references), Dispute.closed_at.is_not(None))
    return list(db.session.scalars(rows.order_by(Dispute.reference)))


def bodies() -> list[PresidingBody]:
    """Everybody in whose name the house mediates or has mediated."""
    centre = current().centre
    rows = select(PresidingBody).where(PresidingBody.centre_id == (centre.id if centre else 0))
    return list(db.session.scalars(rows.order_by(PresidingBody.name)))


def mine() -> list[Batch]:
    """The newest batches of whoever asks."""
    rows = own_batches(current().somebody.id).options(selectinload(Batch.files)).limit(NEWEST)
    return list(db.session.scalars(rows))


def batch_called(batch_id: int) -> Batch:
    """The batch, its orderer's alone."""
    rows = own_batches(current().somebody.id).where(Batch.id == batch_id)
    return found_or_404(rows.options(selectinload(Batch.files).joinedload(BatchFile.dispute)))


def is_offered(batch: Batch) -> bool:
    return batch.state is BatchState.READY and batch.kept_until is not None and now() < batch.kept_until


def offered(batch: Batch) -> list[BatchFile]:
    """The drawn files whose disputes the person may still see."""
    reached = current().disputes(Permission.DISPUTE_ARCHIVE).with_only_columns(Dispute.id)
    ids = [one.dispute_id for one in batch.drawn]
    seen = set(db.session.scalars(reached.where(Dispute.id.in_(ids))))
    return [one for one in batch.drawn if one.dispute_id in seen]


def archive_numbers(batch: Batch) -> dict[int, str]:
    """By dispute, its number in the archive."""
    ids = [one.dispute_id for one in batch.files]
    rows = db.session.scalars(select(Archiving).where(Archiving.dispute_id.in_(ids)))
    return {row.dispute_id: row.number for row in rows}
