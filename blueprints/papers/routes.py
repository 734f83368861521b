"""One paper of a dispute in its three faces. A paper holds names and numbers in clear: who made it is kept."""

from flask import Response, current_app, make_response, request
from werkzeug.exceptions import NotFound

from blueprints.papers import bp
from models.agreement import AgreementForm
from models.dispute import Dispute
from models.event_kinds import EventKind
from models.mediation import MediationSession
from papers import docx, index
from papers.blocks import Paper
from papers.matter import Matter
from papers.press import PRESS
from papers.reading import matter_of
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, page

P = Permission
# The codes are a closed list, so the address has its type.
CODES = ",".join(f'"{code}"' for code in index.BY_CODE)
CODE = f"<any({CODES}):paper>"
PDF = "application/pdf"


@bp.get(f"/disputes/<ref:reference>/papers/{CODE}")
@requires(P.PAPER_MAKE)
@audited
def show_paper(reference: str, paper: str) -> Response:
    matter = _matter(reference)
    made = _made(matter, paper)
    _record(matter.dispute, paper, "page")
    return page("papers/show.html", dispute=matter.dispute, paper=made, code=paper,
                draft_of=_not_final(matter) if paper == "agreement" else None,
                large=request.args.get("print") == "large")  # fmt: skip


@bp.get(f"/disputes/<ref:reference>/papers/{CODE}/docx")
@requires(P.PAPER_MAKE)
@audited
def show_docx(reference: str, paper: str) -> Response:
    return _file(_matter(reference), paper, "docx", docx.MIME)


@bp.get(f"/disputes/<ref:reference>/papers/{CODE}/pdf")
@requires(P.PAPER_MAKE)
@audited
def show_pdf(reference: str, paper: str) -> Response:
    return _file(_matter(reference), paper, "pdf", PDF)


def _file(matter: Matter, code: str, kind: str, mime: str) -> Response:
    made, number = _made(matter, code), matter.dispute.reference
    content = docx.docx(made) if kind == "docx" else PRESS.pdf(made)
    _record(matter.dispute, code, kind)
    response = make_response(content)
    response.mimetype = mime
    # The name says dispute and kind of paper, nobody's name: it stays in folders and lists of downloads.
    response.headers["Content-Disposition"] = f'attachment; filename="{number}-{code}.{kind}"'
    return response


def _matter(reference: str) -> Matter:
    dispute = found_or_404(current().disputes(P.PAPER_MAKE).where(Dispute.reference == reference))
    return matter_of(db.session(), dispute, current_app.extensions["sealer"], now(),
                     is_demo=current_app.config["DEMO"])  # fmt: skip


def _made(matter: Matter, code: str) -> Paper:
    entry = index.BY_CODE[code]
    if entry.need(matter) is None:
        raise NotFound
    return index.written(matter, entry)


def _not_final(matter: Matter) -> MediationSession | None:
    """The session whose agreement is not final yet: what is signed before then proves no text."""
    agreed = (signed.session for signed in matter.agreed(AgreementForm.WRITTEN))
    return next((session for session in agreed if (session.id, "agreement") not in matter.finals), None)


def _record(dispute: Dispute, code: str, kind: str) -> None:
    stream, subject = dispute.stream, dispute.id
    with transaction(current().actor) as change:
        change.record(stream, EventKind.PAPER_SHOW, ("dispute", subject), paper=code, file=kind)
