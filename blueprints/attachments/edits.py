"""Correcting a line of the list of evidence, and taking material out of it."""

from flask import Response, url_for
from werkzeug.exceptions import NotFound

from blueprints.attachments import bp
from blueprints.attachments.forms import AttachmentForm, RemovalForm
from blueprints.attachments.queries import own_attachment
from models.attachment import Attachment, AttachmentKind
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.editing import edited
from web.responses import page, see_other

P = Permission


@bp.get("/attachments/<int:attachment_id>/edit")
@requires(P.ATTACHMENT_EDIT)
def edit_attachment(attachment_id: int) -> Response:
    attachment = _present(attachment_id)
    return page("attachments/edit.html", form=_stored(attachment), attachment=attachment, differences=None)


@bp.post("/attachments/<int:attachment_id>")
@requires(P.ATTACHMENT_EDIT)
def update_attachment(attachment_id: int) -> Response:
    attachment, form = _present(attachment_id), AttachmentForm()

    def save() -> None:
        with transaction(current().actor) as change:
            attachment.retitle(change, form.version.data, kind=AttachmentKind(form.kind.data), title=form.title.data,
                               source=form.source.data or "", pages=form.pages.data)  # fmt: skip

    return edited(form, save, to=_file(attachment), template="attachments/edit.html",
                  stored=lambda: _stored(attachment), attachment=attachment)  # fmt: skip


@bp.get("/attachments/<int:attachment_id>/removal/new")
@requires(P.ATTACHMENT_EDIT)
def new_removal(attachment_id: int) -> Response:
    return page("attachments/removal.html", form=RemovalForm(), attachment=_present(attachment_id))


@bp.post("/attachments/<int:attachment_id>/removal")
@requires(P.ATTACHMENT_EDIT)
def create_removal(attachment_id: int) -> Response:
    """Removing twice changes nothing."""
    attachment, form = own_attachment(attachment_id, P.ATTACHMENT_EDIT), RemovalForm()
    to = _file(attachment)

    def remove() -> None:
        with transaction(current().actor) as change:
            attachment.remove(change, form.reason.data)

    if form.accepts(remove):
        return see_other(to)
    return page("attachments/removal.html", form.status, form=form, attachment=attachment)


def _present(attachment_id: int) -> Attachment:
    attachment = own_attachment(attachment_id, P.ATTACHMENT_EDIT)
    if attachment.is_removed:
        raise NotFound
    return attachment


def _stored(attachment: Attachment) -> AttachmentForm:
    return AttachmentForm(formdata=None, obj=attachment)


def _file(attachment: Attachment) -> str:
    return url_for("disputes.show_dispute", reference=attachment.dispute.reference, _anchor="material")
