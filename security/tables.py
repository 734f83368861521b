"""Tables as people bring them, XLSX or CSV: read row by row, within limits, whatever is in the file (reliability T13).

The zip folder itself was looked through when the file was taken in (`inspection`). Here its sheet is counted through
before it is opened: a million columns, endless cells or a document type are refused before they take memory.
"""

import codecs
import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import IO, BinaryIO
from xml.parsers import expat

from openpyxl import load_workbook

from models.court_cells import Cell
from models.errors import RuleBroken
from models.joined_rows import TableRow
from models.words import _
from security.inspection import HEIC, TAKEN, WEB_PAGE, Inspected, inspect
from security.merged import Merged
from security.office import HAS_MACROS

XLSX, CSV = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/plain"
MOST_COLUMNS = 100
# Empty rows between others do not count, but somewhere a table ends.
LAST_ROW = 20_000
MOST_TEXT = 5_000  # characters in one cell
MOST_MARKS = 2_000_000  # elements in one part of a document
MOST_UNPACKED = 64 * 1024 * 1024
PIECE = 64 * 1024
PARTS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings|styles|workbook)\.xml|\[Content_Types\]\.xml", re.I)
# What the reader opens, wherever the document says that it lies.
READ = re.compile(r"spreadsheetml\.(worksheet|sharedStrings|styles|sheet\.main)\+xml")

DAMAGED = _("This table is damaged and cannot be read. Save it anew")
TOO_WIDE = _("A table may have at most %(most)s columns")
TOO_LONG = _("The rows of this table are spread too far. Copy them into a new table")
TOO_MUCH = _("There is more in this table than any table of matters holds. Copy its rows into a new one")
CELL_TOO_LONG = _("A cell of this table holds more than %(most)s characters")
NO_SHEET = _("This file has no visible sheet")
MACROS = _("This table holds macros and is not taken. Save it as XLSX, without macros")
NO_TABLE = _("Send the table as XLSX or CSV")


def looked_at(name: str, content: bytes) -> Inspected:
    """A table that may be taken in, by its content. Raises RuleBroken with the reason."""
    stem, dot, ending = name.rpartition(".")
    is_csv = bool(dot) and ending.lower() == "csv"
    try:
        found = inspect(f"{stem}.txt" if is_csv else name, content)
    except RuleBroken as error:
        if error.msgid in (TAKEN, WEB_PAGE, HEIC):
            raise RuleBroken(NO_TABLE, field="file") from error
        if error.msgid == HAS_MACROS:
            raise RuleBroken(MACROS, field="file") from error
        raise RuleBroken(error.msgid, "file", **error.values) from error
    if found.media_type not in (XLSX, CSV):
        raise RuleBroken(NO_TABLE, field="file")
    return replace(found, name=f"{found.name.removesuffix('.txt')}.{ending}") if is_csv else found


@contextmanager
def opened(file: BinaryIO, media_type: str) -> Iterator[Iterator[TableRow]]:
    """The rows that hold anything, with their numbers. Raises RuleBroken for what is no table, also while reading."""
    if media_type not in (XLSX, CSV):
        raise RuleBroken(NO_TABLE, field="file")
    try:
        if media_type == CSV:
            with closing(_csv_rows(file)) as lines:
                yield Merged(LAST_ROW, MOST_COLUMNS).filled(lines)
            return
        merged = counted(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and dates; a date that is none comes as an error of its cell
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
                if not sheets:
                    raise RuleBroken(NO_SHEET, field="file")
                rows = sheets[0].iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
                yield merged[sheets[0]._worksheet_path.lstrip("/")].filled(enumerate(rows, 1))
            finally:
                book.close()
    except RuleBroken:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
        ValueError,
        AttributeError,
        SyntaxError,
        OverflowError,
        expat.ExpatError,
    ) as fault:
        raise RuleBroken(DAMAGED, field="file") from fault


def counted(file: BinaryIO) -> dict[str, Merged]:
    """Go through the parts that will be read; of each only what is merged is kept, by its name.

    Raises RuleBroken for what goes beyond any table.
    """
    merged = {}
    with zipfile.ZipFile(file) as folder:
        parts = [entry for entry in folder.infolist() if PARTS.fullmatch(entry.filename)]
        if sum(entry.file_size for entry in parts) > MOST_UNPACKED:
            raise RuleBroken(TOO_MUCH, field="file")
        for entry in parts:
            with folder.open(entry) as part:
                merged[entry.filename] = _Counter().through(part)
    file.seek(0)
    return merged


class _Counter:
    """Counts the marks of one part: cells of a row, the last row with a value, characters of a cell."""

    def __init__(self) -> None:
        self.marks = self.cells = self.row = self.text = 0
        self.merged = Merged(LAST_ROW, MOST_COLUMNS)
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype

    def through(self, part: IO[bytes]) -> Merged:
        while piece := part.read(PIECE):
            self.parser.Parse(piece)
        self.parser.Parse(b"", True)
        return self.merged

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.marks += 1
        if self.marks > MOST_MARKS:
            raise RuleBroken(TOO_MUCH, field="file")
        mark = name.rpartition(":")[2]
        if mark == "row":
            self.row, self.cells = int(attributes.get("r") or self.row + 1), 0
        elif mark == "c":
            self.cells += 1
            if self.cells > 16 * MOST_COLUMNS:  # empty ones with a border are common
                raise RuleBroken(TOO_WIDE, field="file", most=MOST_COLUMNS)
        elif mark in ("v", "is") and self.row > LAST_ROW:
            raise RuleBroken(TOO_LONG, field="file")
        elif mark == "mergeCell":
            self.merged.note(attributes["ref"])
        elif mark == "Override" and READ.search(attributes["ContentType"]):
            self.known(attributes["PartName"])
        if mark in ("c", "si"):
            self.text = 0

    def known(self, part: str) -> None:
        if not PARTS.fullmatch(part.lstrip("/")):  # nobody would count it
            raise RuleBroken(DAMAGED, field="file")

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] in ("c", "si"):
            self.text = 0

    def data(self, text: str) -> None:
        self.text += len(text)
        if self.text > MOST_TEXT:
            raise RuleBroken(CELL_TOO_LONG, field="file", most=MOST_TEXT)

    def doctype(self, *_declared: object) -> None:
        raise RuleBroken(DAMAGED, field="file")


def _csv_rows(file: BinaryIO) -> Generator[tuple[int, Sequence[Cell]], None, None]:
    """In any encoding of Chinese offices, between commas, semicolons or tabs."""
    head = file.read(PIECE)
    file.seek(0)
    encoding = _encoding(file, head)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        first = text.readline(PIECE)
        text.seek(0)
        delimiter = max(",;\t", key=first.count)
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for number, cells in enumerate(reader, 1):
                if number > LAST_ROW:
                    raise RuleBroken(TOO_LONG, field="file")
                if len(cells) > MOST_COLUMNS:
                    raise RuleBroken(TOO_WIDE, field="file", most=MOST_COLUMNS)
                if any(len(cell) > MOST_TEXT for cell in cells):
                    raise RuleBroken(CELL_TOO_LONG, field="file", most=MOST_TEXT)
                yield number, cells
        except csv.Error as fault:
            raise RuleBroken(DAMAGED, field="file") from fault
    finally:
        text.detach()  # whoever brought the file closes it


def _encoding(file: BinaryIO, head: bytes) -> str:
    """Text that is no UTF-8 is what Chinese Excel writes by itself."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "gb18030"
    finally:
        file.seek(0)
    return "utf-8-sig"
