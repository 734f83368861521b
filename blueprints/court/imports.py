"""导入: handing in a table of the court, and what became of it."""

from io import BytesIO
from uuid import uuid4

from flask import Response, current_app, url_for
from flask_babel import gettext

from blueprints.court import bp, queries
from blueprints.court.import_forms import SignAllForm, TableForm, usual_of
from blueprints.court.import_queries import court_import, findings, imports, unsigned
from blueprints.court.letters import house
from models.attachment import MEGABYTE
from models.clock import local_day
from models.court_import import CourtImport, ImportState, KeptTable
from models.court_table import kept_until
from models.errors import AlreadySubmitted, RuleBroken, TooLarge
from models.words import _
from papers.court_template import template
from papers.table import csv_content
from security.access import audited, poll, requires
from security.files import FileStore
from security.identity import current
from security.inspection import Inspected
from security.permissions import Permission
from security.tables import CSV, looked_at
from security.throttle import takes_turn
from transaction import db, now, transaction
from web.labels import label
from web.language import named, sentence
from web.large_form import was_cut
from web.responses import found_or_404, fragment, page, see_other

P = Permission
PART = "court-import"  # under which the file is sealed
MOST_SHOWN, MOST_A_MINUTE = 200, 10
LARGEST = 20  # megabytes
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_LARGE = _("A table may have at most %(most)s MB")


@bp.get("/referrals/imports")
@requires(P.REFERRAL_SEND)
def list_imports() -> Response:
    return _ask(_offered(TableForm(formdata=None)))


@bp.get("/referrals/imports/template")
@requires(P.REFERRAL_SEND)
def show_template() -> Response:
    return _download(template(), XLSX_TYPE, "court-template.xlsx")


@bp.post("/referrals/imports")
@requires(P.REFERRAL_SEND)
def create_import() -> Response:
    centre, form = house(), _offered(TableForm())
    found = _looked_at(form) if form.validate_on_submit() else 422
    if isinstance(found, int):
        return _ask(form, found)
    court = next(one for one in queries.courts() if str(one.id) == form.court.data)
    form.sha256, uid = found.sha256, uuid4().hex
    address = _store().keep_long(uid, PART, BytesIO(found.content))
    kept = KeptTable(uid, found.name, found.media_type, len(found.content), found.sha256, address)
    try:
        with transaction(current().actor, form.submitted) as change:
            row = CourtImport.order(change, centre, court, kept, usual_of(form))
            change.location = url_for("court.show_import", court_import_id=row.id)
            place = change.location
    except AlreadySubmitted:
        _store().discard(address)
        raise
    return see_other(place)


@bp.get("/referrals/imports/<int:court_import_id>")
@requires(P.REFERRAL_SEND)
def show_import(court_import_id: int) -> Response:
    return page("court/import.html", **shown(found_or_404(court_import(court_import_id))))


@bp.get("/referrals/imports/<int:court_import_id>/progress")
@requires(P.REFERRAL_SEND)
@poll
def show_import_progress(court_import_id: int) -> Response:
    row = found_or_404(court_import(court_import_id))
    to = url_for("court.show_import", court_import_id=court_import_id)
    return fragment("court/_import.html", otherwise=to, **shown(row))


@bp.get("/referrals/imports/<int:court_import_id>/findings")
@requires(P.REFERRAL_SEND)
def show_findings(court_import_id: int) -> Response:
    """Everything that was found wrong, as a table: places and sentences, nothing of what stands there."""
    row = found_or_404(court_import(court_import_id))
    heads = (gettext("Row"), gettext("Column"), gettext("What is wrong"))
    lines = [(str(one.row), label(one.column), gettext(one.fault, **one.fault_values))
             for one in findings(row)]  # fmt: skip
    return _download(csv_content([heads, *lines]), "text/csv", f"import-{row.id}.csv")


@bp.get("/referrals/imports/<int:court_import_id>/file")
@requires(P.REFERRAL_SEND)
@audited
def show_original(court_import_id: int) -> Response:
    """The original file, as it was handed in."""
    row = found_or_404(court_import(court_import_id).where(CourtImport.address.is_not(None)))
    content = b"".join(_store().pieces(row.uid, PART, row.address or ""))
    ending, media_type = ("csv", "text/csv") if row.media_type == CSV else ("xlsx", row.media_type)
    with transaction(current().actor) as change:
        row.show(change)
    return _download(content, media_type, f"import-{row.id}-original.{ending}")


def shown(row: CourtImport) -> dict[str, object]:
    """What page and fragment tell of an import."""
    return {"row": row, "is_working": row.state in (ImportState.READING, ImportState.WRITING), "most": MOST_SHOWN,
            "kept_until": kept_until(db.session(), row),
            "signing": _signing(row), "findings": findings(row, MOST_SHOWN) if row.state is ImportState.CHECKED else [],
            "fault": gettext(row.fault, **row.fault_values) if row.fault else ""}  # fmt: skip


def _signing(row: CourtImport) -> SignAllForm | None:
    """Signing for what was imported, for whoever may and while something waits."""
    if row.state is not ImportState.RELEASED or not current().may(P.REFERRAL_HANDLE) or not unsigned(row):
        return None
    return SignAllForm(formdata=None, signed_on=local_day(now()))


def _looked_at(form: TableForm) -> Inspected | int:
    """The chosen table, or the status of its refusal; what is wrong with it is told at the field."""
    person = current().somebody
    try:
        if was_cut():
            raise TooLarge(TOO_LARGE, most=LARGEST)
        if not form.file.data:
            raise RuleBroken(_("Choose a file"))
        if not takes_turn(current().actor, "upload", str(person.id), MOST_A_MINUTE):
            raise RuleBroken(_("More than %(most)s tables within a minute: wait a minute"), most=MOST_A_MINUTE)
        form.file.data.stream.seek(0)  # a request that is run again reads again
        content = form.file.data.stream.read(LARGEST * MEGABYTE + 1)
        if len(content) > LARGEST * MEGABYTE:
            raise TooLarge(TOO_LARGE, most=LARGEST)
        return looked_at(form.file.data.filename or "", content)
    except RuleBroken as error:
        form.file.errors = [sentence(error)]
        return 413 if isinstance(error, TooLarge) else 422


def _offered(form: TableForm) -> TableForm:
    form.court.choices = [(str(court.id), named(court)) for court in queries.courts()]
    return form


def _ask(form: TableForm, status: int = 200) -> Response:
    return page("court/imports.html", status, form=form, rows=imports(), largest=LARGEST)


def _download(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _store() -> FileStore:
    return current_app.extensions["files"]  # type: ignore[no-any-return]
