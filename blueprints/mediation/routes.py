"""A session from its opening to its last statement."""

from typing import Any

from flask import Response, render_template, request, url_for

from blueprints.mediation import bp, proposals, queries
from blueprints.mediation.forms import AnswerForm, SessionForm, StatementForm, labelled
from models.agreement import AgreementForm
from models.agreement_draft import draft_of
from models.assignment import Duty, assigned
from models.callout import AnswerResult, Callout
from models.consent import OTHER_WAYS
from models.dispute import Dispute
from models.draft import DraftSave, statement_drafts
from models.errors import Stale, TransitionNotAllowed
from models.lifecycle import DisputeStatus, Move
from models.mediation import MediationSession
from models.natures import closed_natures
from models.participant import Participant
from models.person import Person, Role
from models.presiding_body import PresidingBody
from models.registration import names_in
from models.room import Room, room_of
from models.signed import lacking
from models.unit_answer import newest_answers
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import overtaken
from web.responses import found_or_404, fragment, go, is_htmx, page

CAN_OPEN = (DisputeStatus.REGISTERED, DisputeStatus.ACCEPTED, DisputeStatus.SUSPENDED)


@bp.get("/disputes/<ref:reference>/sessions/new")
@requires(Permission.MEDIATION_CONDUCT)
def new_session(reference: str) -> Response:
    dispute = found_or_404(queries.disputes(Permission.MEDIATION_CONDUCT, reference))
    if dispute.status not in CAN_OPEN:
        raise TransitionNotAllowed(_("This step is not possible in the present state of the dispute"))
    return _ask(dispute, _session_form(dispute))


@bp.post("/disputes/<ref:reference>/sessions")
@requires(Permission.MEDIATION_CONDUCT)
def create_session(reference: str) -> Response:
    dispute = found_or_404(queries.disputes(Permission.MEDIATION_CONDUCT, reference))
    form = _session_form(dispute)
    opened: list[int] = []

    def open_session() -> None:
        with transaction(current().actor, form.submitted) as change:
            session = MediationSession.open(
                change, dispute, form.chosen_nature(), db.session().get_one(PresidingBody, int(form.body_id.data)),
                db.session().get_one(Person, int(form.mediator_id.data)), _chosen(Person, form.recorder_id.data),
                _chosen(Room, form.room_id.data), _present(dispute, form),
            )  # fmt: skip
            opened.append(session.id)
            change.location = url_for("mediation.show_session", session_id=session.id)

    if form.accepts(open_session):
        return go("mediation.show_session", session_id=opened[0])
    return _ask(dispute, form)


@bp.get("/sessions/<int:session_id>")
@requires(Permission.DISPUTE_READ)
def show_session(session_id: int) -> Response:
    return _show(found_or_404(queries.sessions(Permission.DISPUTE_READ, session_id)))


@bp.post("/sessions/<int:session_id>/statements")
@requires(Permission.DISPUTE_EDIT)
def create_statement(session_id: int) -> Response:
    """Take down one statement; with HTMX the line is added and the form is ready for the next."""
    session = found_or_404(queries.sessions(Permission.DISPUTE_EDIT, session_id))
    form = _statement_form(session)
    place = url_for("mediation.show_session", session_id=session_id)

    def take_down() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = place
            session.state(change, form.who, form.words.data)

    if not form.accepts(take_down):
        if not is_htmx():
            return _show(session, statement_form=form)
        return fragment("mediation/_statement_form.html", otherwise=place, status=422, mediation=session,
                        statement_form=form)  # fmt: skip
    if not is_htmx():
        return go("mediation.show_session", session_id=session_id)
    fresh = _statement_form(session, formdata=None, speaker=form.speaker.data, speaker_name=form.speaker_name.data)
    response = fragment("mediation/_statement_form.html", otherwise=place, mediation=session, statement_form=fresh)
    line = render_template("mediation/_statement_added.html", statement=session.statements[-1])
    response.set_data(response.get_data(as_text=True) + line)
    return response


@bp.post("/callouts/<int:callout_id>/answer")
@requires(Permission.DISPUTE_EDIT)
def update_answer(callout_id: int) -> Response:
    """到场结果 of a unit, set by the mediator or the recorder."""
    callout = found_or_404(queries.callouts(Permission.DISPUTE_EDIT, callout_id))
    session = found_or_404(queries.sessions(Permission.DISPUTE_EDIT, _last_session(callout.dispute)))
    form = _answer_form(callout, request.form)

    def set_answer() -> None:
        with transaction(current().actor) as change:
            callout.give_answer(change, form.version.data, AnswerResult(form.result.data), form.answer.data or "",
                                form.answer_due_on.data)  # fmt: skip

    try:
        if form.accepts(set_answer):
            return go("mediation.show_session", session_id=session.id, _anchor=f"callout-{callout.id}")
    except Stale:
        differences = {callout.id: overtaken(form, _answer_form(callout, None))}
        return _show(session, 409, answers={callout.id: form}, differences=differences)
    return _show(session, form.status, answers={callout.id: form})


def _show(session: MediationSession, status: int = 200, **bound: Any) -> Response:
    dispute = session.dispute
    called = [callout for callout in dispute.callouts if callout.stood_down_at is None]
    typed = bound.get("answers", {})
    drafts = statement_drafts(db.session(), session) if session.ended_at is None else []
    statement_form = bound.get("statement_form") or _statement_form(session, formdata=None, **_own(drafts))
    closed = closed_natures(db.session(), dispute) if session.ended_at is None else {}
    form = next(iter(typed.values()), statement_form)
    return page(
        "mediation/show.html", form.status if status == 200 else status, mediation=session, dispute=dispute,
        statement_form=statement_form, present=queries.capacities(session), called=called, form=form,
        said=newest_answers(db.session(), called), closed=closed.get(session.nature, ""), other_ways=OTHER_WAYS,
        drafts=[(draft, db.session.get(Person, draft.by_id)) for draft in drafts if draft.by_id != _me()],
        expected=proposals.expected(session),
        answers={callout.id: typed.get(callout.id) or _answer_form(callout, None) for callout in called},
        differences=bound.get("differences", {}), can_close=dispute.can_do(Move.CLOSE),
        draft=draft_of(db.session(), session), unsigned=_is_unsigned(session),
        number=queries.register_number(session),
    )  # fmt: skip


def _is_unsigned(session: MediationSession) -> bool:
    agreement = session.standing_agreement
    return agreement is not None and agreement.form is AgreementForm.WRITTEN and bool(lacking(session))


def _ask(dispute: Dispute, form: SessionForm) -> Response:
    closed = closed_natures(db.session(), dispute)
    return page("mediation/new.html", form.status, dispute=dispute, form=form, closed=sorted(set(closed.values())))


def _session_form(dispute: Dispute) -> SessionForm:
    bodies, closed = proposals.bodies_of(dispute.centre), closed_natures(db.session(), dispute)
    room = room_of(db.session(), dispute.id)
    proposal, known = proposals.propose(dispute, bodies, closed), proposals.may_be_present(dispute)
    mediator, recorder = assigned(dispute, Duty.MEDIATOR) or current().person, assigned(dispute, Duty.RECORDER)
    form = SessionForm(
        nature=proposal.nature.value, body_id=str(proposal.body.id) if proposal.body else "",
        mediator_id=str(mediator.id) if mediator else "", recorder_id=str(recorder.id) if recorder else "",
        room_id=str(room.id) if room else "", present=[key for key, (_who, _words, here) in known.items() if here],
    )  # fmt: skip
    form.nature.choices = labelled(proposals.open_natures(dispute, closed))
    form.body_id.choices = proposals.body_choices(bodies)
    form.mediator_id.choices = proposals.people_choices(dispute, Role.MEDIATOR)
    form.recorder_id.choices = proposals.people_choices(dispute, Role.CLERK, Role.MEDIATOR)
    form.room_id.choices = proposals.room_choices(dispute, room)
    form.present.choices = [(key, words) for key, (_who, words, _here) in known.items()]
    return form


def _present(dispute: Dispute, form: SessionForm) -> list[Participant]:
    known = proposals.may_be_present(dispute)
    return [known[key][0] for key in form.present.data] + [
        Participant(name=name) for name in names_in(form.others.data or "")
    ]


def _chosen(table: Any, id_: str | None) -> Any:
    return db.session().get_one(table, int(id_)) if id_ else None


def _statement_form(session: MediationSession, **typed: Any) -> StatementForm:
    form = StatementForm(**typed)
    people = [one.name for one in session.participants if one.left_at is None] + [session.mediator.name]
    people += [session.recorder.name] if session.recorder else []
    form.speaker.choices = [(name, name) for name in dict.fromkeys(people)]
    if typed.get("words") and form.speaker.data not in people:
        form.speaker_name.data = form.speaker.data
    return form


def _own(drafts: list[DraftSave]) -> dict[str, str]:
    """What this person has typed and not taken down yet."""
    own = next((draft for draft in drafts if draft.by_id == _me()), None)
    return {"words": own.text, "speaker": own.speaker} if own is not None else {}


def _me() -> int:
    return current().somebody.id


def _answer_form(callout: Callout, formdata: Any) -> AnswerForm:
    """Several stand on one page, so each has its own prefix."""
    return AnswerForm(formdata=formdata, prefix=f"callout-{callout.id}-", version=callout.version,
                      result=callout.result.value if callout.result else "", answer=callout.answer,
                      answer_due_on=callout.answer_due_on)  # fmt: skip


def _last_session(dispute: Dispute) -> int:
    return dispute.sessions[-1].id if dispute.sessions else 0
