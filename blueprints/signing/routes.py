"""The page 签署 of a session: texts are made final, signatures on paper noted, scans put beside them."""

from flask import Response, request, url_for

from blueprints.signing import bp, queries
from blueprints.signing.forms import (
    EndForm,
    FinaliseForm,
    ReadOutForm,
    RefusalForm,
    ScanForm,
    StrikeForm,
    paper_signing_form,
)
from blueprints.signing.showing import answer, scan_choices, show
from models.attachment import Attachment
from models.dispute import Dispute
from models.errors import Stale
from models.event_kinds import EventKind
from models.final_paper import PaperKind, finalise, hash_of
from models.mediation import MediationSession
from models.signing import link_scan, read_out, refuse, sign_on_paper, strike
from models.unsigned import end_unsigned
from models.words import _
from papers.blocks import Paper
from papers.final import shown
from papers.kept import unpacked
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
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
    return show(queries.session_called(session_id, P.PAPER_MAKE))


@bp.post("/sessions/<int:session_id>/final-papers")
@requires(P.MEDIATION_CONDUCT)
def create_final_paper(session_id: int) -> Response:
    """定稿 of the text that was shown; of another one nothing is kept."""
    session, form = queries.session_called(session_id, P.MEDIATION_CONDUCT), FinaliseForm()

    def keep() -> None:
        mended = len(session.record_supplements) if form.chosen is PaperKind.RECORD else 0
        text, after = queries.next_text(session, form.chosen)
        if hash_of(text) != form.seen.data:
            raise Stale(_("The text has changed since you read it: read it again"))
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("signing.show_signing", session_id=session_id)
            finalise(change, session, form.chosen, text, after=after, mended=mended)

    if form.accepts(keep):
        return go("signing.show_signing", session_id=session_id, _anchor=form.kind.data)
    return show(session, form)


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

    return answer(final, form, note)


@bp.post("/final-papers/<int:paper_id>/scans")
@requires(P.DISPUTE_EDIT)
def create_scan(paper_id: int) -> Response:
    """A scan that lies in the file already."""
    final, form = queries.paper_called(paper_id, P.DISPUTE_EDIT), ScanForm()
    form.scan.choices = scan_choices(final)

    def link() -> None:
        with transaction(current().actor) as change:
            link_scan(change, final, db.session.get_one(Attachment, int(form.scan.data)))

    return answer(final, form, link)


@bp.post("/final-papers/<int:paper_id>/refusals")
@requires(P.MEDIATION_CONDUCT)
def create_refusal(paper_id: int) -> Response:
    """Somebody refuses to sign; why, and before whom."""
    final, form = queries.paper_called(paper_id, P.MEDIATION_CONDUCT), RefusalForm()
    form.offer(final, only_parties=True)

    def note() -> None:
        with transaction(current().actor) as change:
            refuse(change, final, form.chosen(final), form.reason.data or "", form.present.data or "")

    return answer(final, form, note)


@bp.post("/final-papers/<int:paper_id>/strikes")
@requires(P.MEDIATION_CONDUCT)
def create_strike(paper_id: int) -> Response:
    """What was noted of the printed paper by mistake."""
    final, form = queries.paper_called(paper_id, P.MEDIATION_CONDUCT), StrikeForm()
    form.offer(final)

    def note() -> None:
        with transaction(current().actor) as change:
            strike(change, final, form.chosen(final), form.reason.data or "")

    return answer(final, form, note)


@bp.post("/final-papers/<int:paper_id>/readings")
@requires(P.DISPUTE_EDIT)
def create_reading(paper_id: int) -> Response:
    """宣读确认 for somebody who cannot read."""
    final, form = queries.paper_called(paper_id, P.DISPUTE_EDIT), ReadOutForm()
    form.offer(final, only_parties=True)

    def note() -> None:
        with transaction(current().actor) as change:
            read_out(change, final, form.chosen(final), form.heard)

    return answer(final, form, note)


@bp.post("/final-papers/<int:paper_id>/end")
@requires(P.MEDIATION_CONDUCT)
def create_end(paper_id: int) -> Response:
    """A party stays with its refusal: the agreement lapses and the mediation ends without it."""
    final, form = queries.paper_called(paper_id, P.MEDIATION_CONDUCT), EndForm()

    def end() -> None:
        with transaction(current().actor) as change:
            end_unsigned(change, final.mediation, routes_told=form.routes_told.data)

    return answer(final, form, end)
