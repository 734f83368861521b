"""The officer's page by link. GET shows, POST acts; every tap may be sent twice."""

from flask import Response, url_for

from blueprints.arrival import bp
from models.callout import Callout
from security.access import Refused, by_link, by_link_of_today
from security.identity import current
from web import officer
from web.officer_forms import AnswerForm, CodeForm, ObjectionForm, OfficerForm, TimeForm
from web.responses import see_other


@bp.get("/arrival", defaults={"callout_id": None})
@bp.get("/arrival/callouts/<int:callout_id>")
@by_link_of_today
def show_callout(callout_id: int | None) -> Response:
    return officer.show(asked())


@bp.post("/arrival/callouts/<int:callout_id>/acknowledgement")
@by_link
def create_acknowledgement(callout_id: int) -> Response:
    return officer.acknowledge(asked(), _here(callout_id))


@bp.post("/arrival/callouts/<int:callout_id>/departure")
@by_link
def create_departure(callout_id: int) -> Response:
    return officer.set_out(asked(), _here(callout_id))


@bp.post("/arrival/callouts/<int:callout_id>/arrival")
@by_link
def create_arrival(callout_id: int) -> Response:
    form = CodeForm()
    if officer.arrive(asked(), form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(asked(), form.status, code=form)


@bp.post("/arrival/callouts/<int:callout_id>/substitute")
@by_link
def create_substitute(callout_id: int) -> Response:
    form = OfficerForm(is_sent=True)
    if officer.substitute(asked(), form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(asked(), form.status, substitute=form)


@bp.post("/arrival/callouts/<int:callout_id>/objections")
@by_link
def create_objection(callout_id: int) -> Response:
    form = ObjectionForm(is_sent=True)
    if officer.object_to(asked(), form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(asked(), form.status, objection=form)


@bp.post("/arrival/callouts/<int:callout_id>/time-requests")
@by_link
def create_time_request(callout_id: int) -> Response:
    callout, form = asked(), TimeForm(is_sent=True)
    if officer.ask_time(callout, form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(callout, form.status, time=form)


@bp.post("/arrival/callouts/<int:callout_id>/stand-down")
@by_link_of_today
def create_stand_down_receipt(callout_id: int) -> Response:
    """已知悉: nobody need come any more."""
    return officer.see_stand_down(asked(), _here(callout_id))


@bp.post("/arrival/callouts/<int:callout_id>/answers")
@by_link
def create_answer(callout_id: int) -> Response:
    form = AnswerForm(is_sent=True)
    if officer.answer(asked(), form, _here(callout_id)):
        return see_other(_here(callout_id))
    return officer.show(asked(), form.status, answer=form)


@bp.post("/arrival/callouts/<int:callout_id>/meeting")
@by_link
def create_meeting(callout_id: int) -> Response:
    return officer.join(asked(), _here(callout_id), url_for(".show_meeting", callout_id=callout_id))


@bp.get("/arrival/callouts/<int:callout_id>/meeting")
@by_link
def show_meeting(callout_id: int) -> Response:
    return officer.meeting(asked(), _here(callout_id))


@bp.get("/arrival/callouts/<int:callout_id>/receipt")
@by_link_of_today
def show_receipt(callout_id: int) -> Response:
    return officer.receipt(asked(), _here(callout_id))


def asked() -> Callout:
    """The callout whose link was opened."""
    callout = current().callout
    if callout is None:  # by_link admits nobody without one
        raise Refused("link")
    return callout


def _here(callout_id: int) -> str:
    return url_for("arrival.show_callout", callout_id=callout_id)
