"""The parties of a dispute: added, completed, corrected, taken out. Each has a version of its own."""

from flask import Response, request, url_for
from flask_babel import gettext

from blueprints.parties import bp
from blueprints.parties.completion import editable
from blueprints.parties.entry import edit_form, facts_of, fill_from_card, new_form, overtaken_by, speakers_of
from blueprints.parties.forms import EditPartyForm, NewPartyForm, PartyFields, id_problem
from blueprints.parties.queries import gaps, parties, sealer
from models.dispute import Dispute
from models.errors import RuleBroken, Stale
from models.identity import clean_id_number, clean_phone, phone_problem
from models.party import Party, Side
from models.repeat import earlier
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.dom import dom_id
from web.editing import Difference
from web.language import sentence
from web.responses import found_or_404, go, is_htmx, page, see_other


@bp.get("/disputes/<ref:reference>/parties/new")
@requires(Permission.DISPUTE_EDIT)
def new_party(reference: str) -> Response:
    return _ask_new(editable(reference), new_form(request.args.get("side", "")))


@bp.get("/parties/<int:party_id>/edit")
@requires(Permission.DISPUTE_EDIT)
def edit_party(party_id: int) -> Response:
    party = _party(party_id)
    return _ask(party, edit_form(party))


@bp.get("/parties/<int:party_id>")
@requires(Permission.DISPUTE_EDIT)
def show_party(party_id: int) -> Response:
    """The card without its form: what was typed into the form is given up."""
    return _card(_party(party_id))


@bp.post("/disputes/<ref:reference>/parties")
@requires(Permission.DISPUTE_EDIT)
def create_party(reference: str) -> Response:
    dispute, form = editable(reference), new_form("")
    back = url_for("parties.edit_completion", reference=reference)
    if "fill" in request.form:
        return _ask_new(dispute, _filled(form))

    def add() -> None:
        with transaction(current().actor, form.submitted) as change:
            facts = facts_of(form)
            party = Party.add(change, dispute, Side(form.side.data), facts.pop("name"), **facts)
            party.edit(change, 1, speakers=speakers_of(form))
            change.location = back

    if form.accepts(add):
        return see_other(back)
    return _ask_new(dispute, form)


@bp.post("/parties/<int:party_id>")
@requires(Permission.DISPUTE_EDIT)
def update_party(party_id: int) -> Response:
    party = _party(party_id)
    form = edit_form(party)
    if "fill" in request.form:
        return _ask(party, _filled(form))

    def save() -> None:
        with transaction(current().actor) as change:
            party.edit(change, form.version.data, speakers=speakers_of(form), **facts_of(form))

    try:
        if form.accepts(save):
            return _card(party)
    except Stale:
        differing = overtaken_by(form, party)
        return _ask(party, form, 409, differing) if differing else _card(party)
    return _ask(party, form, form.status)


@bp.post("/parties/<int:party_id>/removal")
@requires(Permission.DISPUTE_EDIT)
def delete_party(party_id: int) -> Response:
    party = _party(party_id)
    dispute = party.owner
    form = edit_form(party)
    try:
        with transaction(current().actor) as change:
            party.remove(change, form.version.data or 0)
    except Stale:
        return _ask(party, form, 409, overtaken_by(form, party))
    except RuleBroken as error:
        form.form_errors = [sentence(error)]
        return _ask(party, form, 422)
    return go("parties.edit_completion", reference=dispute.reference)


@bp.post("/disputes/<ref:reference>/parties/earlier")
@requires(Permission.DISPUTE_EDIT)
def list_earlier(reference: str) -> Response:
    """Other disputes of the same ID number or telephone. Only reads; a POST because the numbers travel in it."""
    dispute = editable(reference)
    number, phone = (request.form.get(name, "")[:40] for name in ("id_number", "phone"))
    found = earlier(db.session(), current().paths(Permission.DISPUTE_READ), sealer(),
                    id_number="" if id_problem(number) else clean_id_number(number),
                    phone="" if phone_problem(phone) else clean_phone(phone))  # fmt: skip
    others = [row for row in found if row.id != dispute.id]
    if is_htmx():
        return page("parties/_earlier.html", found=others, looked=True)
    return page("parties/list_earlier.html", found=others, looked=True, dispute=dispute)


def _party(party_id: int) -> Party:
    return found_or_404(parties(Permission.DISPUTE_EDIT).where(Party.id == party_id, Party.dispute_id.is_not(None)))


def _filled(form: PartyFields) -> PartyFields:
    if not fill_from_card(form):
        form.card.errors = [gettext("Nothing was recognised; type the fields instead")]
    return form


def _ask_new(dispute: Dispute, form: NewPartyForm) -> Response:
    return page("parties/new_party.html", form.status, dispute=dispute, form=form, party=None, differing=None)


def _ask(party: Party, form: EditPartyForm, status: int = 200,
         differing: list[Difference] | None = None) -> Response:  # fmt: skip
    template = "parties/_party_form.html" if is_htmx() else "parties/edit_party.html"
    return page(template, form.status if status == 200 else status, dispute=party.dispute, party=party, form=form,
                differing=differing, opened=request.method == "GET")  # fmt: skip


def _card(party: Party) -> Response:
    """The card as it is now, and with it what the whole file still lacks."""
    if not is_htmx():
        return go("parties.edit_completion", reference=party.dispute.reference, party=party.id, _anchor=dom_id(party))
    lacking = gaps(party.dispute)
    return page("parties/_party.html", dispute=party.dispute, party=party, gaps=lacking, apart=True)
