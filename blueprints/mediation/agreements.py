"""协议: built row by row, kept as a draft while it is typed, checked, and recorded when it is whole."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from blueprints.mediation import bp
from blueprints.mediation.agreement_forms import MOST_ROWS, AgreementConclusion
from blueprints.mediation.building import build
from blueprints.mediation.queries import open_session, sessions
from blueprints.mediation.supplement_forms import SupplementForm
from models.agreement import AgreementForm
from models.agreement_draft import draft_of, save_draft
from models.clarity import findings
from models.clock import local_day
from models.conclusion import Conclusion, Outcome
from models.errors import Stale
from models.finding import Finding, advice, blocking
from models.mandate import groups, unauthorised
from models.mediation import MediationSession
from models.party import Side
from models.wording import Wording
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.filters import spoken
from web.responses import found_or_404, fragment, go, is_htmx, page

# What stands in the form and is not the text of the agreement.
PASSING = ("csrf_token", "submission", "version", "draft_version", "seen", "add")
# At which field of its row, or of the form, a finding is shown; the rest at the act.
FIELDS = {"zero": "amount_fen", "either": "amount_fen", "no_payer": "payer", "stranger": "payer", "oneself": "payee",
          "no_day": "due_on", "organ": "form", "sum": "total_fen", "clause_blank": "default_clause",
          "clause_vague": "default_clause", "clause_undecidable": "default_clause"}  # fmt: skip


@bp.get("/sessions/<int:session_id>/agreement/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_agreement(session_id: int) -> Response:
    """With the draft as it was last saved, or as it was at the save the address names."""
    session = open_session(found_or_404(sessions(Permission.MEDIATION_CONDUCT, session_id)))
    draft, wanted = draft_of(db.session(), session), request.args.get("save", type=int)
    saves = [save for save in draft.saves if wanted in (None, save.version)] if draft else []
    return _ask(session, _form(session, saves[-1].typed if saves else None))


@bp.post("/sessions/<int:session_id>/agreement")
@requires(Permission.MEDIATION_CONDUCT)
def create_agreement(session_id: int) -> Response:
    """Takes the terms when they are clear and all advice was seen; a button that builds terms only builds."""
    session = found_or_404(sessions(Permission.MEDIATION_CONDUCT, session_id))
    form = _form(session)
    if pressed := request.form.get("add"):
        build(pressed, form, session.dispute)
        return _ask(session, form, 200)
    said = _findings(session, form)

    def end() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("mediation.show_session", session_id=session_id)
            session.conclude(change, form.version.data, _conclusion(form))

    if form.validate_on_submit() and session.ended_at is None:
        refuse(form, blocking(said))
        if form.has_errors or _unseen(said):
            return _ask(session, form, 422, held=not form.has_errors)
    return go("mediation.show_session", session_id=session_id) if form.accepts(end) else _ask(session, form)


@bp.post("/sessions/<int:session_id>/agreement/draft")
@requires(Permission.MEDIATION_CONDUCT)
def update_agreement_draft(session_id: int) -> Response:
    """Keeps what is typed, whole or not, and says what is still to be mended."""
    session = found_or_404(sessions(Permission.MEDIATION_CONDUCT, session_id))
    typed = {name: request.form.getlist(name) for name in request.form if name not in PASSING}
    shown, overtaken = _shown_version(), False
    try:
        with transaction(current().actor) as change:
            shown = save_draft(change, session, shown, typed).version
    except Stale:
        overtaken = True
    form, place = _form(session), url_for("mediation.new_agreement", session_id=session_id)
    if overtaken and not is_htmx():
        return _ask(session, form, 409, overtaken=True)
    return fragment("mediation/_draft_saved.html", otherwise=place, **_state(session, form, shown, overtaken=overtaken))


def _shown_version() -> int:
    """The save the writer has seen."""
    return request.form.get("draft_version", 0, type=int)


def _form(session: MediationSession, typed: Any = None) -> AgreementConclusion:
    """What was sent, else the draft, else what is usual: on the spot at the first visit, a copy for each and one."""
    dispute, today = session.dispute, local_day(now())
    usual: dict[str, Any] = {"version": session.version, "on_site": dispute.visits[-1].brought_people(today),
                             "copies": len(dispute.parties) + 1}  # fmt: skip
    if typed is not None:
        form = AgreementConclusion(formdata=MultiDict({**typed, "version": [str(session.version)]}))
    else:
        form = AgreementConclusion(**usual)
    if session.law_on_writing:
        form.form.choices = form.form.choices[:1]
    return form


def _findings(session: MediationSession, form: AgreementConclusion) -> list[Finding]:
    today = local_day(now())
    return findings(Wording.of(db.session(), session, today, form.drafts(today), form.default_clause.data or "",
                               form.total_fen.data, performed_at_once=form.performed_at_once.data))  # fmt: skip


def refuse(form: AgreementConclusion | SupplementForm, said: list[Finding]) -> None:
    """Each at its field, so that the summary leads there."""
    for finding in said:
        if finding.code == "none" and form.rows.entries:  # the first term is where to begin
            first = form.rows[0]["payer"]
            first.errors = [*first.errors, spoken(finding)]
            continue
        name = FIELDS.get(finding.code, "act")
        row = None if finding.row is None else form.filled[finding.row - 1]
        if row is None and name not in form:
            form.rule_errors = (*form.rule_errors, spoken(finding))
            continue
        place = "" if row is None else f"{gettext('Term %(n)s', n=_number(form, row))}{gettext(': ')}"
        field = (form if row is None else row)[name]
        field.errors = [*field.errors, place + spoken(finding)]
    form.rows.errors = [row.errors for row in form.rows if row.errors]


def _number(form: AgreementConclusion | SupplementForm, row: Any) -> int:
    """Of the row on the page, empty ones counted."""
    return next(n for n, entry in enumerate(form.rows, 1) if entry.form is row)


def _unseen(said: list[Finding]) -> set[str]:
    return {finding.key for finding in advice(said)} - set(request.form.getlist("seen"))


def _state(session: MediationSession, form: AgreementConclusion, shown: int, *, overtaken: bool) -> dict[str, Any]:
    """Where the draft stands, and what is to be said about it; findings lead to the rows as they are on the page."""
    rows = [place for place, row in enumerate(form.rows) if not row.form.is_blank]
    said = _findings(session, form) if rows or form.default_clause.data else []
    return {"mediation": session, "form": form, "draft": draft_of(db.session(), session), "shown": shown, "rows": rows,
            "overtaken": overtaken, "must": [] if form.has_errors else blocking(said),
            "advice": advice(said)}  # fmt: skip


def _ask(session: MediationSession, form: AgreementConclusion, status: int | None = None, *,
         overtaken: bool = False, held: bool = False) -> Response:  # fmt: skip
    """`held`: advice was not seen yet. Overtaken, the form takes the other save: to save again is a decision."""
    dispute, draft = session.dispute, draft_of(db.session(), session)
    newest = draft.version if draft else 0
    shown = newest if overtaken or request.method == "GET" else _shown_version()
    form.offer([party.name for party in dispute.parties])
    return page(
        "mediation/agreement.html", status or form.status, **_state(session, form, shown, overtaken=overtaken),
        held=held, law=session.law_on_writing, missing=[party.name for party in unauthorised(db.session(), dispute)],
        persons=sum(len(group.represented) for group in groups(dispute)), has_room=len(form.rows) < MOST_ROWS,
        is_group=sum(party.side is Side.APPLICANT for party in dispute.parties) > 1,
    )  # fmt: skip


def _conclusion(form: AgreementConclusion) -> Conclusion:
    return Conclusion(
        Outcome.AGREED, on_site=form.on_site.data, form=AgreementForm(form.form.data),
        is_partial=form.extent.data == "part", performed_at_once=form.performed_at_once.data,
        default_clause=form.default_clause.data or "", total_fen=form.total_fen.data, copies=form.copies.data,
        terms=form.drafts(local_day(now())),
    )  # fmt: skip
