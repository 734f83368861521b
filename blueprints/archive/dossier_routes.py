"""The whole file of a settled dispute to take along, as PDF or ZIP; who took it is kept."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO

from flask import Response, current_app
from werkzeug.exceptions import NotFound

from blueprints.archive import bp
from blueprints.archive.queries import dispute_called, matter
from models.attachment import Attachment, attachments
from models.event_kinds import EventKind
from papers.press import PRESS
from papers.volume import order
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction

P = Permission
PIECE = 64 * 1024
TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@bp.get("/disputes/<ref:reference>/dossier/pdf")
@requires(P.DISPUTE_ARCHIVE)
@audited
def show_pdf(reference: str) -> Response:
    return _taken(reference, "pdf")


@bp.get("/disputes/<ref:reference>/dossier/zip")
@requires(P.DISPUTE_ARCHIVE)
@audited
def show_zip(reference: str) -> Response:
    return _taken(reference, "zip")


def _taken(reference: str, kind: str) -> Response:
    dispute = dispute_called(reference, P.DISPUTE_ARCHIVE)
    if dispute.closed_at is None:
        raise NotFound
    ordered = order(matter(dispute), attachments(db.session(), dispute), _read)
    stream, subject = dispute.stream, dispute.id
    opened = TemporaryFile()  # noqa: SIM115 - closed when it is sent; without a name it leaves nothing behind
    try:
        pages = PRESS.bind(ordered, kind, opened)
        with transaction(current().actor) as change:
            change.record(stream, EventKind.DOSSIER_EXPORT, ("dispute", subject), file=kind, pages=pages)
    except BaseException:
        opened.close()
        raise
    size = opened.tell()
    opened.seek(0)
    response = Response(_pieces(opened), mimetype=TYPES[kind])
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="{reference}.{kind}"'
    response.call_on_close(opened.close)
    return response


def _pieces(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(PIECE):
            yield piece


def _read(one: Attachment) -> bytes:
    content: bytes = current_app.extensions["files"].read(one.uid, "content", one.address)
    return content
