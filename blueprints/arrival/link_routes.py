"""How a phone comes here: by the link in the message, or by the QR shown inside the house."""

from flask import Response, current_app, url_for

from blueprints.arrival import bp
from blueprints.arrival.routes import asked
from models.arrival import arrive_by_value
from models.callout import Callout
from security import cookies, links
from security.access import by_link, public, why_over
from security.identity import current
from transaction import now, transaction
from web.errors import link_over
from web.known_officer import known_officer, named_officer
from web.officer import stops
from web.officer_forms import ScanForm
from web.responses import page, see_other


@bp.get("/c/<string(minlength=20,maxlength=60):token>")
@public
def open_link(token: str) -> Response:
    """The address in the message: remembers the link on this phone and leads to an address without it.

    Whoever was released or stood down today is still told so, and finds the receipt.
    """
    callout = links.callout_of(_sealer(), token) or links.ended_of(_sealer(), token)
    if callout is None:
        return link_over(why_over([token]), [token, *links.tokens_in(cookies.read(links.COOKIE))])
    response = see_other(url_for("arrival.show_callout", callout_id=callout.id))
    held = links.cookie_with(cookies.read(links.COOKIE), token)
    cookies.keep(response, links.COOKIE, held, links.dies_at(callout) - now())
    return response


@bp.get("/arrival/<string(length=26):value>")
@public
def show_scan(value: str) -> Response:
    """What the QR inside the house opens: one tap per callout this phone was called for."""
    tokens = links.tokens_in(cookies.read(links.COOKIE))
    held = [callout for token in tokens if (callout := links.callout_of(_sealer(), token))]
    return _scan(value, held)


@bp.post("/arrival/<string(length=26):value>/callouts/<int:callout_id>")
@by_link
def create_scan(value: str, callout_id: int) -> Response:
    callout, form = asked(), ScanForm()
    here = url_for(".show_callout", callout_id=callout_id)

    def verb() -> None:
        who = named_officer(callout, form)
        with transaction(current().actor, form.submitted) as change:
            change.location = here
            arrive_by_value(change, callout, value, who)

    if form.accepts(verb):
        return see_other(here)
    return _scan(value, current().linked, {callout_id: form})


def _scan(value: str, held: list[Callout], bound: dict[int, ScanForm] | None = None) -> Response:
    bound = bound or {}
    taps = [(stop.callout, stop.room, bound.get(stop.callout.id) or _blank(stop.callout)) for stop in stops(held)]
    refused = next(iter(bound.values()), None)
    return page("arrival/scan.html", refused.status if refused else 200, value=value, taps=taps, form=refused)


def _blank(callout: Callout) -> ScanForm:
    who = known_officer(callout)
    return ScanForm(formdata=None, data={"name": who.name, "post": who.post})


def _sealer() -> links.Sealer:
    sealer: links.Sealer = current_app.extensions["sealer"]
    return sealer
