"""What the pages of the archive read."""

from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.archiving import Archiving, is_over
from models.dispute import Dispute
from models.legal_hold import LegalHold
from models.lifecycle import DisputeStatus
from papers.index import Need, Standing, shelf
from papers.matter import Matter
from papers.reading import matter_of
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.responses import found_or_404

PAGE = 50


def dispute_called(reference: str, permission: Permission) -> Dispute:
    return found_or_404(current().disputes(permission).where(Dispute.reference == reference))


def matter(dispute: Dispute) -> Matter:
    return matter_of(db.session(), dispute, current_app.extensions["sealer"], now(),
                     is_demo=current_app.config["DEMO"])  # fmt: skip


def lacking(dispute: Dispute) -> list[Standing]:
    """The papers that must be in the file and are not complete."""
    return [paper for paper in shelf(matter(dispute)) if paper.need is Need.MUST and paper.missing]


def archived(*, before: int | None = None, over_on: date | None = None) -> tuple[list[Archiving], bool]:
    """A page of the archive that this person may see, or of what is over on this day, and whether there are older ones.

    The newest first, by id as they are numbered.
    """
    rows = (
        select(Archiving).join(Archiving.dispute)
        .where(current().reaches(Archiving.dispute_id, Permission.DISPUTE_ARCHIVE),
               Dispute.status == DisputeStatus.ARCHIVED)
        .options(joinedload(Archiving.dispute)).order_by(Archiving.id.desc()).limit(PAGE + 1)
    )  # fmt: skip
    if before is not None:
        rows = rows.where(Archiving.id < before)
    if over_on is not None:
        rows = rows.where(is_over(over_on))
    found = list(db.session.scalars(rows))
    return found[:PAGE], len(found) > PAGE


def held(rows: list[Archiving]) -> set[int]:
    ids = [row.dispute_id for row in rows]
    return set(db.session.scalars(
        select(LegalHold.dispute_id).where(LegalHold.dispute_id.in_(ids), LegalHold.released_at.is_(None))
    ))  # fmt: skip
