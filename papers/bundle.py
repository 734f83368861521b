"""The whole file as a ZIP: bound PDF, each paper as DOCX and PDF, material, contents and digests."""

import contextlib
import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO

from pypdf import PdfReader, PdfWriter

from papers.binding import Asked, Plan, Section, Volume
from papers.docx import docx
from papers.table import csv_content

LONGEST_NAME = 60
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|\.\.+|^\.|[. ]+$')


def bundle(plan: Plan, volume: Volume, asked: Asked, into: BinaryIO) -> None:
    """Write the bound volume and everything it was made of. Raises OSError, and what `asked` raises."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as folder:  # what lies in it is compressed already
        _fill(folder, plan, volume, asked)


@contextlib.contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone that has its name when it is complete, or never. Raises OSError."""
    draft = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _fill(folder: zipfile.ZipFile, plan: Plan, volume: Volume, asked: Asked) -> None:
    digests: list[str] = []

    def put(name: str, content: bytes) -> None:
        folder.writestr(name, content)
        digests.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")

    put(f"{plan.reference}.pdf", volume.content)
    rows: list[tuple[object, ...]] = [("序号", "文书名称", "页号", "文件")]
    bound = PdfReader(BytesIO(volume.content))
    for place, section in enumerate(volume.sections, 1):
        base = f"papers/{place:02d}-{safe(section.name)}"
        if section.paper is not None:
            put(f"{base}.docx", docx(section.paper))
            put(f"{base}.pdf", _cut(bound, section))
            rows.append((place, section.name, section.page_range, f"{base}.pdf"))
        for one in section.material:
            name = f"material/{one.number:03d}-{safe(one.title, PurePath(one.name).suffix)}"
            put(name, asked.read(one.number))
            rows.append((place, f"{section.name}：{one.title}", section.page_range, name))
    put("contents.csv", csv_content(rows))
    folder.writestr("SHA256SUMS", "".join(digests))


def _cut(bound: PdfReader, section: Section) -> bytes:
    """The section's own pages out of the bound file, with their numbers in it."""
    writer, stream = PdfWriter(), BytesIO()
    for page in bound.pages[section.first - 1 : section.last]:
        writer.add_page(page)
    writer.write(stream)
    return stream.getvalue()


def safe(name: str, ending: str = "") -> str:
    """A name every system can write: no folders, no signs of a command, at most 60 characters."""
    stem = name.removesuffix(ending) if ending else name
    stem = _UNSAFE.sub("_", "".join(one if one.isprintable() else "_" for one in stem))[:LONGEST_NAME].rstrip(". ")
    return f"{stem or '_'}{ending if re.fullmatch(r'[.][A-Za-z0-9]{1,5}', ending) else ''}"
