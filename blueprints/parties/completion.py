"""The page of 补全: what is still lacking, the matter itself, its parties: cards of a few, lines of many."""

from typing import Any

from flask import Response, request

from blueprints.parties import bp
from blueprints.parties.entry import edit_form
from blueprints.parties.forms import MatterForm
from blueprints.parties.queries import gaps, lacking_of
from blueprints.parties.sheet import Sheet
from models.category import Category
from models.completion import Particulars, complete
from models.dispute import Dispute
from models.errors import Stale
from models.party import Party
from models.risk import Risk
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.choices import category_choices
from web.editing import Difference, overtaken
from web.responses import found_or_404, go, is_htmx, page


@bp.get("/disputes/<ref:reference>/completion")
@requires(Permission.DISPUTE_EDIT)
def edit_completion(reference: str) -> Response:
    """The first party that lacks something lies open, or the one that is asked for."""
    dispute = editable(reference)
    return completion_page(dispute, _matter_form(dispute), chosen=_opened(dispute))


@bp.post("/disputes/<ref:reference>/completion")
@requires(Permission.DISPUTE_EDIT)
def update_completion(reference: str) -> Response:
    dispute = editable(reference)
    form = _matter_form(dispute)
    try:
        saved = form.accepts(lambda: _save(dispute, form))
    except Stale:
        # Sent twice, or both wrote the same: the record says what was typed.
        differing = overtaken(form, _stored_form(dispute))
        if differing:
            return _answer(dispute, form, 409, differing=differing)
        saved = True
    if saved and not is_htmx():
        return go("parties.edit_completion", reference=reference)
    if saved:
        form = _stored_form(dispute)
    return _answer(dispute, form, form.status, saved=saved)


def editable(reference: str) -> Dispute:
    return found_or_404(current().disputes(Permission.DISPUTE_EDIT).where(Dispute.reference == reference))


def completion_page(dispute: Dispute, form: MatterForm, status: int = 200, *, chosen: Party | None = None,
                    differing: list[Difference] | None = None) -> Response:  # fmt: skip
    lacking = gaps(dispute)
    place = dispute.parties.index(chosen) + 1 if chosen else request.args.get("from", 1, type=int)
    return page("parties/edit_completion.html", status, dispute=dispute, form=form, gaps=lacking, chosen=chosen,
                party_form=edit_form(chosen) if chosen and request.method == "GET" else None, differing=differing,
                saved=False, sheet=Sheet.holding(dispute.parties, place), lacking=lacking_of(lacking))  # fmt: skip


def _matter_form(dispute: Dispute) -> MatterForm:
    """What was asked for at the window is the first claim until somebody writes them out: nothing is typed twice."""
    stored = _stored(dispute)
    return MatterForm(data={**stored, "claims": stored["claims"] or dispute.demand}).offer(
        category_choices(dispute.centre, dispute.category)
    )


def _stored_form(dispute: Dispute) -> MatterForm:
    return MatterForm(formdata=None, data=_stored(dispute)).offer(category_choices(dispute.centre, dispute.category))


def _stored(dispute: Dispute) -> dict[str, Any]:
    stored = Particulars.of(dispute)
    return {
        "version": dispute.version,
        "category": str(stored.category.id),
        "demand": stored.demand,
        "facts": stored.facts,
        "claims": "\n".join(stored.claims),
        "amount": stored.amount_fen,
        "happened_on": stored.happened_on,
        "non_public": stored.non_public,
        "risks": sorted(stored.risks),
    }


def _save(dispute: Dispute, form: MatterForm) -> None:
    wanted = Particulars(
        category=db.session.get_one(Category, int(form.category.data)),
        demand=form.demand.data,
        facts=form.facts.data or "",
        claims=tuple(line.strip() for line in (form.claims.data or "").splitlines() if line.strip()),
        amount_fen=form.amount.data,
        happened_on=form.happened_on.data,
        non_public=form.non_public.data,
        risks={Risk(word) for word in form.risks.data or []},
    )
    with transaction(current().actor) as change:
        complete(change, dispute, form.version.data, wanted)


def _answer(dispute: Dispute, form: MatterForm, status: int, *, saved: bool = False,
            differing: list[Difference] | None = None) -> Response:  # fmt: skip
    if is_htmx():
        return page("parties/_matter.html", status, dispute=dispute, form=form, gaps=gaps(dispute), saved=saved,
                    differing=differing)  # fmt: skip
    return completion_page(dispute, form, status, differing=differing)


def _opened(dispute: Dispute) -> Party | None:
    """Whoever turns the pages of many looks for one himself."""
    if "from" in request.args:
        return None
    asked = request.args.get("party", type=int)
    lacking = [gap.party for gap in gaps(dispute) if gap.party is not None]
    return next((party for party in dispute.parties if party.id == asked), lacking[0] if lacking else None)
