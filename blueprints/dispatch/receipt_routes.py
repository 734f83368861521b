"""应哨回执, printed by the desk for a unit that asks for it."""

from flask import Response, url_for

from blueprints.dispatch import bp
from blueprints.dispatch.queries import callout_in_scope
from security.access import requires
from security.permissions import Permission
from web import officer
from web.responses import found_or_404


@bp.get("/callouts/<int:callout_id>/receipt")
@requires(Permission.CALLOUT_RECORD)
def show_receipt(callout_id: int) -> Response:
    callout = found_or_404(callout_in_scope(callout_id, Permission.CALLOUT_RECORD))
    return officer.receipt(callout, url_for(".show_callout", callout_id=callout_id))
