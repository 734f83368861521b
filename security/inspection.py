"""What a file is, by its content and never by its name alone: the few kinds that are taken, and why no other is.

Whatever is refused is refused with a sentence for the person who brought it (reliability T13-T15).
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from models.errors import RuleBroken
from models.words import _
from security.office import office_document
from security.pdfs import pdf_pages
from security.pictures import picture

PICTURE_ENDINGS = {"jpg", "jpeg", "jfif", "png", "webp"}
# Media type → how a file of it is called; the first ending is the one it gets from us.
ENDINGS: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", *sorted(PICTURE_ENDINGS - {"jpg"})),
    "image/png": ("png", *sorted(PICTURE_ENDINGS - {"png"})),
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "text/plain": ("txt",),
}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"PK\x05\x06", b"PK\x07\x08")
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What scanners of viruses are tried out with; in two halves, so that none takes this file for it.
SIGNATURES = (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",)
MARKUP = re.compile(rb"\s*(<[!?a-zA-Z]|\{\\rtf|%!PS)")
NAME_LENGTH = 120

TAKEN = _("Taken are JPEG, PNG and WebP pictures, PDF, DOCX, XLSX and TXT")
HEIC = _("HEIC pictures are not taken. Set the camera to “most compatible”, or send the picture as JPEG")
ARCHIVE = _("Archives are not taken. Unpack it and choose the files themselves")
OLD_OFFICE = _("Old Word and Excel files may hold macros and are not taken. Save it as DOCX, XLSX or PDF")
WEB_PAGE = _("Web pages, drawings and scripts are not taken. Print it to PDF")
VIRUS = _("This file carries the mark of a virus and is not taken")
WRONG_NAME = _("The name ends in .%(ending)s, but the content is another. Choose the right file or mend its name")
BAD_NAME = _("The name of this file has hidden characters. Give it another name")
EMPTY = _("This file is empty")
UNREADABLE_TEXT = _("This is not a readable text")


@dataclass(frozen=True)
class Inspected:
    """A file that may be taken: how it is called, what will be kept of it, and a small picture where it is one."""

    name: str
    content: bytes
    media_type: str
    pages: int | None = None
    preview: bytes | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def inspect(name: str, content: bytes) -> Inspected:
    """What this file is. Raises RuleBroken with the reason when it is not taken."""
    name = plain_name(name)
    if not content:
        raise RuleBroken(EMPTY, field="files")
    if any(mark in content for mark in SIGNATURES):
        raise RuleBroken(VIRUS, field="files")
    found = _recognised(name, content)
    stem, dot, ending = name.rpartition(".")
    allowed = ENDINGS[found.media_type]
    if (dot and stem and ending.lower() not in allowed) or (not dot and found.media_type == "text/plain"):
        raise RuleBroken(WRONG_NAME, field="files", ending=ending[:20] if dot else "")
    return found


def plain_name(name: str) -> str:
    """The last part of the name, of a decent length. Raises RuleBroken for characters nobody sees."""
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in name):
        raise RuleBroken(BAD_NAME, field="files")
    last = " ".join(unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]).split()).strip(". ")
    if len(last) <= NAME_LENGTH:
        return last or "-"
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: NAME_LENGTH - 10]}{dot}{ending[:8]}" if dot and stem else last[:NAME_LENGTH]


def download_name(number: int, title: str, media_type: str) -> str:
    """How a file is called when it leaves the house: no sign that any system takes amiss, the ending of its kind."""
    words = re.sub(r'[<>:"/\\|?*%;\x00-\x1f\x7f]', " ", title)
    words = "".join(one for one in words if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    return f"{number} {' '.join(words.split()).strip('. ')}".strip() + f".{ENDINGS[media_type][0]}"


def _recognised(name: str, content: bytes) -> Inspected:
    head = content[:16]
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        made = picture(content)
        return Inspected(name, made.content, made.media_type, 1, made.preview)
    if head.startswith(b"%PDF-"):
        return Inspected(name, content, "application/pdf", pdf_pages(content))
    if head.startswith(b"PK\x03\x04"):
        kind, pages = office_document(content)
        return Inspected(name, content, f"application/vnd.openxmlformats-officedocument.{kind}", pages)
    if head[4:8] == b"ftyp":
        raise RuleBroken(HEIC if head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif") else TAKEN,
                         field="files")  # fmt: skip
    for marks, sentence in ((ARCHIVES, ARCHIVE), ((OLE,), OLD_OFFICE), (OTHER_PICTURES, TAKEN)):
        if head.startswith(marks):
            raise RuleBroken(sentence, field="files")
    return Inspected(name, content, _text(content))


def _text(content: bytes) -> str:
    """A text that people wrote, in any of the encodings of Chinese offices."""
    words = None
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            words = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if words is None or re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", words):
        raise RuleBroken(TAKEN if words is None or "\x00" in words else UNREADABLE_TEXT, field="files")
    if MARKUP.match(words.lstrip("\ufeff")[:200].encode()):
        raise RuleBroken(WEB_PAGE, field="files")
    return "text/plain"
