"""The bound file: contents that say where each paper is, every page with its number, and nothing of anybody else."""

import csv
import hashlib
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

from flask import Flask
from pypdf import PdfReader

from blueprints.attachments.intake import keep, store
from models.attachment import Attachment, AttachmentKind, attachments
from models.clock import local_day
from models.closing import close
from models.dispute import Dispute
from models.lifecycle import ClosingType, DisputeStatus
from papers import evidence, index
from papers.binding import bound
from papers.bundle import appearing, bundle, safe
from papers.pdf import numbers
from papers.reading import matter_of
from papers.volume import bind, order
from security.inspection import inspect
from tests.papers.test_index import text_of
from tests.support import papers
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.morning import tell
from transaction import db, now


def read(one: Attachment) -> bytes:
    return store().read(one.uid, "content", one.address)


def agreed(cast: Cast) -> Dispute:
    """A dispute with a picture, a document of two pages, a text and something that was removed."""
    tell(cast)
    dispute = db.session.query(Dispute).filter_by(status=DisputeStatus.AGREED).order_by(Dispute.id).first()
    with cast.acting() as change:
        for name, content, kind, title in (
            ("身份证.jpg", papers.photo(), AttachmentKind.IDENTITY, "身份证"),
            ("合同.pdf", papers.pdf(2), AttachmentKind.EVIDENCE, "\U0001f600" * 70),
            ("证言.txt", "证言".encode(), AttachmentKind.OTHER, "../../etc/passwd"),
            ("误传.jpg", papers.photo(size=(300, 200)), AttachmentKind.EVIDENCE, "误传"),
        ):
            row = Attachment.upload(change, dispute, [keep(inspect(name, content))], kind, title)[0]
        row.remove(change, "传错了")
    return dispute


def flat(text: str) -> str:
    return "".join(text.split())


@only_sqlite
def test_the_contents_say_on_which_pages_each_paper_lies(cast: Cast) -> None:
    dispute = agreed(cast)
    matter = matter_of(db.session(), dispute, cast.app.extensions["sealer"], now())
    volume = bind(matter, attachments(db.session(), dispute), read)
    pages = [flat(page.extract_text()) for page in PdfReader(BytesIO(volume.content)).pages]
    assert len(pages) == volume.pages
    contents = next(section for section in volume.sections if section.code == "contents")
    listed = "".join(pages[contents.first - 1 : contents.last])
    inside = [section for section in volume.sections if section.code not in ("cover", "contents", "back")]
    for place, section in enumerate(inside, 1):
        assert f"{place}{section.name}{section.page_range}" in listed, section.name
        if section.code:
            assert section.name[:4] in pages[section.first - 1], section.name
    material = {section.name: section.last - section.first + 1 for section in inside if not section.code}
    assert material == {"当事人身份证明材料": 1, "证据材料": 2, "签字扫描件及其他材料": 1}
    for number, text in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in text
        assert text.count(f"页共{len(pages)}页") == 1, number
    assert f"本卷共1册{len(pages)}页" in pages[-1]
    assert "误传" not in "".join(pages)
    others = db.session.query(Dispute).filter(Dispute.id != dispute.id)
    assert not [other.number for other in others if other.number in "".join(pages)]


@only_sqlite
def test_the_bundle_opens_anywhere_and_its_digests_hold(cast: Cast, app: Flask, tmp_path: Path) -> None:
    dispute, place = agreed(cast), tmp_path / "whole.zip"
    matter = matter_of(db.session(), dispute, cast.app.extensions["sealer"], now())
    ordered = order(matter, attachments(db.session(), dispute), read)
    with appearing(place) as file:
        bundle(ordered.plan, bound(ordered.plan, ordered), ordered, file)
    with zipfile.ZipFile(place) as folder:
        assert folder.testzip() is None
        names = folder.namelist()
        assert all(".." not in name and not name.startswith("/") and len(name) < 90 for name in names)
        for line in folder.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(folder.read(name)).hexdigest() == digest
        raw = folder.read("contents.csv")
        rows = list(csv.reader(StringIO(raw.decode("utf-8-sig"))))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert {row[3] for row in rows[1:]} <= set(names)
    assert len([name for name in names if name.startswith("material/")]) == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("whole")] == ["whole.zip"]
    assert place.stat().st_mode & 0o777 == 0o600

    runner = app.test_cli_runner()
    assert runner.invoke(args=["dossier", "export", "甘综-19990101-001", str(place)]).exit_code == 3
    assert runner.invoke(args=["dossier", "export", dispute.number, str(place)]).exit_code == 4


@only_sqlite
def test_a_whole_file_that_cannot_be_recorded_is_not_written(cast: Cast, app: Flask, tmp_path: Path) -> None:
    dispute, place = agreed(cast), tmp_path / "whole.zip"
    with cast.acting() as change:
        close(change, dispute, ClosingType.SETTLED_WRITTEN, local_day(now()), local_day(now()))
    number = dispute.number
    db.session.remove()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END")
    done = app.test_cli_runner().invoke(args=["dossier", "export", number, str(place)])
    assert (done.exit_code, "cannot be used: full" in done.output, "Traceback" in done.output) == (1, True, False)
    assert list(tmp_path.glob("whole*")) == []


def test_the_sheet_of_page_numbers_covers_nothing_of_what_lies_below() -> None:
    for page in PdfReader(BytesIO(numbers(2))).pages:
        operators = {operator for _operands, operator in page.get_contents().operations}
        assert not operators & {b"f", b"F", b"f*", b"b", b"B"}, operators


def test_names_are_safe_on_every_system() -> None:
    assert safe("../../etc/passwd") == "____etc_passwd"
    assert safe("a" * 200, ".jpg") == "a" * 60 + ".jpg"
    assert safe("证言.txt", ".txt") == "证言.txt"
    assert safe("\u202egpj.exe", ".png") == "_gpj.exe.png"
    assert safe("...") == "_"


@only_sqlite
def test_the_list_of_evidence_says_what_was_brought_and_lies_before_it(cast: Cast) -> None:
    dispute = agreed(cast)
    matter = matter_of(db.session(), dispute, cast.app.extensions["sealer"], now())
    words = text_of(index.written(matter, index.BY_CODE["evidence"]).blocks)
    assert "\U0001f600" * 60 in words
    for absent in ("身份证", "误传", "etc/passwd"):
        assert absent not in words, absent
    sections = [section.name for section in bind(matter, attachments(db.session(), dispute), read).sections]
    assert sections[sections.index(evidence.NAME) + 1] == index.EVIDENCE
    assert [name for name in index.contents_of(matter) if name in (evidence.NAME, index.EVIDENCE)] == [
        evidence.NAME, index.EVIDENCE]  # fmt: skip


@only_sqlite
def test_the_contents_name_no_material_that_nobody_brought(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        dispute.accept(change)
    matter = matter_of(db.session(), dispute, cast.app.extensions["sealer"], now())
    assert {index.IDENTITY, index.EVIDENCE, evidence.NAME} & set(index.contents_of(matter)) == set()
