"""The five ways a session ends; each has its page, and nothing typed is lost on the way."""

from datetime import timedelta
from typing import Any

from flask import Response, request, url_for

from blueprints.mediation import bp
from blueprints.mediation.forms import (
    MOST_ROWS,
    AgreementConclusion,
    ConclusionForm,
    HandOverConclusion,
    NoAgreementConclusion,
    ReasonConclusion,
)  # fmt: skip
from blueprints.mediation.queries import duty_today, sessions
from models.agreement import AgreementForm
from models.clock import local_day
from models.errors import TransitionNotAllowed
from models.mediation import Conclusion, Ground, MediationSession, Outcome
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.choices import blank, unit_choices
from web.responses import found_or_404, go, page


@bp.get("/sessions/<int:session_id>/agreement/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_agreement(session_id: int) -> Response:
    return _ask(_open(session_id), Outcome.AGREED)


@bp.post("/sessions/<int:session_id>/agreement")
@requires(Permission.MEDIATION_CONDUCT)
def create_agreement(session_id: int) -> Response:
    """Takes the terms; the button for another row only adds one and keeps everything typed."""
    session = _found(session_id)
    form = _form(Outcome.AGREED, session)
    if request.form.get("add"):
        if len(form.rows) < MOST_ROWS:
            form.rows.append_entry()
        return _ask(session, Outcome.AGREED, form, asked_for_more=True)
    return _end(session, Outcome.AGREED, form)


@bp.get("/sessions/<int:session_id>/hand-over/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_hand_over_outcome(session_id: int) -> Response:
    return _ask(_open(session_id), Outcome.HANDED_OVER)


@bp.post("/sessions/<int:session_id>/hand-over")
@requires(Permission.MEDIATION_CONDUCT)
def create_hand_over_outcome(session_id: int) -> Response:
    return _end(_found(session_id), Outcome.HANDED_OVER, _form(Outcome.HANDED_OVER, _found(session_id)))


@bp.get("/sessions/<int:session_id>/no-agreement/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_no_agreement(session_id: int) -> Response:
    return _ask(_open(session_id), Outcome.NOT_AGREED)


@bp.post("/sessions/<int:session_id>/no-agreement")
@requires(Permission.MEDIATION_CONDUCT)
def create_no_agreement(session_id: int) -> Response:
    return _end(_found(session_id), Outcome.NOT_AGREED, NoAgreementConclusion())


@bp.get("/sessions/<int:session_id>/suspension/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_suspension(session_id: int) -> Response:
    return _ask(_open(session_id), Outcome.SUSPENDED)


@bp.post("/sessions/<int:session_id>/suspension")
@requires(Permission.MEDIATION_CONDUCT)
def create_suspension(session_id: int) -> Response:
    return _end(_found(session_id), Outcome.SUSPENDED, ReasonConclusion())


@bp.get("/sessions/<int:session_id>/withdrawal/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_withdrawal_outcome(session_id: int) -> Response:
    return _ask(_open(session_id), Outcome.WITHDRAWN)


@bp.post("/sessions/<int:session_id>/withdrawal")
@requires(Permission.MEDIATION_CONDUCT)
def create_withdrawal_outcome(session_id: int) -> Response:
    return _end(_found(session_id), Outcome.WITHDRAWN, ReasonConclusion())


FORMS: dict[Outcome, type[ConclusionForm]] = {
    Outcome.AGREED: AgreementConclusion,
    Outcome.HANDED_OVER: HandOverConclusion,
    Outcome.NOT_AGREED: NoAgreementConclusion,
    Outcome.SUSPENDED: ReasonConclusion,
    Outcome.WITHDRAWN: ReasonConclusion,
}
ACTIONS = {
    Outcome.AGREED: "mediation.create_agreement",
    Outcome.HANDED_OVER: "mediation.create_hand_over_outcome",
    Outcome.NOT_AGREED: "mediation.create_no_agreement",
    Outcome.SUSPENDED: "mediation.create_suspension",
    Outcome.WITHDRAWN: "mediation.create_withdrawal_outcome",
}


def _found(session_id: int) -> MediationSession:
    return found_or_404(sessions(Permission.MEDIATION_CONDUCT, session_id))


def _open(session_id: int) -> MediationSession:
    session = _found(session_id)
    if session.ended_at is not None:
        raise TransitionNotAllowed(_("This session has ended"))
    return session


def _form(outcome: Outcome, session: MediationSession) -> Any:
    """The form with what is usual: on the spot when the visit is of today, the setting's days for a reply."""
    today = local_day(now())
    usual: dict[str, Any] = {"version": session.version, "on_site": session.dispute.visits[-1].day == today}
    if outcome is Outcome.HANDED_OVER:
        usual["reply_by"] = today + timedelta(days=session.dispute.centre.setting(db.session(), "hand_over_days"))
        usual["matter"] = session.dispute.demand
    form = FORMS[outcome](**usual)
    if isinstance(form, AgreementConclusion) and session.law_on_writing:
        form.form.choices = form.form.choices[:1]
    if isinstance(form, HandOverConclusion):
        form.hand_over_unit.choices = [blank(""), *unit_choices()]
    return form


def _ask(session: MediationSession, outcome: Outcome, form: Any = None, *, asked_for_more: bool = False) -> Response:
    form = form or _form(outcome, session)
    action = url_for(ACTIONS[outcome], session_id=session.id)
    return page(
        "mediation/conclusion.html", 200 if asked_for_more else form.status, mediation=session, form=form,
        outcome=outcome, action=action, duty=duty_today() if outcome is Outcome.HANDED_OVER else [],
        law=session.law_on_writing,
    )  # fmt: skip


def _end(session: MediationSession, outcome: Outcome, form: Any) -> Response:
    place = url_for("mediation.show_session", session_id=session.id)

    def end() -> None:
        conclusion = _conclusion(outcome, form)
        with transaction(current().actor, form.submitted) as change:
            change.location = place
            session.conclude(change, form.version.data, conclusion)

    session_id = session.id
    return go("mediation.show_session", session_id=session_id) if form.accepts(end) else _ask(session, outcome, form)


def _conclusion(outcome: Outcome, form: Any) -> Conclusion:
    common: dict[str, Any] = {"outcome": outcome, "on_site": form.on_site.data}
    if outcome is Outcome.AGREED:
        return Conclusion(
            **common, form=AgreementForm(form.form.data), is_partial=form.extent.data == "part",
            performed_at_once=form.performed_at_once.data, default_clause=form.default_clause.data or "",
            terms=form.drafts(local_day(now())),
        )  # fmt: skip
    if outcome is Outcome.HANDED_OVER:
        return Conclusion(**common, hand_over=form.order)
    if outcome is Outcome.NOT_AGREED:
        return Conclusion(**common, ground=Ground(form.ground.data), reason=form.reason.data or "",
                          routes_told=form.routes_told.data)  # fmt: skip
    return Conclusion(**common, reason=form.reason.data)
