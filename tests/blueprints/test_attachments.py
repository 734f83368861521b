"""Taking material in without script: all files or none, each refusal a sentence, nothing typed is lost."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import FileStorage

from security import sessions
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.papers import dangerous, document, pdf, photo
from tests.support.upload import Desk, post, rows, stored, words
from web.large_form import LARGEST_UPLOAD

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

TRICKS = dangerous()


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


def test_who_sends_too_many_forms_within_a_minute_waits_and_what_was_typed_stays(
    desk: Desk, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.attachments.intake.MOST_A_MINUTE", 1)
    desk.send(("a.txt", b"a"))
    desk.form = desk.fields()
    answer = desk.send(("b.txt", b"b"), status=429, title="微信记录", source="马玉兰")
    assert "一分钟内超过1次" in words(answer)
    page = BeautifulSoup(answer.text, "html.parser")
    assert (page.find(id="title")["value"], page.find(id="source")["value"]) == ("微信记录", "马玉兰")
    assert (len(rows()), stored(cast)) == (1, 1)
    clock.advance(minutes=1)
    desk.send(("b.txt", b"b"), title="微信记录")


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
