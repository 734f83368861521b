"""A PDF is paper: pages to look at. One that computes, starts something, carries other files or is locked is not."""

import io
import logging
import re
import time
import zipfile
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from models.errors import RuleBroken
from models.words import _

CPU_SECONDS = 1.5
MOST_OBJECTS = 100_000
MOST_PAGES = 5000
MOST_UNPACKED = 20_000_000  # bytes of one packed list of objects
ACTING = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/RichMedia",
    "/Movie",
    "/Sound",
    "/XFA",
    "/3D",
}
CARRYING = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/GoToE"}
# The same written plainly, also where no table of contents leads.
PLAIN = {b"/JavaScript": ACTING, b"/RichMedia": ACTING, b"/EmbeddedFile": CARRYING, b"/FileAttachment": CARRYING}

DAMAGED = _("This PDF is damaged and cannot be read. Print it to PDF anew")
LOCKED = _("This PDF is locked by a password or rights. Print it to PDF anew")
ACTS = _("This PDF holds a script or starts something. Print it to PDF anew")
CARRIES = _("This PDF carries another file inside. Print it to PDF anew")
TWOFOLD = _("This file is a PDF and something else at once. Print it to PDF anew")
TOO_INTRICATE = _("This PDF is too intricate to be checked. Print it to PDF anew")

logging.getLogger("pypdf").setLevel(logging.ERROR)  # each oddity of a scanner's PDF is not worth a line


def pdf_pages(content: bytes) -> int:
    """How many pages it has. Raises RuleBroken for anything that is more, or less, than paper."""
    tail = content[content.rfind(b"%%EOF") + 5 :] if b"%%EOF" in content[-2048:] else None
    if tail is None:
        raise RuleBroken(DAMAGED, field="files")
    if tail.strip(b"\0\t\n\f\r \x1a") or zipfile.is_zipfile(io.BytesIO(content)):
        raise RuleBroken(TWOFOLD, field="files")
    for mark, among in PLAIN.items():
        if mark in content:
            raise RuleBroken(ACTS if among is ACTING else CARRIES, field="files")
    try:
        with apply_configuration(zlib_maximum_output_length=MOST_UNPACKED, zlib_maximum_recovery_input_length=0):
            return _read(content)
    except RuleBroken:
        raise
    except Exception as fault:  # whatever the reader stumbles over is no PDF we could show again
        locked = re.search(rb"/Encrypt\b", content) is not None
        raise RuleBroken(LOCKED if locked else DAMAGED, field="files") from fault


def _read(content: bytes) -> int:
    end = time.thread_time() + CPU_SECONDS  # of our own work: a busy machine refuses nobody
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise RuleBroken(LOCKED, field="files")
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise RuleBroken(TOO_INTRICATE, field="files")
    for number, generation in sorted(numbers):
        if time.thread_time() > end:
            raise RuleBroken(TOO_INTRICATE, field="files")
        _refuse(reader.get_object(IndirectObject(number, generation, reader)))
    _refuse(reader.trailer)
    pages = reader.root_object["/Pages"].get_object()["/Count"]  # type: ignore[index]
    if not 1 <= int(pages) <= MOST_PAGES:
        raise RuleBroken(DAMAGED, field="files")
    return int(pages)


def _refuse(found: Any) -> None:
    for name in _names(found):
        if name in ACTING or name in CARRYING:
            raise RuleBroken(ACTS if name in ACTING else CARRIES, field="files")


def _names(found: Any) -> Iterator[str]:
    """Every name written in this object itself, as key or as value; what it refers to is another object."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield from map(str, one.keys())
            # As a plain dict, so that a reference stays one and is not followed.
            waiting.extend(dict.values(one))
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
        elif isinstance(one, NameObject):
            yield str(one)
