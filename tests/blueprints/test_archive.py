"""归档 on its page: what is missing with its links, the archive, the whole file, the hold; and `flask dossier`."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from blueprints.archive import routes
from blueprints.attachments.intake import keep
from models.attachment import Attachment, AttachmentKind, KeptFile, attachments
from models.closing import close
from models.dispute import Dispute
from models.event import Event
from models.event_kinds import EventKind
from models.lifecycle import ClosingType, DisputeStatus
from papers.press import PRESS, Fault, NotDrawn
from security.inspection import inspect
from tests.support.cast import CLERK, LEADER, Cast
from tests.support.databases import only_sqlite
from tests.support.morning import tell
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite


def closed(cast: Cast, *material: KeptFile) -> Dispute:
    tell(cast)
    dispute = db.session.query(Dispute).filter_by(status=DisputeStatus.AGREED).order_by(Dispute.id).first()
    with cast.acting() as change:
        if material:
            Attachment.upload(change, dispute, material, AttachmentKind.EVIDENCE)
        close(change, dispute, ClosingType.SETTLED_WRITTEN, date(2026, 11, 23), date(2026, 12, 23))
    return dispute


def taken(dispute: Dispute) -> list[object]:
    events = db.session.query(Event).filter_by(kind=EventKind.DOSSIER_EXPORT, subject_id=dispute.id)
    return [event.particulars["file"] for event in events.order_by(Event.id)]


def test_a_file_goes_into_the_archive_when_nothing_is_missing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dispute = closed(cast)
    path = f"/disputes/{dispute.reference}/archiving"
    page = visit(cast.signed_in(), path)
    lacks = {link.get_text(): link["href"] for link in page.soup.find(id="missing").find_all("a")}
    upload = visit(page.client, lacks["当事人身份证明"]).soup
    assert upload.select_one("[name=kind] option[selected]")["value"] == "identity_paper"
    assert not page.soup.find("form", action=path)
    with monkeypatch.context() as patch:
        patch.setattr(routes, "lacking", lambda _dispute: [])
        form = visit(cast.signed_in(), path).form(path)
    refused = form.submit(422, received_by="何敏")
    assert "必须材料不齐" in refused.text
    monkeypatch.setattr(routes, "lacking", lambda _dispute: [])
    assert "接收人" in visit(cast.signed_in(), path).form(path).submit(422, received_by="").text
    visit(cast.signed_in(), path).form(path).submit(received_by="何敏", place="3柜2盒")
    page = visit(cast.signed_in(), path)
    for part in ("2026-0001", "30年", "何敏", "3柜2盒"):
        assert part in page.text, part
    assert dispute.number in visit(cast.signed_in(), "/archive").text

    holds = f"/disputes/{dispute.reference}/holds"
    visit(cast.signed_in(LEADER), path).form(holds).submit(reason="法院调阅")
    assert "法院调阅" in visit(cast.signed_in(), path).text
    assert "留存中" in visit(cast.signed_in(), "/archive").text
    visit(cast.signed_in(LEADER), path).form(f"/disputes/{dispute.reference}/releases").submit(reason="已归还")
    assert "未设置留存" in visit(cast.signed_in(LEADER), path).text


def test_a_file_with_lost_material_is_not_taken_out_by_half(cast: Cast, app: Flask, tmp_path: Path) -> None:
    receipt = keep(inspect("receipt.txt", b"300"))
    dispute = closed(cast, receipt)
    [lost] = attachments(db.session(), dispute)
    app.extensions["files"].discard(lost.address)
    answer = cast.signed_in().get(f"/disputes/{dispute.reference}/dossier/pdf")
    assert answer.status_code == 410
    assert "已缺失或被改动" in answer.text
    assert cast.signed_in().get(f"/attachments/{lost.id}/file").status_code == 410
    place = tmp_path / "out.zip"
    assert app.test_cli_runner().invoke(args=["dossier", "export", dispute.number, str(place)]).exit_code == 5
    assert not place.exists()
    assert taken(dispute) == []


def test_what_cannot_be_drawn_is_said_and_not_kept_as_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dispute, client = closed(cast), cast.signed_in()
    faults = {Fault.BUSY: "请稍后再试", Fault.SLOW: "生成时间过长", Fault.FAILED: "损坏的文件"}
    waiting = list(faults)

    def refuse(*_what: object) -> int:
        raise NotDrawn(waiting.pop(0))

    monkeypatch.setattr(PRESS, "bind", refuse)
    for words in faults.values():
        answer = client.get(f"/disputes/{dispute.reference}/dossier/zip")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert words in answer.text
    assert taken(dispute) == []


def test_the_whole_file_is_taken_out_and_that_is_kept(cast: Cast, app: Flask, tmp_path: Path) -> None:
    dispute = closed(cast)
    client, path = cast.signed_in(CLERK), f"/disputes/{dispute.reference}/dossier"
    with client.get(f"{path}/pdf") as answer:
        assert len(PdfReader(BytesIO(answer.data)).pages) > 10
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{dispute.reference}.pdf"'
    assert client.get(f"/disputes/{cast.registered().reference}/dossier/pdf").status_code == 404
    assert cast.signed_in("zhangyaru").get(f"{path}/zip").status_code == 404  # the clerk of a township
    assert taken(dispute) == ["pdf"]

    runner, place = app.test_cli_runner(), tmp_path / "out.zip"
    assert dispute.number in runner.invoke(args=["dossier", "list", "--settled"]).output.splitlines()
    done = runner.invoke(args=["dossier", "export", dispute.number, str(place)])
    assert (done.exit_code, done.output.split(" ")[0]) == (0, "ok"), done.output
    with zipfile.ZipFile(place) as folder:
        assert folder.testzip() is None
    assert runner.invoke(args=["dossier", "export", dispute.number, str(tmp_path / "no" / "a.zip")]).exit_code == 6
    assert taken(dispute) == ["pdf", "zip"]
