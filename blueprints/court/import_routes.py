"""Deciding on an import: what its columns mean, taking it, looking again, calling it off."""

from flask import Response, current_app, flash, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from blueprints.court import bp
from blueprints.court.import_forms import ColumnsForm, HeadingRowForm, SignAllForm, VersionForm, usual_of
from blueprints.court.import_queries import court_import, unsigned
from models.court_columns import missing
from models.court_import import CourtImport, ImportState
from models.court_samples import kept
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import transaction
from web.labels import label
from web.responses import found_or_404, page, see_other

P = Permission
ASKED = (ImportState.MAPPING, ImportState.CHECKED)


@bp.get("/referrals/imports/<int:court_import_id>/columns")
@requires(P.REFERRAL_SEND)
def edit_columns(court_import_id: int) -> Response:
    row = _row(court_import_id)
    if row.state not in ASKED:
        raise NotFound
    form = ColumnsForm(formdata=None, version=row.version, usual=row.usual)
    form.offer(row.headings)
    for place, column in row.columns.items():
        form.columns[place].data = column.value
    return _ask(row, form)


@bp.post("/referrals/imports/<int:court_import_id>/columns")
@requires(P.REFERRAL_SEND)
def update_columns(court_import_id: int) -> Response:
    """What each column means; the file is then looked through with that."""
    row = _row(court_import_id)
    form = ColumnsForm().offer(row.headings)

    def save() -> None:
        with transaction(current().actor) as change:
            row.map_columns(change, form.version.data, form.places, usual_of(form))

    lacking = missing(form.places, form.usual.data or "") if form.validate_on_submit() else []
    if lacking:
        names = gettext(", ").join(label(column) for column in lacking)
        form.rule_errors = (gettext("Say which column is: %(names)s", names=names),)
    elif form.accepts(save):
        return see_other(_place(row))
    return _ask(row, form)


@bp.post("/referrals/imports/<int:court_import_id>/heading-row")
@requires(P.REFERRAL_SEND)
def update_heading_row(court_import_id: int) -> Response:
    """The headings were taken from the wrong row: they are read anew from this one."""
    row, form = _row(court_import_id), HeadingRowForm()

    def choose() -> None:
        with transaction(current().actor) as change:
            row.choose_headings(change, form.version.data, int(form.row.data))

    form.accepts(choose)
    return see_other(_place(row))


@bp.post("/referrals/imports/<int:court_import_id>/approval")
@requires(P.REFERRAL_SEND)
def create_approval(court_import_id: int) -> Response:
    """Take every row that can be taken. Sent twice, it is taken once."""
    row, form = _row(court_import_id), VersionForm()

    def approve() -> None:
        with transaction(current().actor) as change:
            row.approve(change, form.version.data)

    form.accepts(approve)
    return see_other(_place(row))


@bp.post("/referrals/imports/<int:court_import_id>/receipt")
@requires(P.REFERRAL_HANDLE)
def create_import_receipt(court_import_id: int) -> Response:
    """Sign for what was imported, a hundred at once; the clocks of the court begin with that day."""
    row = found_or_404(current().court_imports(P.REFERRAL_HANDLE).where(CourtImport.id == court_import_id))
    form, rows = SignAllForm(), unsigned(row)

    def sign() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = _place(row)
            change.open_streams(*(one.stream for one in rows))
            for one in rows:
                one.receive(change, form.signed_on.data)

    if form.accepts(sign):
        flash(gettext("Signed for: %(n)s", n=len(rows)), "ok")
    for error in (error for field in form for error in field.errors):
        flash(error, "late")
    return see_other(_place(row))


@bp.post("/referrals/imports/<int:court_import_id>/recheck")
@requires(P.REFERRAL_SEND)
def create_recheck(court_import_id: int) -> Response:
    row, form = _row(court_import_id), VersionForm()

    def check() -> None:
        with transaction(current().actor) as change:
            row.check_again(change, form.version.data)

    form.accepts(check)
    return see_other(_place(row))


@bp.post("/referrals/imports/<int:court_import_id>/cancellation")
@requires(P.REFERRAL_SEND)
def create_import_cancellation(court_import_id: int) -> Response:
    """Calling off twice changes nothing."""
    row = _row(court_import_id)
    with transaction(current().actor) as change:
        row.cancel(change)
    return see_other(_place(row))


def _ask(row: CourtImport, form: ColumnsForm) -> Response:
    samples = kept(row, current_app.extensions["sealer"])
    hints = [" ｜ ".join(values) or gettext("Nothing stands below this heading") for values in samples]
    return page(
        "court/import_columns.html",
        form.status,
        row=row,
        form=form,
        hints=hints,
        rows=HeadingRowForm(formdata=None, version=row.version, row=str(row.heading_row)),
    )


def _row(court_import_id: int) -> CourtImport:
    return found_or_404(court_import(court_import_id))


def _place(row: CourtImport) -> str:
    return url_for("court.show_import", court_import_id=row.id)
