"""What a signer's link opens: the whole text and a pad to sign on, until it is used, ended or midnight."""

from flask import Response, request
from flask_babel import gettext
from wtforms import HiddenField
from wtforms.validators import Regexp

from blueprints.signing import bp, queries
from models.actor import Actor, ActorKind
from models.errors import TransitionNotAllowed
from models.ink import sign_with_ink
from models.signature import SigningWay
from models.signer import Signer
from models.words import _
from papers.kept import unpacked
from security import links
from security.access import public
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.device import device_of
from web.forms import BaseForm, Line, Needed
from web.responses import go, page

OVER = _("This link is over: ask the mediator to open the text again")
ADDRESS = "/f/<string(minlength=20,maxlength=60):token>"


class InkForm(BaseForm):
    """`seen` is the hash of the text the page showed."""

    name = Line(_("Name of who signs"), Needed(_("Enter the name of who signs")), most=60)
    ink = HiddenField()
    seen = HiddenField(validators=[Regexp(r"^[0-9a-f]{64}$")])


@bp.get(ADDRESS)
@public
def open_link(token: str) -> Response:
    return _show(token)


@bp.post(f"{ADDRESS}/signature")
@public
def create_ink(token: str) -> Response:
    """Sent twice it is signed once."""
    signer, form = links.signer_of(queries.sealer(), token), InkForm()
    if signer is None:
        return _show(token)
    paper, device = signer.paper, device_of(request.user_agent.string)

    def sign() -> None:
        if form.seen.data != paper.text_hash:
            raise TransitionNotAllowed(OVER)
        with transaction(Actor(ActorKind.RESIDENT)) as change:
            sign_with_ink(change, paper, signer, form.ink.data or "", form.name.data or "", device)

    if form.accepts(sign):
        return go("signing.open_link", token=token)
    return _show(token, form)


def _show(token: str, form: InkForm | None = None) -> Response:
    """The text to be signed; to whoever has signed with this link, that it is done; to all others, that it is over."""
    signer = links.signer_of(queries.sealer(), token)
    if signer is None:
        return _over(token)
    paper = signer.paper
    form = form or InkForm(formdata=None, name=signer.own_name, seen=paper.text_hash)
    return page("signing/link.html", form.status, signer=signer, paper=paper, form=form, token=token,
                text=unpacked(paper.text(queries.sealer())), house=paper.mediation.dispute.centre)  # fmt: skip


def _over(token: str) -> Response:
    signer = links.signer_called(queries.sealer(), token)
    entry = signer.standing if signer is not None else None
    if signer is None or entry is None or entry.way is not SigningWay.INK:
        return page("signing/over.html", 410, words=gettext(OVER),
                    house=signer.paper.mediation.dispute.centre if signer else None)  # fmt: skip
    return page("signing/done.html", signer=signer, paper=signer.paper, next_one=_next(signer),
                house=signer.paper.mediation.dispute.centre)  # fmt: skip


def _next(signer: Signer) -> Signer | None:
    """Who signs next, for the desk whose device goes round; on a signer's own phone nobody is named."""
    if not current().may(Permission.MEDIATION_CONDUCT):
        return None
    return next((one for one in signer.paper.signers if one.link_opened_at and not one.is_signed), None)
