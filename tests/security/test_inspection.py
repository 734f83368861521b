"""What is taken, what is refused, and that refusing costs neither time nor memory."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from models.errors import RuleBroken
from security.inspection import download_name, inspect, plain_name
from tests.support.papers import EXCEL, RELATION, dangerous, document, pdf, photo

ROOT = Path(__file__).resolve().parents[2]
OOXML = "application/vnd.openxmlformats-officedocument."
DANGEROUS = dangerous()
# The sentence a trick must be answered with, where another one would send the person the wrong way.
SAYS = {
    "virus mark": "virus", "docm as docx": "macros", "macros in types alone": "macros", "heic": "HEIC",
    "old word": "Old Word", "forty-two": "another file inside", "zeros": "unpacks", "ratio": "unpacks",
    "billion laughs": "unpacks", "template from outside": "outside", "pixel flood": "40 million",
    "just too many pixels": "40 million", "pdf with script": "script", "pdf with disguised script": "script",
    "pdf that starts something": "script", "pdf with a file": "another file inside", "locked pdf": "locked",
    "pdf and archive": "something else at once", "pdf and page": "something else at once", "html as png": "Web pages",
    "svg": "Web pages", "archive": "Archives", "archive as docx": "Archives", "right to left": "hidden",
    "nul in name": "hidden", "line in name": "hidden", "picture called pdf": "ends in .pdf",
    "text as program": "ends in .exe", "moving": "Moving", "too many entries": "unpacks",
    "entities in two bytes": "unpacks",
}  # fmt: skip


@pytest.mark.parametrize("trick", DANGEROUS)
def test_what_is_dangerous_is_refused_with_a_sentence(trick: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        inspect(*DANGEROUS[trick])
    assert type(refused.value) is RuleBroken
    assert refused.value.field == "files"
    assert SAYS.get(trick, "") in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "media_type", "pages"),
    [
        ("借条.jpg", photo(), "image/jpeg", 1),
        ("截图.PNG", photo("PNG"), "image/png", 1),
        ("现场.webp", photo("WEBP"), "image/jpeg", 1),
        ("微信图片", photo(), "image/jpeg", 1),
        ("微信截图.jpg", photo("PNG"), "image/png", 1),
        ("合同.pdf", pdf(3), "application/pdf", 3),
        ("协议.docx", document(), f"{OOXML}wordprocessingml.document", None),
        ("账目.xlsx", document(EXCEL), f"{OOXML}spreadsheetml.sheet", None),
        ("链接.docx", document(extra={"word/_rels/d.xml.rels": RELATION.format("hyperlink")}),
         f"{OOXML}wordprocessingml.document", None),
        ("页数.docx", document(extra={"docProps/app.xml": "<Properties><Pages>7</Pages></Properties>"}),
         f"{OOXML}wordprocessingml.document", 7),
        ("证言.txt", "他说:\n\t借了五千。".encode(), "text/plain", None),
        ("旧系统.txt", "借了五千。".encode("gb18030"), "text/plain", None),
        ("记事本.txt", "借了五千。".encode("utf-16"), "text/plain", None),
    ],
)  # fmt: skip
def test_what_people_bring_is_taken(name: str, content: bytes, media_type: str, pages: int | None) -> None:
    found = inspect(name, content)
    assert (found.name, found.media_type, found.pages) == (name, media_type, pages)
    assert (found.content == content) is not media_type.startswith("image/")
    assert (found.preview is not None) is media_type.startswith("image/")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_place_and_device_and_stands_upright(kind: str) -> None:
    brought = photo(kind, orientation=6, **({"comment": b"secret"} if kind == "JPEG" else {}))
    assert b"Exif" in brought or b"eXIf" in brought or b"EXIF" in brought
    found = inspect(f"a.{kind.lower()}", brought)
    for content in (found.content, found.preview):
        image = Image.open(io.BytesIO(content))
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert image.height > image.width
        assert b"secret" not in content
    assert max(Image.open(io.BytesIO(found.preview)).size) <= 480


def test_what_hangs_behind_a_picture_is_cut_off() -> None:
    assert b"<script>" not in inspect("a.jpg", photo() + b"<script>alert(1)</script>").content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_kind_get_a_preview(mode: str) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (700, 30)).save(buffer, "PNG")
    found = inspect("a.png", buffer.getvalue())
    assert Image.open(io.BytesIO(found.content)).mode == mode
    assert Image.open(io.BytesIO(found.preview)).size == (480, 21)


def test_colours_of_printers_become_those_of_screens() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (30, 30)).save(buffer, "JPEG")
    assert Image.open(io.BytesIO(inspect("a.jpg", buffer.getvalue()).content)).mode == "RGB"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("../../etc/证据.png", "证据.png"),
        ("C:\\Users\\a\\证据.png", "证据.png"),
        ("..", "-"),
        ("  two   words .txt", "two words .txt"),
        ("长" * 300 + ".pdf", "长" * 110 + ".pdf"),
        ("长" * 300, "长" * 120),
    ],
)
def test_of_a_name_the_last_part_is_kept(typed: str, plain: str) -> None:
    assert plain_name(typed) == plain


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("借条", "3 借条.pdf"),
        ("CON", "3 CON.pdf"),
        ("../../a", "3 a.pdf"),
        ('a"; filename=b.exe', "3 a filename=b.exe.pdf"),
        ("a\r\nb\u202ec", "3 a bc.pdf"),
        ("...", "3.pdf"),
    ],
)
def test_a_file_leaves_under_a_harmless_name(title: str, called: str) -> None:
    assert download_name(3, title, "application/pdf") == called


MEASURE = """
import resource, sys, time
from models.errors import RuleBroken
from security.inspection import inspect
from tests.support.papers import dangerous, photo, pdf, document
files = dangerous()
for good in (("a.jpg", photo()), ("a.pdf", pdf()), ("a.docx", document())):
    inspect(*good)
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for trick, file in files.items():
    before, start = peak(), time.thread_time()
    try:
        inspect(*file)
        print(trick, "taken")
    except RuleBroken:
        pass
    if peak() - before > 100 * 1024 or time.thread_time() - start > 2:
        print(trick, peak() - before, time.thread_time() - start)
"""


def test_refusing_takes_less_than_two_seconds_and_a_hundred_megabytes() -> None:
    """In a process of its own, so that the peak is that of the checks."""
    done = subprocess.run([sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
