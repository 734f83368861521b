"""A mediator's own lines: what is listed, what is approved, what he is paid; nobody else's."""

from flask import Response, request, url_for

from blueprints.subsidy import bp
from blueprints.subsidy.queries import own_paid_fen, own_shares, readable
from security.access import requires
from security.permissions import Permission
from web.converters import id_in
from web.responses import page


@bp.get("/subsidies/own")
@requires(Permission.SUBSIDY_OWN)
def list_own() -> Response:
    shares, more = own_shares(id_in(request.args.get("after")))
    return page("subsidy/own.html", shares=shares, paid_fen=own_paid_fen(),
                readable=readable([share.line.dispute_id for share in shares]),
                older=url_for("subsidy.list_own", after=shares[-1].id) if more else None)  # fmt: skip
