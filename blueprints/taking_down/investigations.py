"""调查记录: begun, saved while it is typed, finished, supplemented."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext

from blueprints.taking_down import bp, queries
from blueprints.taking_down.forms import InvestigationForm, NewInvestigationForm, QuestioningForm
from models.assignment import Duty, assigned
from models.clock import SHANGHAI
from models.dispute import Dispute
from models.errors import Stale, TransitionNotAllowed
from models.investigation import Investigation
from models.person import Role
from models.room import room_of
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.editing import edited
from web.language import named, sentence
from web.responses import found_or_404, go, is_htmx, page

P = Permission
SHOW = "taking_down/investigation.html"


@bp.get("/disputes/<ref:reference>/investigations/new")
@requires(P.DISPUTE_EDIT)
def new_investigation(reference: str) -> Response:
    dispute = found_or_404(queries.disputes(P.DISPUTE_EDIT, reference))
    first = _first(dispute, request.args.get("supplements", type=int))
    form = NewInvestigationForm(formdata=None, supplements=first.id if first else None, **_usual(dispute, first))
    return _new(dispute, first, form)


@bp.post("/disputes/<ref:reference>/investigations")
@requires(P.DISPUTE_EDIT)
def create_investigation(reference: str) -> Response:
    dispute, form = found_or_404(queries.disputes(P.DISPUTE_EDIT, reference)), NewInvestigationForm()
    first, begun = _first(dispute, form.supplements.data), []
    _offer(form, dispute)

    def begin() -> None:
        with transaction(current().actor, form.submitted) as change:
            record = Investigation.begin(change, dispute, form.questioning(), first)
            change.location = url_for("taking_down.show_investigation", investigation_id=record.id)
            begun.append(record.id)

    if form.accepts(begin):
        return go("taking_down.show_investigation", investigation_id=begun[0])
    return _new(dispute, first, form)


@bp.get("/investigations/<int:investigation_id>")
@requires(P.DISPUTE_READ)
def show_investigation(investigation_id: int) -> Response:
    record = found_or_404(queries.investigations(P.DISPUTE_READ, investigation_id))
    form = _stored(record) if record.finished_at is None and current().may(P.DISPUTE_EDIT) else None
    return page(SHOW, form=form, differences=None, **_around(record))


@bp.post("/investigations/<int:investigation_id>")
@requires(P.DISPUTE_EDIT)
def update_investigation(investigation_id: int) -> Response:
    """Save; with HTMX while somebody types, which answers with the time and the new version alone."""
    record = found_or_404(queries.investigations(P.DISPUTE_EDIT, investigation_id))
    form = InvestigationForm()
    _offer(form, record.dispute, record)

    def save() -> None:
        with transaction(current().actor) as change:
            record.save(change, form.version.data, form.questioning())
            if form.finish.data:
                record.finish(change)

    if is_htmx():
        return _saved(record, form, save)
    here = url_for("taking_down.show_investigation", investigation_id=investigation_id)
    return edited(form, save, to=here, template=SHOW, stored=lambda: _stored(record), **_around(record))


def _saved(record: Investigation, form: InvestigationForm, save: Any) -> Response:
    problem, status = "", 200
    try:
        if not form.accepts(save):
            wrong = [str(words) for field in form for words in field.errors]
            problem, status = gettext("; ").join([*map(str, form.rule_errors), *wrong]), 422
    except (Stale, TransitionNotAllowed) as error:
        problem, status = sentence(error), 409
    return page("taking_down/_saved.html", status, at=now(), problem=problem, record=record)


def _new(dispute: Dispute, first: Investigation | None, form: NewInvestigationForm) -> Response:
    _offer(form, dispute, first)
    return page("taking_down/new_investigation.html", form.status, dispute=dispute, first=first, form=form)


def _around(record: Investigation) -> dict[str, Any]:
    return {"record": record, "dispute": record.dispute, "names": queries.names(save.by_id for save in record.saves)}


def _first(dispute: Dispute, wanted: int | None) -> Investigation | None:
    """The finished record of this dispute that is to be supplemented."""
    return next((one for one in dispute.investigations if one.id == wanted and one.finished_at), None)


def _usual(dispute: Dispute, first: Investigation | None) -> dict[str, Any]:
    """Now, here, by those who are assigned; a supplement asks the same person."""
    local, room = now().astimezone(SHANGHAI), room_of(db.session(), dispute.id)
    mediator, recorder = assigned(dispute, Duty.MEDIATOR) or current().person, assigned(dispute, Duty.RECORDER)
    proposed = {person.id: person for person in (mediator, recorder) if person is not None}
    usual = {"on": local.date(), "at": local.time(), "place": named(room or dispute.centre),
             "investigators": [str(key) for key in proposed],
             "recorder": str(recorder.id) if recorder else ""}  # fmt: skip
    if first is None:
        return usual | {"party": str(dispute.parties[0].id) if dispute.parties else ""}
    return usual | {"party": str(first.party_id or ""), "name": "" if first.party_id else first.name,
                    "relation": first.relation}  # fmt: skip


def _stored(record: Investigation) -> InvestigationForm:
    local = record.held_at.astimezone(SHANGHAI)
    form = InvestigationForm(
        formdata=None, version=record.version, party=str(record.party_id or ""), relation=record.relation,
        name="" if record.party_id else record.name, on=local.date(), at=local.time(), place=record.place,
        investigators=[str(person.id) for person in record.investigators], present=record.present,
        recorder=str(record.recorder_id or ""), text=record.text,
    )  # fmt: skip
    _offer(form, record.dispute, record)
    return form


def _offer(form: QuestioningForm, dispute: Dispute, record: Investigation | None = None) -> None:
    also = [*record.investigators, *([record.recorder] if record.recorder else [])] if record else []
    also += [person] if (person := current().person) is not None else []
    people = queries.people_choices(dispute, Role.MEDIATOR, Role.CLERK, also=also)
    form.party.choices = queries.asked_choices(dispute)
    form.investigators.choices, form.recorder.choices = people, [("", ""), *people]
