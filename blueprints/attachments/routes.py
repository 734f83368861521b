"""Taking files in, and looking at them. Whoever opens or downloads one is kept in the record."""

from urllib.parse import quote

from flask import Response, make_response, request, url_for
from werkzeug.exceptions import NotFound

from blueprints.attachments import bp
from blueprints.attachments.forms import DOCUMENTS, UploadForm
from blueprints.attachments.intake import megabytes_of, store, take_in
from blueprints.attachments.queries import dispute_called, history, listed, own_attachment
from models.attachment import Attachment, AttachmentKind, KeptFile
from models.change import Change
from models.dispute import Dispute
from models.event_kinds import EventKind
from security.access import audited, requires
from security.headers import SANDBOX
from security.identity import current
from security.inspection import ENDINGS, download_name
from security.permissions import Permission
from transaction import transaction
from web.responses import page, see_other

P = Permission


@bp.app_template_global()
def attachments_of(dispute: Dispute) -> list[Attachment]:
    return listed(dispute)


@bp.get("/disputes/<ref:reference>/attachments/new")
@requires(P.ATTACHMENT_EDIT)
def new_attachments(reference: str) -> Response:
    """Whoever comes from a paper that is missing finds its kind chosen."""
    return _ask(dispute_called(reference), UploadForm(kind=request.args.get("kind")))


@bp.post("/disputes/<ref:reference>/attachments")
@requires(P.ATTACHMENT_EDIT)
def create_attachments(reference: str) -> Response:
    """All files or none: whoever brings ten shall not have to find out which nine arrived."""
    dispute, form = dispute_called(reference), UploadForm()
    if not form.validate_on_submit():
        return _ask(dispute, form)
    place = url_for("disputes.show_dispute", reference=reference, _anchor="material")

    def write(change: Change, kept: list[KeptFile]) -> None:
        kind, title, source = AttachmentKind(form.kind.data), form.title.data or "", form.source.data or ""
        Attachment.upload(change, dispute, kept, kind, title, source)

    status = take_in(form, dispute, place, write)
    if status != 200:
        return _ask(dispute, form, status)
    return see_other(place)


@bp.get("/attachments/<int:attachment_id>")
@requires(P.ATTACHMENT_READ)
@audited
def show_attachment(attachment_id: int) -> Response:
    attachment = _present(attachment_id)
    _note(attachment, EventKind.ATTACHMENT_SHOW)
    return page("attachments/show.html", attachment=attachment, dispute=attachment.dispute, lines=history(attachment))


@bp.get("/attachments/<int:attachment_id>/preview")
@requires(P.ATTACHMENT_READ)
def show_preview(attachment_id: int) -> Response:
    """A picture of the size of a hand, beside its line in the list; identity papers have none."""
    attachment = _present(attachment_id)
    if not attachment.is_previewed or attachment.preview_address is None:
        raise NotFound
    return _sandboxed(store().read(attachment.uid, "preview", attachment.preview_address), "image/jpeg", "inline")


@bp.get("/attachments/<int:attachment_id>/file")
@requires(P.ATTACHMENT_READ)
@audited
def open_file(attachment_id: int) -> Response:
    attachment = _present(attachment_id)
    content = store().read(attachment.uid, "content", attachment.address)
    number, media_type = attachment.number, attachment.media_type
    name = quote(download_name(number, attachment.title, media_type), safe="")
    _note(attachment, EventKind.ATTACHMENT_DOWNLOAD)
    # RFC 6266: the plain name for those who do not know the other one.
    way = f"attachment; filename=\"{number}.{ENDINGS[media_type][0]}\"; filename*=UTF-8''{name}"
    return _sandboxed(content, media_type, way)


def _sandboxed(content: bytes, media_type: str, way: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = media_type  # as it is: no guess at the encoding of a text
    response.headers["Content-Disposition"] = way
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _present(attachment_id: int) -> Attachment:
    attachment = own_attachment(attachment_id, P.ATTACHMENT_READ)
    if attachment.is_removed:
        raise NotFound
    return attachment


def _note(attachment: Attachment, kind: EventKind) -> None:
    with transaction(current().actor) as change:
        attachment.record(change, kind)


def _ask(dispute: Dispute, form: UploadForm, status: int = 0) -> Response:
    return page("attachments/new.html", status or form.status, form=form, dispute=dispute, documents=DOCUMENTS,
                megabytes=megabytes_of(dispute))  # fmt: skip
