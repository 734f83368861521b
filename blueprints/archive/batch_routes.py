"""批量出卷: choosing settled disputes, watching the worker draw their files, taking them out as one ZIP."""

from uuid import uuid4

from flask import Response, current_app, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.exceptions import NotFound

from blueprints.archive import bp
from blueprints.archive.batch_queries import (
    archive_numbers,
    batch_called,
    bodies,
    chosen,
    is_offered,
    mine,
    offered,
    settled,
)
from blueprints.archive.forms import BatchForm, PeriodForm
from blueprints.archive.parcel import packed
from models.batch import MOST_FILES, Batch, BatchFile, BatchState
from models.batch_drawing import waiting_before
from models.clock import local_day
from models.errors import RuleBroken
from models.words import _
from security.access import audited, poll, requires
from security.files import FileGone, FileStore
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.converters import id_in
from web.labels import label
from web.language import CHINESE, named
from web.responses import fragment, go, page

P = Permission
HEADS = ("序号", "纠纷编号", "档案号", "页数", "文件", "说明")


@bp.get("/archive/batches")
@requires(P.DOSSIER_BATCH)
def list_batches() -> Response:
    return _choose(BatchForm(formdata=None))


@bp.post("/archive/batches")
@requires(P.DOSSIER_BATCH)
def create_batch() -> Response:
    form, centre, person = BatchForm(), current().centre, current().somebody.id
    if centre is None:
        raise NotFound
    uid, disputes = uuid4().hex, chosen(form.chosen)
    ordered = 0

    def order() -> None:
        nonlocal ordered
        if len(disputes) < len(form.chosen):
            raise RuleBroken(_("Some of these disputes are no longer settled. Choose again"), field="disputes")
        with transaction(current().actor, form.submitted) as change:
            ordered = Batch.order(change, centre, person, uid, disputes).id
            change.location = url_for(".show_batch", batch_id=ordered)

    if form.accepts(order):
        return go(".show_batch", batch_id=ordered)
    return _choose(form)


@bp.get("/archive/batches/<int:batch_id>")
@requires(P.DOSSIER_BATCH)
def show_batch(batch_id: int) -> Response:
    return page("archive/batch.html", **_progress(batch_called(batch_id)))


@bp.get("/archive/batches/<int:batch_id>/progress")
@requires(P.DOSSIER_BATCH)
@poll
def show_progress(batch_id: int) -> Response:
    to = url_for(".show_batch", batch_id=batch_id)
    return fragment("archive/_progress.html", otherwise=to, **_progress(batch_called(batch_id)))


@bp.post("/archive/batches/<int:batch_id>/cancellation")
@requires(P.DOSSIER_BATCH)
def create_cancellation(batch_id: int) -> Response:
    """Cancelling twice changes nothing."""
    batch = batch_called(batch_id)
    with transaction(current().actor) as change:
        batch.cancel(change)
    return go(".show_batch", batch_id=batch_id)


@bp.get("/archive/batches/<int:batch_id>/zip")
@requires(P.DOSSIER_BATCH)
@audited
def show_parcel(batch_id: int) -> Response:
    batch, store = batch_called(batch_id), _store()
    files = offered(batch) if is_offered(batch) else []
    if not files:
        raise NotFound
    for one in files:
        if not store.holds(one.address or ""):
            raise FileGone(one.address)
    lying = [(_name(one), store.pieces(batch.uid, str(one.place), one.address or "")) for one in files]
    with force_locale(CHINESE):
        rows, name = _rows(batch, files), f"batch-{local_day(batch.ordered_at):%Y%m%d}-{batch.id}.zip"
    with transaction(current().actor) as change:
        batch.hand_out(change, files)
    response = Response(packed(rows, lying, batch.ready_at or batch.ordered_at), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _choose(form: BatchForm) -> Response:
    period = PeriodForm(request.args)
    period.body.choices = [("", gettext("All")), *((str(one.id), named(one)) for one in bodies())]
    days = (period.since.data, period.until.data) if period.validate() else (None, None)
    rows, has_older = settled(*days, id_in(period.body.data), id_in(period.before.data))
    kept = {name: value for name, value in request.args.items() if name in ("since", "until", "body") and value}
    older = url_for(".list_batches", **kept, before=rows[-1].id) if has_older else None
    ticked = set(form.disputes.data or ())
    return page("archive/batches.html", form.status if form.has_errors else period.status, form=form, period=period,
                rows=rows, older=older, kept=kept, ticked=ticked, batches=mine(), most=MOST_FILES)  # fmt: skip


def _progress(batch: Batch) -> dict[str, object]:
    return {"batch": batch, "is_drawing": batch.state is BatchState.DRAWING, "is_offered": is_offered(batch),
            "before": waiting_before(db.session(), batch) if batch.state is BatchState.DRAWING else 0,
            "size": sum(one.size or 0 for one in batch.drawn)}  # fmt: skip


def _rows(batch: Batch, files: list[BatchFile]) -> list[tuple[object, ...]]:
    """A line for each dispute that was chosen, also for those that are not in the ZIP."""
    archived = archive_numbers(batch)
    unseen = gettext("you may no longer see it")
    return [HEADS, *(
        (one.place, one.dispute.number, archived.get(one.dispute_id, ""), one.pages or "",
         _name(one) if one in files else "", label(one.omission) or ("" if one in files else unseen))
        for one in batch.files
    )]  # fmt: skip


def _name(one: BatchFile) -> str:
    return f"{one.dispute.reference}.zip"


def _store() -> FileStore:
    return current_app.extensions["files"]  # type: ignore[no-any-return]
