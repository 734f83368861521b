"""What is printed for the court: each paper of a matter and the whole pack in three faces, and the lists of a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Response, current_app, make_response, request, url_for
from werkzeug.exceptions import NotFound

from blueprints.court import bp, queries
from models.clock import local_day
from models.event_kinds import EventKind
from models.referral import CourtReferral
from papers import docx
from papers.blocks import Paper
from papers.court_case import CourtCase
from papers.court_index import BY_CODE, COURT_PAPERS, PACK, CourtPaper
from papers.court_list import hand_over_list, returned_list
from papers.court_pack import pack
from papers.court_reading import case_of
from papers.press import PRESS
from papers.reading import DEMO, matter_of
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, page

P = Permission
# The codes are a closed list, so the address has its type.
CODES = ",".join(f'"{code}"' for code in (*BY_CODE, PACK))
CODE = f"<any({CODES}):paper>"


@bp.get("/referrals/receipts")
@requires(P.REFERRAL_READ)
def list_receipts() -> Response:
    """What was signed for on one day."""
    return _list(hand_over_list(queries.signed_on(day := _day()), day), "list_receipts", day)


@bp.get("/referrals/handovers")
@requires(P.REFERRAL_READ)
def list_handovers() -> Response:
    """What left the house on one day."""
    return _list(returned_list(queries.released_on(day := _day()), day), "list_handovers", day)


@bp.get(f"/referrals/<int:referral_id>/papers/{CODE}")
@requires(P.REFERRAL_READ)
@audited
def show_court_paper(referral_id: int, paper: str) -> Response:
    """One paper, or everything the court gets; the court itself reads it once it has left the house."""
    made, referral = _made(referral_id, paper)
    _record(referral, paper, "page")
    return page("court/sheet.html", paper=made, back=url_for("court.show_referral", referral_id=referral_id),
                docx=url_for("court.show_court_docx", referral_id=referral_id, paper=paper),
                pdf=url_for("court.show_court_pdf", referral_id=referral_id, paper=paper))  # fmt: skip


@bp.get(f"/referrals/<int:referral_id>/papers/{CODE}/docx")
@requires(P.REFERRAL_READ)
@audited
def show_court_docx(referral_id: int, paper: str) -> Response:
    return _file(referral_id, paper, "docx", docx.MIME)


@bp.get(f"/referrals/<int:referral_id>/papers/{CODE}/pdf")
@requires(P.REFERRAL_READ)
@audited
def show_court_pdf(referral_id: int, paper: str) -> Response:
    return _file(referral_id, paper, "pdf", "application/pdf")


def shelf(case: CourtCase) -> Sequence[CourtPaper]:
    """The papers of this matter that this person may read now."""
    return [one for one in COURT_PAPERS if one.may(case) and (_is_house() or one.is_courts(case))]


def has_pack(case: CourtCase) -> bool:
    """Whether the pack can be read: by the house once it is put together, by the court once it has left."""
    return case.has_left or (case.handover is not None and _is_house())


def read(referral: CourtReferral) -> CourtCase:
    return case_of(db.session(), referral, current_app.extensions["sealer"])


def _is_house() -> bool:
    return current().may(P.REFERRAL_HANDLE)


def _made(referral_id: int, code: str) -> tuple[Paper, CourtReferral]:
    referral = found_or_404(queries.referral(P.REFERRAL_READ, referral_id))
    case = read(referral)
    paper = _pack(case) if code == PACK else _paper(case, BY_CODE[code])
    return replace(paper, mark=DEMO if current_app.config["DEMO"] else ""), referral


def _paper(case: CourtCase, wanted: CourtPaper) -> Paper:
    if not wanted.may(case) or not (_is_house() or wanted.is_courts(case)):
        raise NotFound
    return wanted.write(case)


def _pack(case: CourtCase) -> Paper:
    dispute = case.referral.dispute
    if dispute is None or not has_pack(case):
        raise NotFound
    return pack(case, matter_of(db.session(), dispute, current_app.extensions["sealer"], now()))


def _file(referral_id: int, code: str, kind: str, mime: str) -> Response:
    made, referral = _made(referral_id, code)
    content = docx.docx(made) if kind == "docx" else PRESS.pdf(made)
    _record(referral, code, kind)
    response = make_response(content)
    response.mimetype = mime
    # The name says which matter and which paper, nobody's name: it stays in folders and lists of downloads.
    response.headers["Content-Disposition"] = f'attachment; filename="referral-{referral_id}-{code}.{kind}"'
    return response


def _record(referral: CourtReferral, code: str, kind: str) -> None:
    stream, subject = referral.stream, referral.id
    with transaction(current().actor) as change:
        change.record(stream, EventKind.PAPER_SHOW, ("referral", subject), paper=code, file=kind)


def _day() -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return local_day(now())


def _list(paper: Paper, endpoint: str, day: date) -> Response:
    """As page, or as the file that was asked for."""
    paper = replace(paper, mark=DEMO if current_app.config["DEMO"] else "")
    kind, here = request.args.get("as"), f"court.{endpoint}"
    if kind not in ("docx", "pdf"):
        return page("court/sheet.html", paper=paper, back=url_for("court.list_referrals"),
                    docx=url_for(here, day=day.isoformat(), **{"as": "docx"}),
                    pdf=url_for(here, day=day.isoformat(), **{"as": "pdf"}))  # fmt: skip
    response = make_response(docx.docx(paper) if kind == "docx" else PRESS.pdf(paper))
    response.mimetype = docx.MIME if kind == "docx" else "application/pdf"
    name = endpoint.removeprefix("list_")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day.isoformat()}.{kind}"'
    return response
