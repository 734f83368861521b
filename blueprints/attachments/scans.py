"""The scan of a signed paper: taken in as material and put beside the paper in one step."""

from flask import Response, url_for

from blueprints.attachments import bp
from blueprints.attachments.forms import DOCUMENTS, ScanForm
from blueprints.attachments.intake import megabytes_of, take_in
from blueprints.attachments.queries import final_paper_called
from models.attachment import Attachment, AttachmentKind, KeptFile
from models.change import Change
from models.final_paper import FinalPaper
from models.signing import link_scan
from security.access import requires
from security.permissions import Permission
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
    place = _place(paper)

    def write(change: Change, kept: list[KeptFile]) -> None:
        dispute, title = paper.mediation.dispute, form.title.data or ""
        for scan in Attachment.upload(change, dispute, kept, AttachmentKind.SCAN, title):
            link_scan(change, paper, scan)

    status = take_in(form, paper.mediation.dispute, place, write)
    if status != 200:
        return _ask(paper, form, status)
    return see_other(place)


def _place(paper: FinalPaper) -> str:
    return url_for("signing.show_signing", session_id=paper.session_id, _anchor=paper.kind.value)


def _ask(paper: FinalPaper, form: ScanForm, status: int = 0) -> Response:
    dispute = paper.mediation.dispute
    return page("attachments/scan.html", status or form.status, form=form, paper=paper, documents=DOCUMENTS,
                dispute=dispute, megabytes=megabytes_of(dispute), back=_place(paper))  # fmt: skip
