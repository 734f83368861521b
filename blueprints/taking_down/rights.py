"""权利义务告知 and consent of one party."""

from flask import Response, request, url_for

from blueprints.taking_down import bp, queries
from blueprints.taking_down.forms import RightsForm
from models.consent import OTHER_WAYS, Consent, Telling, newest_notices, tell_rights
from models.party import Party
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.responses import found_or_404, page, see_other, within

P = Permission


@bp.get("/parties/<int:party_id>/rights")
@requires(P.DISPUTE_READ)
def show_rights(party_id: int) -> Response:
    party = found_or_404(queries.parties(P.DISPUTE_READ, party_id))
    newest = newest_notices(db.session(), party.dispute).get(party.id) if party.dispute else None
    form = RightsForm(formdata=None, language=newest.language if newest else "",
                      interpreter=newest.interpreter if newest else party.interpreter)  # fmt: skip
    return _show(party, form)


@bp.post("/parties/<int:party_id>/rights")
@requires(P.DISPUTE_EDIT)
def create_rights(party_id: int) -> Response:
    """One tap from the session's page, or the whole form."""
    party, form = found_or_404(queries.parties(P.DISPUTE_EDIT, party_id)), RightsForm()

    def tell() -> None:
        language, interpreter = form.language.data or "", form.interpreter.data or party.interpreter
        with transaction(current().actor) as change:
            tell_rights(change, party, Telling(form.told.data), Consent(form.consent.data), language, interpreter)

    if form.accepts(tell):
        return see_other(within(request.form.get("next"), url_for("taking_down.show_rights", party_id=party_id)))
    return _show(party, form)


def _show(party: Party, form: RightsForm) -> Response:
    return page("taking_down/rights.html", form.status, party=party, dispute=party.dispute, form=form,
                other_ways=OTHER_WAYS, names=queries.names(one.by_id for one in party.rights_notices))  # fmt: skip
