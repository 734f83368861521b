"""The ways a session ends without an agreement; each has its page, and nothing typed is lost on the way."""

from datetime import timedelta
from typing import Any

from flask import Response, url_for

from blueprints.mediation import bp
from blueprints.mediation.forms import (
    ConclusionForm,
    HandOverConclusion,
    NoAgreementConclusion,
    ReasonConclusion,
    SuspensionConclusion,
)  # fmt: skip
from blueprints.mediation.queries import duty_today, open_session, sessions
from models.clock import local_day
from models.conclusion import Conclusion, Ground, Outcome
from models.mediation import MediationSession
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.choices import blank, unit_choices
from web.responses import found_or_404, go, page


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
    return _end(_found(session_id), Outcome.SUSPENDED, SuspensionConclusion())


@bp.get("/sessions/<int:session_id>/withdrawal/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_withdrawal_outcome(session_id: int) -> Response:
    return _ask(_open(session_id), Outcome.WITHDRAWN)


@bp.post("/sessions/<int:session_id>/withdrawal")
@requires(Permission.MEDIATION_CONDUCT)
def create_withdrawal_outcome(session_id: int) -> Response:
    return _end(_found(session_id), Outcome.WITHDRAWN, ReasonConclusion())


FORMS: dict[Outcome, type[ConclusionForm]] = {
    Outcome.HANDED_OVER: HandOverConclusion,
    Outcome.NOT_AGREED: NoAgreementConclusion,
    Outcome.SUSPENDED: SuspensionConclusion,
    Outcome.WITHDRAWN: ReasonConclusion,
}
ACTIONS = {
    Outcome.HANDED_OVER: "mediation.create_hand_over_outcome",
    Outcome.NOT_AGREED: "mediation.create_no_agreement",
    Outcome.SUSPENDED: "mediation.create_suspension",
    Outcome.WITHDRAWN: "mediation.create_withdrawal_outcome",
}


def _found(session_id: int) -> MediationSession:
    return found_or_404(sessions(Permission.MEDIATION_CONDUCT, session_id))


def _open(session_id: int) -> MediationSession:
    return open_session(_found(session_id))


def _form(outcome: Outcome, session: MediationSession) -> Any:
    """The form with what is usual: on the spot when the visit is of today, the setting's days for a reply."""
    today = local_day(now())
    last = session.dispute.visits[-1]
    usual: dict[str, Any] = {"version": session.version, "on_site": last.brought_people(today)}
    if outcome is Outcome.HANDED_OVER:
        usual["reply_by"] = today + timedelta(days=session.dispute.centre.setting(db.session(), "hand_over_days"))
        usual["matter"] = session.dispute.demand
    form = FORMS[outcome](**usual)
    if isinstance(form, HandOverConclusion):
        form.hand_over_unit.choices = [blank(""), *unit_choices()]
    return form


def _ask(session: MediationSession, outcome: Outcome, form: Any = None) -> Response:
    form = form or _form(outcome, session)
    action = url_for(ACTIONS[outcome], session_id=session.id)
    return page(
        "mediation/conclusion.html", form.status, mediation=session, form=form,
        outcome=outcome, action=action, duty=duty_today() if outcome is Outcome.HANDED_OVER else [],
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
    if outcome is Outcome.HANDED_OVER:
        return Conclusion(**common, hand_over=form.order)
    if outcome is Outcome.NOT_AGREED:
        return Conclusion(**common, ground=Ground(form.ground.data), reason=form.reason.data or "",
                          routes_told=form.routes_told.data)  # fmt: skip
    if outcome is Outcome.SUSPENDED:
        common["for_appraisal"] = form.for_appraisal.data
    return Conclusion(**common, reason=form.reason.data)
