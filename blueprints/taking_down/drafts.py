"""The statement that is being typed, kept on the server until it is taken down."""

from flask import Response, request, url_for
from wtforms import HiddenField, IntegerField
from wtforms.validators import DataRequired, NumberRange, Regexp

from blueprints.taking_down import bp, queries
from models.draft import keep_statement, take_over_statement
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.forms import BaseForm, Line, Lines
from web.responses import found_or_404, fragment, go, is_htmx

EDIT = Permission.DISPUTE_EDIT
LARGEST = 2**53  # whoever has this number is nobody, and both databases can be asked


class DraftForm(BaseForm):
    """The statement's form as it stands; nothing in it is needed yet."""

    submission = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$")])
    speaker = Line(_("Who speaks"), most=200)
    speaker_name = Line(_("Somebody else"), most=60)
    words = Lines(_("What was said"), most=8000)


class TakeOverForm(BaseForm):
    person = IntegerField(validators=[DataRequired(), NumberRange(1, LARGEST)])


@bp.post("/sessions/<int:session_id>/draft")
@requires(EDIT)
def update_draft(session_id: int) -> Response:
    session, form = found_or_404(queries.sessions(EDIT, session_id)), DraftForm()
    kept = []

    def keep() -> None:
        with transaction(current().actor) as change:
            speaker = form.speaker_name.data or form.speaker.data or ""
            kept.append(keep_statement(change, session, form.submission.data or "", speaker, form.words.data or ""))

    accepted = form.accepts(keep)
    if not is_htmx():
        return go("mediation.show_session", session_id=session_id)
    return fragment("taking_down/_draft_kept.html", otherwise=url_for("mediation.show_session", session_id=session_id),
                    status=200 if accepted else 422, kept=any(kept), at=now(), form=form)  # fmt: skip


@bp.post("/sessions/<int:session_id>/draft/take-over")
@requires(EDIT)
def create_takeover_of_draft(session_id: int) -> Response:
    """The recorder who takes over goes on with the words of whoever typed before."""
    session, form = found_or_404(queries.sessions(EDIT, session_id)), TakeOverForm(request.form)
    if form.validate_on_submit():
        with transaction(current().actor) as change:
            take_over_statement(change, session, form.person.data)
    return go("mediation.show_session", session_id=session_id)
