"""The press draws in a process of its own: killed when it takes too long, replaced when it fails, without secrets."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from papers.binding import Plan, Section
from papers.blocks import Paper, Paragraph, Title
from papers.material import Material
from papers.press import MOST_WAITING, Fault, NotDrawn, Press
from security.files import FileGone
from tests.support import papers

PAPER = Paper("证明", (Title("证明"), Paragraph("兹证明 <b> & 𠮷")))


class Ordered:
    """A file of one paper and one picture, with contents that say where they lie."""

    def __init__(self, picture: bytes | None) -> None:
        self.picture = picture
        brought = Material(7, "照片", "照片.jpg", "", "image/jpeg", "0" * 64)
        sections = Section("目录", "contents", PAPER), Section("证据", "", material=(brought,))
        self.plan = Plan("620702-20261123-007", sections)

    def read(self, number: int) -> bytes:
        assert number == 7
        if self.picture is None:
            raise FileGone("…")
        return self.picture

    def around(self, page_ranges: Sequence[str], pages: int) -> Mapping[str, Paper]:
        return {"contents": Paper("目录", (Title("目录"), Paragraph(f"{', '.join(page_ranges)} of {pages}")))}


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


def texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_a_paper_is_drawn_and_the_press_has_no_secret_of_the_house(press: Press) -> None:
    assert "兹证明 <b> & 𠮷" in "".join(texts(press.pdf(PAPER)))
    process = press._process
    assert process is not None
    environment = Path(f"/proc/{process.pid}/environ").read_bytes().split(b"\0")
    assert {line.partition(b"=")[0] for line in environment} <= {b"PATH", b"LANG", b"HOME", b"LC_CTYPE", b""}


def test_a_file_is_bound_with_what_its_house_answers(press: Press) -> None:
    press.pdf(PAPER)
    process, into = press._process, BytesIO()
    assert press.bind(Ordered(papers.photo()), "pdf", into) == 2
    assert "1, 2 of 2" in texts(into.getvalue())[0]
    assert press._process is process


def test_a_file_that_is_lost_or_broken_ends_one_drawing_and_not_the_press(press: Press) -> None:
    with pytest.raises(FileGone):
        press.bind(Ordered(None), "zip", BytesIO())
    with pytest.raises(NotDrawn) as refused:
        press.bind(Ordered(b"no picture"), "pdf", BytesIO())
    assert refused.value.fault is Fault.FAILED
    assert press.pdf(PAPER).startswith(b"%PDF")


def test_what_takes_too_long_is_killed() -> None:
    hurried = Press(limit=0.01)
    with pytest.raises(NotDrawn) as refused:
        hurried.pdf(PAPER)
    assert refused.value.fault is Fault.SLOW
    assert hurried._process is None


def test_of_a_rush_a_few_wait_and_the_others_are_told_at_once(press: Press) -> None:
    for _one in range(MOST_WAITING):
        assert press._places.acquire(blocking=False)
    try:
        with pytest.raises(NotDrawn) as refused:
            press.pdf(PAPER)
        assert refused.value.fault is Fault.BUSY
    finally:
        for _one in range(MOST_WAITING):
            press._places.release()
