"""One request: the case as far as it matters here, and what was arranged."""

from flask import Response, url_for
from sqlalchemy.orm import joinedload, selectinload

from blueprints.coordinations import bp
from blueprints.coordinations.forms import ArrangementForm
from models.callout import Callout
from models.coordination import Coordination
from models.dispute import Dispute
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.responses import found_or_404, go, page

P = Permission


@bp.get("/coordinations/<int:coordination_id>")
@requires(P.COORDINATION_ARRANGE)
def show_coordination(coordination_id: int) -> Response:
    return _page(_request(coordination_id), ArrangementForm())


@bp.post("/coordinations/<int:coordination_id>/arrangement")
@requires(P.COORDINATION_ARRANGE)
def create_arrangement(coordination_id: int) -> Response:
    request, form = _request(coordination_id), ArrangementForm()

    def verb() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for(".show_coordination", coordination_id=coordination_id)
            request.arrange(change, form.words.data)

    if form.accepts(verb):
        return go(".show_coordination", coordination_id=coordination_id)
    return _page(request, form)


def _request(coordination_id: int) -> Coordination:
    """One that was put to a unit of the person's own."""
    asked = Coordination.asked_of(current().paths(P.COORDINATION_ARRANGE)).where(Coordination.id == coordination_id)
    callout = joinedload(Coordination.callout)
    return found_or_404(asked.options(
        callout.joinedload(Callout.unit), callout.selectinload(Callout.steps), callout.selectinload(Callout.calls),
        callout.joinedload(Callout.dispute).options(joinedload(Dispute.category), selectinload(Dispute.visits)),
    ))  # fmt: skip


def _page(request: Coordination, form: ArrangementForm) -> Response:
    """Whoever may read the file gets the way to it; the others see here what they were asked about."""
    dispute = request.callout.dispute
    may_open = current().may(P.DISPUTE_READ) and db.session.scalar(
        current().disputes(P.DISPUTE_READ).where(Dispute.id == dispute.id).with_only_columns(Dispute.id)
    )
    return page("coordinations/show.html", form.status, asked=request, callout=request.callout, dispute=dispute,
                form=form, may_open=bool(may_open))  # fmt: skip
