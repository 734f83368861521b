"""The page 归档 of a dispute with its decisions, and the list of the archive."""

from collections.abc import Callable

from flask import Response, request, url_for
from flask_babel import gettext

from blueprints.archive import bp
from blueprints.archive.forms import ArchivingForm, HoldForm
from blueprints.archive.queries import archived, dispute_called, held, lacking
from models import legal_hold
from models.archiving import archive, archiving_of, proposed_retention
from models.change import Change
from models.clock import local_day
from models.dispute import Dispute
from models.lifecycle import DisputeStatus
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.converters import id_in
from web.responses import go, page

P = Permission
TABS = {"all": _("All"), "over": _("Period over")}


@bp.get("/archive")
@requires(P.DISPUTE_ARCHIVE)
def list_archive() -> Response:
    today, tab = local_day(now()), "over" if request.args.get("tab") == "over" else "all"
    before = id_in(request.args.get("before"))
    rows, more = archived(before=before, over_on=today if tab == "over" else None)
    tabs = [(key, gettext(words), url_for("archive.list_archive", tab=key)) for key, words in TABS.items()]
    return page("archive/list.html", rows=rows, held=held(rows), today=today, tab=tab, tabs=tabs,
                older=url_for("archive.list_archive", tab=tab, before=rows[-1].id) if more else None)  # fmt: skip


@bp.get("/disputes/<ref:reference>/archiving")
@requires(P.DISPUTE_ARCHIVE)
def show_archiving(reference: str) -> Response:
    return _show(dispute_called(reference, P.DISPUTE_ARCHIVE))


@bp.post("/disputes/<ref:reference>/archiving")
@requires(P.DISPUTE_ARCHIVE)
def create_archiving(reference: str) -> Response:
    dispute, form = dispute_called(reference, P.DISPUTE_ARCHIVE), ArchivingForm()
    missing = len(lacking(dispute))

    def decide() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("archive.show_archiving", reference=reference)
            archive(change, dispute, form.shelf, lacking=missing)

    if form.accepts(decide):
        return go("archive.show_archiving", reference=reference)
    return _show(dispute, form)


@bp.post("/disputes/<ref:reference>/holds")
@requires(P.DOSSIER_HOLD)
def create_hold(reference: str) -> Response:
    return _hold(dispute_called(reference, P.DOSSIER_HOLD), legal_hold.hold)


@bp.post("/disputes/<ref:reference>/releases")
@requires(P.DOSSIER_HOLD)
def create_release(reference: str) -> Response:
    return _hold(dispute_called(reference, P.DOSSIER_HOLD), legal_hold.release)


def _hold(dispute: Dispute, verb: Callable[[Change, Dispute, str], None]) -> Response:
    form, reference = HoldForm(), dispute.reference

    def decide() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = url_for("archive.show_archiving", reference=reference)
            verb(change, dispute, form.reason.data or "")

    if form.accepts(decide):
        return go("archive.show_archiving", reference=reference)
    return _show(dispute, hold_form=form)


def _show(dispute: Dispute, form: ArchivingForm | None = None, hold_form: HoldForm | None = None) -> Response:
    refused = form or hold_form
    status = refused.status if refused else 200
    form = form or ArchivingForm(formdata=None, retention=proposed_retention(db.session(), dispute).value)
    return page("archive/show.html", status, dispute=dispute, form=form, missing=lacking(dispute),
                hold_form=hold_form or HoldForm(formdata=None), hold=legal_hold.hold_of(db.session(), dispute),
                row=archiving_of(db.session(), dispute), is_settled=dispute.closed_at is not None,
                is_archived=dispute.status is DisputeStatus.ARCHIVED)  # fmt: skip
