"""Batches from the page to the ZIP: the worker draws what its orderer may see, names what it cannot, and tidies up."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from flask import Flask

from blueprints.attachments.intake import keep
from commands.drawing import Drawing
from models.attachment import Attachment, AttachmentKind
from models.batch import Batch, BatchFile, BatchState
from models.closing import close
from models.dispute import Dispute
from models.dispute_unit import Part, end_part
from models.ending import withdraw
from models.event import Event
from models.lifecycle import ClosingType
from models.reopening import reopen
from papers.press import Fault, NotDrawn
from security.inspection import inspect
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite
PATH = "/archive/batches"


@pytest.fixture
def drawing(app: Flask) -> Iterator[Drawing]:
    drawing = Drawing(app)
    yield drawing
    drawing.press.close()


def closed(cast: Cast, count: int) -> list[Dispute]:
    disputes = [cast.registered() for _one in range(count)]
    for dispute in disputes:
        with cast.acting() as change:
            withdraw(change, dispute, "双方自行和解")
        with cast.acting() as change:
            close(change, dispute, ClosingType.RECONCILED, date(2026, 11, 23), date(2026, 12, 23))
    return disputes


def ordered(cast: Cast, **fields: object) -> Batch:
    visit(cast.signed_in(), PATH).form(PATH).submit(**fields)
    return db.session.query(Batch).order_by(Batch.id.desc()).first()


def test_what_was_ticked_is_drawn_and_taken_out_as_one_zip(cast: Cast, app: Flask, drawing: Drawing) -> None:
    whole, lost, other = closed(cast, 3)
    receipt = keep(inspect("receipt.txt", b"300"))
    with cast.acting() as change:
        Attachment.upload(change, lost, [receipt], AttachmentKind.EVIDENCE)
    app.extensions["files"].discard(receipt.address)
    batch = ordered(cast, disputes=[whole.reference, lost.reference])
    page = f"{PATH}/{batch.id}"
    assert [one.dispute_id for one in batch.files] == [whole.id, lost.id]
    assert "已完成 0 / 2" in visit(cast.signed_in(), page).text
    assert cast.signed_in().get(f"{page}/zip").status_code == 404
    assert "仍在生成" in visit(cast.signed_in(), PATH).form(PATH).submit(422, disputes=[other.reference]).text

    drawing.drain()
    db.session.rollback()
    assert batch.state is BatchState.READY
    assert {path.parent.name for path in app.extensions["files"].root.glob("*/*")} != {"arriving"}
    ready = visit(cast.signed_in(), page)
    for words in ("共 1 卷", f"{lost.number}：材料文件缺失或被改动"):
        assert words in ready.text
    with cast.signed_in().get(f"{page}/zip") as answer, zipfile.ZipFile(BytesIO(answer.data)) as parcel:
        assert parcel.testzip() is None
        assert parcel.namelist() == ["contents.csv", f"{whole.reference}.zip"]
        rows = list(csv.reader(StringIO(parcel.read("contents.csv").decode("utf-8-sig"))))
        with zipfile.ZipFile(parcel.open(f"{whole.reference}.zip")) as folder:
            assert folder.testzip() is None
            assert f"{whole.reference}.pdf" in folder.namelist()
    assert [(row[1], row[4], row[5]) for row in rows[1:]] == [
        (whole.number, f"{whole.reference}.zip", ""), (lost.number, "", "材料文件缺失或被改动")
    ]  # fmt: skip
    exports = db.session.query(Event).filter_by(kind="dossier:export").all()
    assert [event.subject_id for event in exports] == [whole.id]

    for path in (page, f"{page}/zip", f"{page}/progress"):
        assert cast.signed_in(LEADER).get(path).status_code == 404
    visit(cast.signed_in(), page).form(f"{page}/cancellation").submit()
    assert cast.signed_in().get(f"{page}/zip").status_code == 404


def test_what_the_orderer_may_no_longer_see_or_was_reopened_is_left_out(cast: Cast, drawing: Drawing) -> None:
    gone, back = closed(cast, 2)
    batch = ordered(cast, everything="1")
    with cast.acting(LEADER) as change:
        reopen(change, back, "又起纠纷")
        end_part(change, gone, Part.HOLDER)
    drawing.drain()
    db.session.rollback()
    assert [(one.dispute_id, one.omission) for one in batch.files] == [(gone.id, "unseen"), (back.id, "reopened")]
    assert batch.state is BatchState.READY
    assert visit(cast.signed_in(), f"{PATH}/{batch.id}").soup.find("a", href=f"{PATH}/{batch.id}/zip") is None


def test_one_that_takes_too_long_is_named_and_one_that_is_broken_off_waits(
    cast: Cast, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(cast, 1)
    batch = ordered(cast, everything="1")

    def refuse(*_what: object) -> int:
        raise NotDrawn(Fault.SLOW)

    monkeypatch.setattr(drawing.press, "bind", refuse)
    drawing.stop.set()
    assert not drawing.step()
    db.session.rollback()
    assert (batch.files[0].is_waiting, batch.files[0].attempts, batch.lease_until) == (True, 0, None)
    drawing.stop.clear()
    drawing.drain()
    db.session.rollback()
    assert (batch.state, batch.files[0].omission) == (BatchState.READY, "too_slow")


def test_after_its_midnight_nothing_of_a_batch_lies_in_the_store(
    cast: Cast, app: Flask, drawing: Drawing, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_order: object, _kind: str, into: BytesIO) -> int:
        into.write(b"PK" * 3_000_000)
        return 24

    closed(cast, 1)
    batch = ordered(cast, everything="1")
    monkeypatch.setattr(drawing.press, "bind", write)
    drawing.drain()
    db.session.rollback()
    store, address = app.extensions["files"], batch.files[0].address
    assert b"".join(store.pieces(batch.uid, "1", address)) == b"PK" * 3_000_000
    runner = app.test_cli_runner()
    assert "ok rows=1 files=1 strays=0" in runner.invoke(args=["files", "reconcile"]).output
    clock.now = batch.kept_until - timedelta(seconds=1)
    drawing.step()
    assert store.holds(address)
    clock.now = batch.kept_until + timedelta(minutes=2)
    drawing.step()
    db.session.rollback()
    assert (batch.state, store.holds(address)) == (BatchState.OVER, False)
    assert db.session.query(BatchFile).filter(BatchFile.address.is_not(None)).count() == 0
    assert "不再保留" in visit(cast.signed_in(), f"{PATH}/{batch.id}").text
