"""A mediator's own lines: what is listed, what is approved, what he is paid; nobody else's."""

from flask import Response

from blueprints.subsidy import bp
from blueprints.subsidy.queries import own_shares, readable
from models.subsidy_list import ListState
from security.access import requires
from security.permissions import Permission
from web.responses import page


@bp.get("/subsidies/own")
@requires(Permission.SUBSIDY_OWN)
def list_own() -> Response:
    shares = own_shares()
    paid = sum(share.amount_fen for share in shares if share.line.subsidy_list.state is ListState.APPROVED)
    return page("subsidy/own.html", shares=shares, paid_fen=paid,
                readable=readable([share.line.dispute_id for share in shares]))  # fmt: skip
