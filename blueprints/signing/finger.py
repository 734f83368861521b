"""Signing on a screen as the mediator sees it: who agrees to it, and the link that opens the text for one signer."""

from flask import Response, current_app, request, url_for
from wtforms import SelectField

from blueprints.signing import bp, queries
from blueprints.signing.showing import answer
from models.consent import Consent
from models.final_paper import FinalPaper
from models.ink import agree_to_ink, end_link, is_link_open, open_link
from models.signer import Signer
from security import links
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.forms import BaseForm
from web.labels import label
from web.qr import qr_path

P = Permission


class ConsentForm(BaseForm):
    consent = SelectField(choices=lambda: [(word.value, label(word)) for word in Consent])


class LinkForm(BaseForm):
    """A button alone; opening twice makes a new link, which is why it is pressed."""


@bp.app_template_global()
def open_address(paper: FinalPaper, signer: Signer) -> str:
    """Where the text opens for this signer as long as his link lives."""
    if not is_link_open(paper, signer, now()):
        return ""
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    return f"{base}{url_for('signing.open_link', token=links.signing_token_for(queries.sealer(), signer))}"


@bp.app_template_global()
def qr_of(address: str) -> tuple[int, str]:
    return qr_path(address)


@bp.post("/signers/<int:signer_id>/consent")
@requires(P.DISPUTE_EDIT)
def create_consent(signer_id: int) -> Response:
    """A party agrees to sign on a screen, or takes it back."""
    signer, form = queries.signer_called(signer_id, P.DISPUTE_EDIT), ConsentForm()

    def note() -> None:
        with transaction(current().actor) as change:
            agree_to_ink(change, signer.paper, signer, Consent(form.consent.data))

    return answer(signer.paper, form, note)


@bp.post("/signers/<int:signer_id>/link")
@requires(P.MEDIATION_CONDUCT)
def create_link(signer_id: int) -> Response:
    signer, form = queries.signer_called(signer_id, P.MEDIATION_CONDUCT), LinkForm()

    def make() -> None:
        with transaction(current().actor) as change:
            open_link(change, signer.paper, signer)

    return answer(signer.paper, form, make)


@bp.post("/signers/<int:signer_id>/link/end")
@requires(P.MEDIATION_CONDUCT)
def create_link_end(signer_id: int) -> Response:
    signer, form = queries.signer_called(signer_id, P.MEDIATION_CONDUCT), LinkForm()

    def end() -> None:
        with transaction(current().actor) as change:
            end_link(change, signer.paper, signer)

    return answer(signer.paper, form, end)
