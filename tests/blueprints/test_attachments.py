"""Material on the page of a dispute: taken in without script, listed, looked at, downloaded, corrected, removed."""

import io
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from blueprints.attachments.body import LARGEST_UPLOAD
from models.attachment import Attachment
from models.dispute import Part
from models.event import Event
from models.person import Role
from security import sessions
from tests.support.cast import CLERK, LEADER, MEDIATOR, SECURITY, Cast
from tests.support.pages import Page, visit
from tests.support.papers import dangerous, document, pdf, photo
from transaction import db

TRICKS = dangerous()


def post(client: FlaskClient, path: str, data: dict[str, Any]) -> TestResponse:
    """Send a form with files. The client's own way would leave its temporary file open."""
    boundary, body = encode_multipart(MultiDict(data))
    return client.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


class Desk:
    """Somebody at the upload form of one dispute."""

    def __init__(self, cast: Cast, username: str = CLERK) -> None:
        self.dispute = cast.registered()
        self.reference = self.dispute.reference
        self.client = cast.signed_in(username)
        self.form = self.fields()

    def fields(self) -> dict[str, Any]:
        page = visit(self.client, f"/disputes/{self.reference}").follow("/attachments/new", "添加材料")
        return dict(page.form("/attachments").values()) | {"kind": "evidence"}

    def send(self, *files: tuple[str, bytes], status: int = 303, photos: tuple[tuple[str, bytes], ...] = (),
             **typed: str) -> TestResponse:  # fmt: skip
        data = {name: value for name, value in self.form.items() if name not in ("files", "photos")} | typed
        data["files"] = [FileStorage(io.BytesIO(content), name) for name, content in files]
        data["photos"] = [FileStorage(io.BytesIO(content), name) for name, content in photos]
        answer = post(self.client, f"/disputes/{self.reference}/attachments", data)
        assert answer.status_code == status, BeautifulSoup(answer.text, "html.parser").get_text(" ", strip=True)
        return answer

    def file(self) -> Page:
        return visit(self.client, f"/disputes/{self.reference}")


def rows() -> list[Attachment]:
    return db.session.query(Attachment).order_by(Attachment.id).all()


def stored(cast: Cast) -> int:
    return len(list(cast.app.extensions["files"].everything()))


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def test_several_files_and_photographs_are_taken_at_once(desk: Desk, cast: Cast) -> None:
    answer = desk.send(
        ("办卡合同.pdf", pdf(3)), ("清单.docx", document()), photos=(("IMG_1.jpg", photo()),), source="宋佳"
    )
    assert answer.headers["Location"].endswith(f"{desk.reference}#material")
    card = desk.file().soup.find(id="material").get_text(" ")
    for shown in ("证据材料清单", "办卡合同", "清单", "IMG_1", "宋佳", "许文静", "3", "KB"):
        assert shown in card
    assert [(row.number, row.title, row.pages) for row in rows()] == [
        (1, "办卡合同", 3),
        (2, "清单", None),
        (3, "IMG_1", 1),
    ]
    assert stored(cast) == 4  # the picture has a preview


def test_the_same_form_sent_twice_is_taken_once(desk: Desk, cast: Cast) -> None:
    places = {desk.send(("a.pdf", pdf())).headers["Location"] for _twice in range(2)}
    assert (len(places), len(rows()), stored(cast)) == (1, 1, 1)


def test_other_files_under_an_old_form_are_not_lost_silently(desk: Desk, cast: Cast) -> None:
    desk.send(("a.pdf", pdf(1)))
    assert "重新打开" in words(desk.send(("a.pdf", pdf(2)), status=422))
    assert (len(rows()), stored(cast)) == (1, 1)


def test_one_bad_file_refuses_all_names_itself_and_keeps_what_was_typed(desk: Desk, cast: Cast) -> None:
    answer = desk.send(("好.pdf", pdf()), ("坏.docx", TRICKS["docm as docx"][1]), ("IMG.heic", TRICKS["heic"][1]),
                       status=422, title="微信记录", source="马玉兰", kind="photograph")  # fmt: skip
    text = words(answer)
    assert "坏.docx：该文档含有宏" in text
    assert "IMG.heic：不收HEIC图片" in text
    page = BeautifulSoup(answer.text, "html.parser")
    assert (page.find(id="title")["value"], page.find(id="source")["value"]) == ("微信记录", "马玉兰")
    assert page.find("option", selected=True)["value"] == "photograph"
    assert (rows(), stored(cast)) == ([], 0)


@pytest.mark.parametrize("trick", ["nul in name", "line in name", "right to left", "html as png", "virus mark"])
def test_tricks_through_the_form_are_refused(desk: Desk, cast: Cast, trick: str) -> None:
    desk.send(TRICKS[trick], status=422)
    assert (rows(), stored(cast)) == ([], 0)


def test_a_form_without_files_says_so(desk: Desk) -> None:
    assert "请至少选择一个文件" in words(desk.send(status=422, title="空"))


def test_more_than_twenty_files_are_refused(desk: Desk) -> None:
    assert "一次最多20个文件" in words(desk.send(*[("a.txt", b"a")] * 21, status=422))


def test_a_file_beyond_the_limit_is_413_and_what_was_typed_stays(desk: Desk, cast: Cast) -> None:
    with cast.acting() as change:
        cast.centre.change_setting(change, "file_megabytes", 1)
    answer = desk.send(("大.txt", b"a" * (1024 * 1024 + 1)), status=413, title="大文件")
    assert "大.txt：单个文件不超过1 MB" in words(answer)
    assert 'value="大文件"' in answer.text
    desk.send(("大.txt", b"a" * 1024 * 1024))


def test_a_form_too_large_to_be_read_is_413_and_what_was_typed_stays(desk: Desk, cast: Cast) -> None:
    answer = desk.send(("a.pdf", bytes(LARGEST_UPLOAD // 2)), ("b.pdf", bytes(LARGEST_UPLOAD // 2)), status=413,
                       title="录像截图", source="祁经理")  # fmt: skip
    assert "一次最多上传25 MB" in words(answer)
    assert 'value="录像截图"' in answer.text
    assert 'value="祁经理"' in answer.text
    assert (rows(), stored(cast)) == ([], 0)


def test_a_full_dispute_is_413_and_leaves_no_file(desk: Desk, cast: Cast) -> None:
    with cast.acting() as change:
        cast.centre.change_setting(change, "dispute_megabytes", 1)
    text = b"a" * 700_000
    desk.send(("a.txt", text))
    desk.form = desk.fields()
    assert "不超过1 MB" in words(desk.send(("b.txt", text), status=413))
    assert (len(rows()), stored(cast)) == (1, 1)


def large(desk: Desk) -> dict[str, Any]:
    """Beyond the limit of every other form."""
    file = FileStorage(io.BytesIO(bytes(3 * 1024 * 1024)), "a.pdf")
    return {"csrf_token": desk.form["csrf_token"], "title": "微信记录", "files": file}


def test_no_other_form_may_be_as_large(desk: Desk) -> None:
    assert post(desk.client, f"/disputes/{desk.reference}/parties", large(desk)).status_code == 413


def test_of_somebody_whose_session_has_ended_the_fields_are_kept_and_no_file_is_read(desk: Desk) -> None:
    desk.client.delete_cookie(sessions.COOKIE)
    answer = post(desk.client, f"/disputes/{desk.reference}/attachments", large(desk))
    assert answer.status_code == 401
    assert 'value="微信记录"' in answer.text


def test_of_a_stranger_not_even_that(desk: Desk, cast: Cast) -> None:
    answer = post(cast.app.test_client(), f"/disputes/{desk.reference}/attachments", large(desk))
    assert answer.status_code == 400


def test_a_form_of_more_than_two_hundred_parts_is_refused(desk: Desk) -> None:
    parts = desk.form | {"more": ["x"] * 200}
    assert post(desk.client, f"/disputes/{desk.reference}/attachments", parts).status_code == 413


def test_a_full_disk_makes_no_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("security.files.os.fsync", full)
    desk.send(("a.pdf", pdf()), status=500)
    assert rows() == []


def test_a_picture_is_shown_small_and_the_look_is_kept(desk: Desk) -> None:
    desk.send(("现场.jpg", photo(size=(2000, 1000), orientation=6)))
    page = desk.file()
    small = desk.client.get(page.soup.find(id="material").find("img")["src"])
    image = Image.open(io.BytesIO(small.data))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (240, 480), {})
    assert small.headers["Content-Security-Policy"].startswith("sandbox")
    assert "许文静查看材料1：证据材料" in page.follow("/attachments/", "现场").text
    assert "查看材料" not in desk.file().text  # the course of the matter tells what happened


def test_an_identity_paper_has_no_small_picture(desk: Desk) -> None:
    desk.send(("身份证.jpg", photo()), kind="identity_paper")
    assert not desk.file().soup.find(id="material").find("img")
    assert desk.client.get(f"/attachments/{rows()[0].id}/preview").status_code == 404


@pytest.mark.parametrize(
    ("name", "title", "called"),
    [
        ("合同.pdf", "", "1 合同.pdf"),
        ("../../CON.pdf", "", "1 CON.pdf"),
        ("a.pdf", 'b"; filename="evil.exe', "1 b filename= evil.exe.pdf"),
        ("长" * 300 + ".pdf", "", f"1 {'长' * 80}.pdf"),
    ],
)
def test_a_download_is_the_file_under_safe_headers(desk: Desk, name: str, title: str, called: str) -> None:
    content = pdf()
    desk.send((name, content), title=title)
    answer = desk.client.get(f"/attachments/{rows()[0].id}/file")
    assert answer.data == content
    assert answer.headers.getlist("Content-Type") == ["application/pdf"]
    plain, _sign, encoded = answer.headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert (plain, unquote(encoded)) == ('attachment; filename="1.pdf"', called)
    assert encoded.isascii()
    assert answer.headers.getlist("Content-Security-Policy") == [
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    ]  # fmt: skip
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    newest = db.session.query(Event).filter(Event.kind == "attachment:download").one()
    assert newest.particulars == {"number": 1, "material": "evidence"}


def test_an_entry_is_corrected_and_nobody_overwrites_it(desk: Desk) -> None:
    desk.send(("a.docx", document()))
    page = desk.file().follow("/attachments/", "a").follow("/edit")
    page.form("/attachments/").submit(title="协议草稿", pages="4", kind="other_material")
    card = desk.file().soup.find(id="material").get_text(" ")
    assert "协议草稿" in card
    assert "其他材料" in card
    assert "协议草稿" in page.form("/attachments/").submit(409, title="另一个").text
    page.form("/attachments/").submit(422, title="")


def test_what_is_removed_is_named_with_its_reason_and_not_opened_again(desk: Desk) -> None:
    desk.send(("错.jpg", photo()))
    page = desk.file().follow("/attachments/", "错").follow("/removal/new", "移除")
    page.form("/removal").submit(422, reason="")
    again = page.form("/removal")
    assert "传错了案件" in again.submit(reason="传错了案件").soup.find(id="material").get_text(" ")
    again.submit(reason="再次")
    row = rows()[0]
    assert row.removal_reason == "传错了案件"
    for path in ("", "/file", "/preview", "/edit", "/removal/new"):
        assert desk.client.get(f"/attachments/{row.id}{path}").status_code == 404


def everything(client: FlaskClient, number: int, reference: str) -> set[int]:
    paths = [f"/attachments/{number}{path}" for path in ("", "/file", "/preview", "/edit", "/removal/new")]
    return {client.get(path).status_code for path in (*paths, f"/disputes/{reference}/attachments/new")}


def test_a_called_unit_another_house_and_a_stranger_do_not_see_it(desk: Desk, cast: Cast) -> None:
    desk.send(("a.jpg", photo()))
    cast.whistled("市场监管局", dispute=desk.dispute)
    number, reference = rows()[0].id, desk.reference
    officer = cast.holding("officer", "市场监管局").username
    foreign = moved_to_a_township(cast)
    assert everything(cast.signed_in(officer), number, reference) == {403}
    assert everything(cast.signed_in(foreign), number, reference) == {404}
    assert everything(cast.app.test_client(), number, reference) == {303}
    assert everything(cast.signed_in(SECURITY), number, reference) == {403}


def moved_to_a_township(cast: Cast) -> str:
    """Somebody with the same rights in another house."""
    mediator = cast.person(MEDIATOR)
    with cast.acting() as change:
        for held in list(mediator.roles):
            mediator.revoke(change, held.role, held.unit)
        mediator.grant(change, Role.CLERK, cast.unit("甘浚镇"))
    return MEDIATOR


def test_a_house_that_is_called_does_not_see_it_and_one_that_leads_reads_it(desk: Desk, cast: Cast) -> None:
    desk.send(("a.jpg", photo()))
    path = f"/attachments/{rows()[0].id}/file"
    cast.whistled("甘浚镇", dispute=desk.dispute)
    client = cast.signed_in(moved_to_a_township(cast))
    assert client.get(path).status_code == 404
    with cast.acting() as change:
        desk.dispute.lock(change)
        desk.dispute.give_part(change, cast.unit("甘浚镇").id, Part.LEAD)
    assert client.get(path).status_code == 200
    assert client.get(f"/attachments/{rows()[0].id}/edit").status_code == 404


def test_the_leader_reads_and_does_not_write(desk: Desk, cast: Cast) -> None:
    desk.send(("a.jpg", photo()))
    client, row = cast.signed_in(LEADER), rows()[0]
    page = visit(client, f"/disputes/{desk.reference}").follow("/attachments/", "a")
    assert client.get(page.link("/file")).status_code == 200
    assert "更正登记" not in page.text
    assert client.get(f"/attachments/{row.id}/edit").status_code == 403
