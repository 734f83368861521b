"""Imports in reach, and what they found."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from models.court_import import CourtImport
from models.import_finding import ImportFinding
from models.referral import CourtReferral
from models.referral_course import ReferralStatus
from security.identity import current
from security.permissions import Permission
from transaction import db

P = Permission
NEWEST = 30
# Signed for in one transaction; everybody else who writes waits for it.
AT_ONCE = 100


def imports() -> list[CourtImport]:
    """The newest imports of the person's own court or house."""
    statement = current().court_imports(P.REFERRAL_SEND).options(joinedload(CourtImport.court))
    return list(db.session().scalars(statement.order_by(CourtImport.id.desc()).limit(NEWEST)))


def court_import(import_id: int) -> Select[tuple[CourtImport]]:
    return current().court_imports(P.REFERRAL_SEND).where(CourtImport.id == import_id)


def unsigned(row: CourtImport) -> list[CourtReferral]:
    """What of it is still to be signed for, as much as is signed for at once."""
    statement = (
        current()
        .referrals(P.REFERRAL_HANDLE)
        .where(CourtReferral.import_id == row.id, CourtReferral.status == ReferralStatus.SENT)
    )
    return list(db.session().scalars(statement.order_by(CourtReferral.id).limit(AT_ONCE)))


def findings(row: CourtImport, most: int | None = None) -> list[ImportFinding]:
    statement = select(ImportFinding).where(ImportFinding.import_id == row.id)
    return list(db.session().scalars(statement.order_by(ImportFinding.row, ImportFinding.id).limit(most)))
