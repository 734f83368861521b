"""Word and Excel files of today (OOXML): zip folders that are looked through before anybody opens them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from models.errors import RuleBroken
from models.words import _

MOST_ENTRIES = 2000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
CHUNK = 256 * 1024
# What the main part is → the rest of the media type.
MAIN = {
    "wordprocessingml.document": b"wordprocessingml.document.main+xml",
    "spreadsheetml.sheet": b"spreadsheetml.sheet.main+xml",
}
MACROS = re.compile(r"vbaProject|vbaData|/activeX/|macrosheets|/customUI/|attachedToolbars", re.I)
INSIDE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF")
XML_PART = re.compile(r"\.(xml|rels|vml)$", re.I)
# Entities multiply; OOXML has no use for them. The same in the two-byte encodings.
DOCTYPES = [mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")]
LINK_OUTSIDE = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>", re.I)
PAGES = re.compile(rb"<Pages>(\d{1,4})</Pages>")

ARCHIVE = _("Archives are not taken. Unpack it and choose the files themselves")
BOMB = _("This file unpacks to far more than it says. It is not taken")
HAS_MACROS = _("This document holds macros and is not taken. Save it without macros or as PDF")
HOLDS_FILE = _("This document holds another file inside. Save it as PDF")
REACHES_OUT = _("This document fetches something from outside. Save it as PDF")
DAMAGED = _("This document is damaged and cannot be read. Save it anew")


def office_document(content: bytes) -> tuple[str, int | None]:
    """What kind of document it is, and how many pages it says it has. Raises RuleBroken for all that is dangerous."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            return _looked_through(folder, len(content))
    except RuleBroken:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise RuleBroken(DAMAGED, field="files") from fault


def _looked_through(folder: zipfile.ZipFile, size: int) -> tuple[str, int | None]:
    entries = folder.infolist()
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names:
        raise RuleBroken(ARCHIVE, field="files")
    if any(MACROS.search(f"/{name}") for name in names):
        raise RuleBroken(HAS_MACROS, field="files")
    declared = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or declared > min(MOST_UNPACKED, MOST_RATIO * size) or packed > size:
        raise RuleBroken(BOMB, field="files")
    plain = all(entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    if not plain or len(set(names)) != len(names) or any(_leads_away(entry) for entry in entries):
        raise RuleBroken(DAMAGED, field="files")
    kept = {entry.filename: _read(folder, entry) for entry in entries}
    return _kind(kept["[Content_Types].xml"]), _pages(kept.get("docProps/app.xml", b""))


def _leads_away(entry: zipfile.ZipInfo) -> bool:
    """Locked, a link, or a name that would be written somewhere else."""
    parts = entry.filename.replace("\\", "/").split("/")
    return bool(entry.flag_bits & 1) or (entry.external_attr >> 28) == 0xA or ".." in parts or parts[0] == ""


def _read(folder: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack the whole part, piece by piece, and look at each; only the small ones that are read later are kept."""
    is_small = entry.filename in ("[Content_Types].xml", "docProps/app.xml")
    read, kept, before = 0, b"", b""
    for piece in _pieces(folder, entry):
        if read == 0 and piece.startswith(INSIDE):
            raise RuleBroken(HOLDS_FILE, field="files")
        read += len(piece)
        if XML_PART.search(entry.filename):
            _refuse_entities(before[-64:] + piece)
            if entry.filename.endswith(".rels"):
                _refuse_links(before + piece)
            before = piece
        if is_small:
            kept += piece
    if read != entry.file_size:
        raise RuleBroken(BOMB, field="files")
    return kept


def _pieces(folder: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with folder.open(entry) as part:
        while piece := part.read(CHUNK):
            yield piece


def _refuse_entities(piece: bytes) -> None:
    if any(mark in piece for mark in DOCTYPES):
        raise RuleBroken(BOMB, field="files")


def _refuse_links(piece: bytes) -> None:
    """A link to click is none of our business; a template, a picture or an object fetched by itself is."""
    if b"\0" in piece:  # written in two bytes, to be read by nobody but Word
        raise RuleBroken(DAMAGED, field="files")
    for link in LINK_OUTSIDE.findall(piece):
        if b"/hyperlink" not in link:
            raise RuleBroken(REACHES_OUT, field="files")


def _kind(types: bytes) -> str:
    if b"macroEnabled" in types:
        raise RuleBroken(HAS_MACROS, field="files")
    for kind, main in MAIN.items():
        if main in types:
            return kind
    raise RuleBroken(ARCHIVE, field="files")


def _pages(properties: bytes) -> int | None:
    found = PAGES.search(properties)
    return int(found[1]) or None if found else None
