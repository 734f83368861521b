"""The page 签署 of a session: texts are made final, signatures on paper noted, scans put beside them."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext

from blueprints.signing import bp, queries
from blueprints.signing.forms import FinaliseForm, PaperSigningForm, ScanForm, paper_signing_form
from models.attachment import Attachment
from models.clock import local_day
from models.dispute import Dispute
from models.errors import Stale
from models.event_kinds import EventKind
from models.final_paper import FinalPaper, finalise, hash_of
from models.mediation import MediationSession
from models.signing import link_scan, sign_on_paper
from models.words import _
from papers.blocks import Paper
from papers.final import shown
from papers.kept import unpacked
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.forms import BaseForm
from web.responses import go, page

P = Permission


@bp.app_template_global()
def signings_of(dispute: Dispute) -> list[queries.Bundle]:
    """What of the dispute is or has to be signed, for its card."""
    return [one for session in dispute.sessions for one in queries.bundles(session)]


@bp.app_template_global()
def signing_of(session: MediationSession) -> list[queries.Bundle]:
    """The same of one session."""
    return queries.bundles(session)


@bp.get("/sessions/<int:session_id>/signing")
@requires(P.PAPER_MAKE)
def show_signing(session_id: int) -> Response:
    return _show(queries.session_called(session_id, P.PAPER_MAKE))


@bp.post("/sessions/<int:session_id>/final-papers")
@requires(P.MEDIATION_CONDUCT)
def create_final_paper(session_id: int) -> Response:
    """定稿 of the text that was shown; of another one nothing is kept."""
    session, form = queries.session_called(session_id, P.MEDIATION_CONDUCT), FinaliseForm()

    def keep() -> None:
        text = queries.text_of(session, form.chosen)
        if hash_of(text) != form.seen.data:
            raise Stale(_("The text has changed since you read it: read it again"))
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("signing.show_signing", session_id=session_id)
            finalise(change, session, form.chosen, text)

    if form.accepts(keep):
        return go("signing.show_signing", session_id=session_id, _anchor=form.kind.data)
    return _show(session, form)


@bp.get("/final-papers/<int:paper_id>")
@requires(P.PAPER_MAKE)
@audited
def show_final_paper(paper_id: int) -> Response:
    """Any version, also one that was supplemented since."""
    final = queries.paper_called(paper_id, P.PAPER_MAKE)
    session = final.mediation
    blocks = shown(final, queries.sealer()).blocks
    written = unpacked(final.text(queries.sealer()))
    mark = queries.matter(session.dispute).mark
    stream, subject, code = session.dispute.stream, final.id, final.kind.value
    with transaction(current().actor) as change:
        change.record(stream, EventKind.PAPER_SHOW, ("final_paper", subject), paper=code, file="page")
    return page("signing/paper.html", paper=Paper(written.name, blocks, mark=mark), final=final,
                mediation=final.mediation)  # fmt: skip


@bp.post("/final-papers/<int:paper_id>/signatures")
@requires(P.DISPUTE_EDIT)
def create_signatures(paper_id: int) -> Response:
    """Who has signed the printed paper."""
    final = queries.paper_called(paper_id, P.DISPUTE_EDIT)
    form = paper_signing_form(final, request.form)

    def note() -> None:
        with transaction(current().actor) as change:
            sign_on_paper(change, final, form.ways(final), form.signed_on.data)

    return _answer(final, form, note)


@bp.post("/final-papers/<int:paper_id>/scans")
@requires(P.DISPUTE_EDIT)
def create_scan(paper_id: int) -> Response:
    """A scan that lies in the file already."""
    final, form = queries.paper_called(paper_id, P.DISPUTE_EDIT), ScanForm()
    form.scan.choices = _scans(final)

    def link() -> None:
        with transaction(current().actor) as change:
            link_scan(change, final, db.session.get_one(Attachment, int(form.scan.data)))

    return _answer(final, form, link)


def _answer(final: FinalPaper, form: BaseForm, verb: Any) -> Response:
    session_id, kind = final.session_id, final.kind.value
    if form.accepts(verb):
        return go("signing.show_signing", session_id=session_id, _anchor=kind)
    return _show(queries.session_called(session_id, P.PAPER_MAKE), form, final)


def _scans(final: FinalPaper) -> list[tuple[str, str]]:
    return [("", "-"), *((str(one.id), gettext("No. %(number)s %(title)s", number=one.number, title=one.title))
                         for one in queries.scans_to_link(final))]  # fmt: skip


def _show(session: MediationSession, wrong: BaseForm | None = None, about: FinalPaper | None = None) -> Response:
    """The page with every form; the one that was refused stands as it was sent."""
    found = queries.bundles(session, with_texts=current().may(P.MEDIATION_CONDUCT))
    finals = [one.paper for one in found if one.paper is not None]

    def bound(final: FinalPaper, kind: type[BaseForm], fresh: Any) -> Any:
        return wrong if final is about and isinstance(wrong, kind) else fresh()

    forms = {
        final.id: {
            "signing": bound(final, PaperSigningForm, lambda final=final: _signing_form(final)),
            "scan": bound(final, ScanForm, lambda final=final: _scan_form(final)),
        }
        for final in finals
    }
    finalise_forms = {one.kind: FinaliseForm(formdata=None, kind=one.kind.value, seen=one.seen)
                      for one in found if one.written is not None}  # fmt: skip
    return page("signing/show.html", wrong.status if wrong else 200, mediation=session, dispute=session.dispute,
                bundles=found, forms=forms, finalise_forms=finalise_forms, form=wrong)  # fmt: skip


def _signing_form(final: FinalPaper) -> PaperSigningForm:
    return paper_signing_form(final, None, usual=bool(request.args.get("all")), signed_on=local_day(now()))


def _scan_form(final: FinalPaper) -> ScanForm:
    form = ScanForm(formdata=None)
    form.scan.choices = _scans(final)
    return form
