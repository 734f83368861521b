"""The record of a session as one page to read out, who confirmed it, and what was put right afterwards."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext
from wtforms import IntegerField, SelectField

from blueprints.taking_down import bp, queries
from blueprints.taking_down.forms import SupplementForm, labelled
from models.mediation import MediationSession
from models.record_reading import ReadingWay, confirm_reading, newest_readings
from models.record_supplement import supplement
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.filters import clock_time
from web.forms import BaseForm, Line
from web.labels import label
from web.responses import found_or_404, go, page

P = Permission


class ReadingForm(BaseForm):
    participant = IntegerField()
    way = SelectField()
    interpreter = Line(_("Interpreter"), most=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way.choices = labelled(ReadingWay)


@bp.get("/sessions/<int:session_id>/record")
@requires(P.DISPUTE_READ)
def show_record(session_id: int) -> Response:
    return _show(found_or_404(queries.sessions(P.DISPUTE_READ, session_id)), SupplementForm(formdata=None))


@bp.post("/sessions/<int:session_id>/readings")
@requires(P.DISPUTE_EDIT)
def create_reading(session_id: int) -> Response:
    """One tap per participant; the same tap twice is one reading."""
    session, form = found_or_404(queries.sessions(P.DISPUTE_EDIT, session_id)), ReadingForm()
    who = next((one for one in session.participants if one.id == form.participant.data), None)

    def confirm() -> None:
        with transaction(current().actor) as change:
            confirm_reading(change, session, who, ReadingWay(form.way.data), form.interpreter.data or "")

    if who is not None and form.accepts(confirm):
        return go("taking_down.show_record", session_id=session_id, _anchor="readings")
    return _show(session, SupplementForm(formdata=None), form)


@bp.post("/sessions/<int:session_id>/supplements")
@requires(P.DISPUTE_EDIT)
def create_supplement(session_id: int) -> Response:
    session, form = found_or_404(queries.sessions(P.DISPUTE_EDIT, session_id)), SupplementForm()
    _offer(session, form)

    def add() -> None:
        about = int(form.statement.data) if form.statement.data else None
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("taking_down.show_record", session_id=session_id)
            supplement(change, session, form.reason.data, form.words.data, about)

    if form.accepts(add):
        return go("taking_down.show_record", session_id=session_id, _anchor="supplements")
    return _show(session, form)


def _offer(session: MediationSession, form: SupplementForm) -> None:
    lines = [(str(one.id), f"{clock_time(one.at)} {one.speaker}") for one in session.statements]
    form.statement.choices = [("", gettext("the record as a whole")), *lines]


def _show(session: MediationSession, form: SupplementForm, reading: ReadingForm | None = None) -> Response:
    _offer(session, form)
    sides = {party.id: label(party.side) for party in session.dispute.parties}
    wrong = reading if reading is not None and reading.has_errors else form
    return page(
        "taking_down/record.html", wrong.status, mediation=session, dispute=session.dispute, form=wrong,
        supplement_form=form, readings=newest_readings(session), sides=sides, ways=list(ReadingWay),
        names=queries.names(one.by_id for one in session.record_supplements),
        is_intact=session.record_hash is None or session.reckoned_hash == session.record_hash,
    )  # fmt: skip
