"""Showing a masked value in full: for this one view, and kept in the record."""

from flask import Response, abort, request

from blueprints.parties import bp
from blueprints.parties.queries import parties
from models.party import SEALED, Party
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.responses import found_or_404, is_htmx, page


@bp.post("/parties/<int:party_id>/reveal")
@requires(Permission.PARTY_REVEAL)
def create_reveal(party_id: int) -> Response:
    party = found_or_404(parties(Permission.PARTY_REVEAL).where(Party.id == party_id))
    field = request.form.get("field", "")
    if field not in SEALED:
        abort(400)
    with transaction(current().actor) as change:
        value = party.reveal(change, field)
    template = "parties/_revealed.html" if is_htmx() else "parties/show_revealed.html"
    return page(template, party=party, field=field, value=value)
