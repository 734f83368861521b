"""The list of all parties of a dispute, for whoever reads the file."""

from collections.abc import Sequence

from flask import Response, request
from sqlalchemy.orm import selectinload

from blueprints.parties import bp
from blueprints.parties.forms import FindPartyForm
from blueprints.parties.queries import gaps, lacking_of
from blueprints.parties.sheet import SHEET, Sheet, called
from models.dispute import Dispute
from models.party import Party
from security.access import requires
from security.identity import current
from security.permissions import Permission
from web.responses import found_or_404, page


@bp.get("/disputes/<ref:reference>/parties")
@requires(Permission.DISPUTE_READ)
def list_parties(reference: str) -> Response:
    dispute = _readable(reference)
    sheet = Sheet.holding(dispute.parties, request.args.get("from", 1, type=int))
    return _list(dispute, FindPartyForm(), sheet.parties, sheet)


@bp.post("/disputes/<ref:reference>/parties/search")
@requires(Permission.DISPUTE_READ)
def find_party(reference: str) -> Response:
    """Only reads; a POST because a name or number travels in it."""
    dispute, form = _readable(reference), FindPartyForm()
    found = called(dispute.parties, form.q.data) if form.validate_on_submit() else []
    return _list(dispute, form, found[:SHEET], more=len(found) > SHEET)


def _readable(reference: str) -> Dispute:
    beside = selectinload(Dispute.parties).options(
        selectinload(Party.representatives), selectinload(Party.rights_notices)
    )
    return found_or_404(
        current().disputes(Permission.DISPUTE_READ).where(Dispute.reference == reference).options(beside)
    )


def _list(dispute: Dispute, form: FindPartyForm, parties: Sequence[Party], sheet: Sheet | None = None, *,
          more: bool = False) -> Response:  # fmt: skip
    return page("parties/list_parties.html", form.status, dispute=dispute, form=form, parties=parties, sheet=sheet,
                more=more, lacking=lacking_of(gaps(dispute)))  # fmt: skip
