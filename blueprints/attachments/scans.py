"""The scan of a signed paper: taken in as material and put beside the paper in one step."""

from flask import Response, url_for

from blueprints.attachments import bp
from blueprints.attachments.forms import DOCUMENTS, ScanForm
from blueprints.attachments.intake import give_up, keep, look_at
from blueprints.attachments.queries import final_paper_called
from models.attachment import Attachment, AttachmentKind
from models.errors import AlreadySubmitted, RuleBroken, TooLarge
from models.final_paper import FinalPaper
from models.signing import link_scan
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.responses import page, see_other

P = Permission


@bp.get("/final-papers/<int:paper_id>/scan")
@requires(P.ATTACHMENT_EDIT)
def new_scan(paper_id: int) -> Response:
    return _ask(final_paper_called(paper_id), ScanForm())


@bp.post("/final-papers/<int:paper_id>/scan")
@requires(P.ATTACHMENT_EDIT)
def create_scan(paper_id: int) -> Response:
    """All pages or none."""
    paper, form = final_paper_called(paper_id), ScanForm()
    if not form.validate_on_submit():
        return _ask(paper, form)
    status = look_at(form, _megabytes(paper))
    if status != 200:
        return _ask(paper, form, status)
    kept = [keep(found) for found in form.inspected]
    dispute, place = paper.mediation.dispute, _place(paper)
    try:
        with transaction(current().actor, form.submitted) as change:
            change.location = place
            title = form.title.data or ""
            for scan in Attachment.upload(change, dispute, kept, AttachmentKind.SCAN, title):
                link_scan(change, paper, scan)
    except AlreadySubmitted:
        give_up(kept)
        raise
    except RuleBroken as error:
        give_up(kept)
        form.take(error)
        return _ask(paper, form, 413 if isinstance(error, TooLarge) else 422)
    return see_other(place)


def _place(paper: FinalPaper) -> str:
    return url_for("signing.show_signing", session_id=paper.session_id, _anchor=paper.kind.value)


def _megabytes(paper: FinalPaper) -> int:
    return int(paper.mediation.dispute.centre.setting(db.session(), "file_megabytes"))


def _ask(paper: FinalPaper, form: ScanForm, status: int = 0) -> Response:
    return page("attachments/scan.html", status or form.status, form=form, paper=paper, documents=DOCUMENTS,
                dispute=paper.mediation.dispute, megabytes=_megabytes(paper), back=_place(paper))  # fmt: skip
