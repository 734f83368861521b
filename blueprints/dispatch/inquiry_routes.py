"""先电话问: asked by telephone before any whistle; beside it, never before it."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import RadioField
from wtforms.validators import InputRequired

from blueprints.dispatch import bp
from models.dispute import Dispute
from models.inquiry import InquiryResult, inquiries, note_inquiry
from models.unit import Unit
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.choices import blank, unit_choices
from web.fields import LongSelectField
from web.forms import CreatingForm, Line, Lines
from web.labels import label
from web.responses import found_or_404, page, see_other

P = Permission


class InquiryForm(CreatingForm):
    """Which unit, who answered the telephone, and what came of it."""

    unit_id = LongSelectField(lazy_gettext(_("Unit")), [InputRequired(lazy_gettext(_("Choose the unit")))])
    spoke_to = Line(_("Who answered"), most=60)
    result = RadioField(lazy_gettext(_("Result")), default=InquiryResult.ANSWERED.value)
    answer = Lines(_("What the unit answered"), most=2000)

    def __init__(self, dispute: Dispute, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit_id.choices = [blank(gettext("Choose")), *unit_choices()]
        self.result.choices = [(result.value, label(result)) for result in InquiryResult]
        usual = dispute.category.suggested_units()
        if usual and not self.is_submitted():
            self.unit_id.data = str(usual[0].unit_id)


@bp.get("/disputes/<ref:reference>/inquiries/new")
@requires(P.WHISTLE_SOUND)
def new_inquiry(reference: str) -> Response:
    dispute = _dispute(reference)
    return _ask(dispute, InquiryForm(dispute))


@bp.post("/disputes/<ref:reference>/inquiries")
@requires(P.WHISTLE_SOUND)
def create_inquiry(reference: str) -> Response:
    """Answered: back to the file. To be whistled: back to the whistle."""
    dispute = _dispute(reference)
    form = InquiryForm(dispute)
    result: list[str] = []

    def note() -> None:
        said = InquiryResult(form.result.data)
        unit = db.session.get_one(Unit, int(form.unit_id.data))
        with transaction(current().actor, form.submitted) as change:
            note_inquiry(change, dispute, unit, said, form.answer.data or "", form.spoke_to.data or "")
            to = "dispatch.new_whistle" if said is InquiryResult.TO_WHISTLE else "disputes.show_dispute"
            change.location = url_for(to, reference=reference)
            result.append(change.location)

    if form.accepts(note):
        return see_other(result[-1])
    return _ask(dispute, form)


@bp.app_template_global()
def inquiries_of(dispute: Dispute) -> list[Any]:
    return inquiries(db.session(), dispute)


def _ask(dispute: Dispute, form: InquiryForm) -> Response:
    return page("dispatch/inquiry.html", form.status, form=form, dispute=dispute)


def _dispute(reference: str) -> Dispute:
    return found_or_404(current().disputes(P.WHISTLE_SOUND).where(Dispute.reference == reference))
