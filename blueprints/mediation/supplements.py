"""补充协议: what the parties agree besides becomes a further version; terms that change follow when all have signed."""

from flask import Response, current_app, request, url_for
from werkzeug.exceptions import NotFound

from blueprints.mediation import bp
from blueprints.mediation.agreements import refuse
from blueprints.mediation.queries import final_agreements
from blueprints.mediation.supplement_forms import MOST_ROWS, SupplementForm
from models.agreement import Agreement, Term
from models.clarity import findings
from models.clock import local_day
from models.errors import RuleBroken
from models.final_paper import FinalPaper, newest_final
from models.finding import Finding, blocking
from models.term_change import supplement_terms, waiting
from models.wording import Wording
from models.words import _
from papers.agreement import sentence
from papers.kept import kept
from papers.reading import matter_of
from papers.supplement import supplemented_agreement
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, page, see_other

P = Permission


@bp.get("/final-papers/<int:paper_id>/supplements/new")
@requires(P.MEDIATION_CONDUCT)
def new_supplement(paper_id: int) -> Response:
    """To the version that counts, whichever the link was for."""
    paper = _found(paper_id)
    return _ask(newest_final(paper.mediation, paper.kind) or paper, SupplementForm(formdata=None))


@bp.post("/final-papers/<int:paper_id>/supplements")
@requires(P.MEDIATION_CONDUCT)
def create_supplement(paper_id: int) -> Response:
    """The next version, to be signed anew; the button for a further row only adds the row."""
    paper, form = _found(paper_id), SupplementForm()
    _offer(paper, form)
    if request.form.get("add"):
        if len(form.rows) < MOST_ROWS:
            form.rows.append_entry()
        return _ask(paper, form, 200)
    home = url_for("signing.show_signing", session_id=paper.session_id, _anchor="agreement")

    def add() -> None:
        ended, added, reason = _ended(paper, form), form.added, form.reason.data or ""
        words = form.words.data or ""
        if not (ended or added or words.strip()):
            raise RuleBroken(_("Enter what the parties agree besides, or change a term"), field="words")
        sealer = current_app.extensions["sealer"]
        matter = matter_of(db.session(), paper.mediation.dispute, sealer, now(), is_demo=current_app.config["DEMO"])
        text = kept(supplemented_agreement(matter, paper, sealer, words, reason, ended, added))
        with transaction(current().actor, form.submitted) as change:
            change.location = home
            supplement_terms(change, paper, text, reason, ended, added)

    if form.validate_on_submit():
        refuse(form, _unclear(paper, form))
    if form.has_errors:
        return _ask(paper, form)
    return see_other(home) if form.accepts(add) else _ask(paper, form)


def _unclear(paper: FinalPaper, form: SupplementForm) -> list[Finding]:
    """What must be changed in the terms that come; the clause on default stays that of the agreement."""
    if not form.added:
        return []
    wording = Wording.of(db.session(), paper.mediation, local_day(now()), form.added, "", None, performed_at_once=False)
    return blocking(findings(wording))


def _found(paper_id: int) -> FinalPaper:
    return found_or_404(final_agreements(P.MEDIATION_CONDUCT, paper_id))


def _agreement(paper: FinalPaper) -> Agreement:
    agreement = paper.mediation.agreement
    if agreement is None:
        raise NotFound
    return agreement


def _ended(paper: FinalPaper, form: SupplementForm) -> list[Term]:
    return [term for term in _agreement(paper).terms if str(term.id) in (form.ended.data or ())]


def _offer(paper: FinalPaper, form: SupplementForm) -> None:
    """What may end is said as the supplement will quote it; what an unsigned version ends already is not offered."""
    form.offer([party.name for party in paper.mediation.dispute.parties])
    agreement = _agreement(paper)
    going = {row.term_id for row in waiting(agreement)}
    form.ended.choices = [(str(term.id), f"{term.position}. {sentence(term)}")
                          for term in agreement.terms if term.is_open and term.id not in going]  # fmt: skip


def _ask(paper: FinalPaper, form: SupplementForm, status: int | None = None) -> Response:
    dispute = paper.mediation.dispute
    _offer(paper, form)
    return page("mediation/supplement.html", status or form.status, paper=paper, mediation=paper.mediation,
                dispute=dispute, form=form, has_room=len(form.rows) < MOST_ROWS)  # fmt: skip
