"""Material on its own page: looked at, downloaded, corrected, removed, and who does not see it."""

import io
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from PIL import Image

from models.dispute_unit import Part, give_part
from models.event import Event
from models.person import Role
from tests.support.cast import LEADER, MEDIATOR, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from tests.support.papers import document, pdf, photo
from tests.support.unrecorded import by_hand
from tests.support.upload import Desk, rows
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


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
    with by_hand(), cast.acting() as change:
        desk.dispute.lock(change)
        give_part(change, desk.dispute, cast.unit("甘浚镇").id, Part.LEAD)
    assert client.get(path).status_code == 200
    assert client.get(f"/attachments/{rows()[0].id}/edit").status_code == 404


def test_the_leader_reads_and_does_not_write(desk: Desk, cast: Cast) -> None:
    desk.send(("a.jpg", photo()))
    client, row = cast.signed_in(LEADER), rows()[0]
    page = visit(client, f"/disputes/{desk.reference}").follow("/attachments/", "a")
    assert client.get(page.link("/file")).status_code == 200
    assert "更正登记" not in page.text
    assert client.get(f"/attachments/{row.id}/edit").status_code == 403
