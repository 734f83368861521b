"""Tables as people bring them, XLSX or CSV: read row by row, within limits, whatever is in the file (reliability T13).

The zip folder itself was looked through when the file was taken in (`inspection`), its parts are counted through before
they are opened (`counting`).
"""

import codecs
import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO
from xml.parsers import expat

from openpyxl import load_workbook

from models.court_cells import Cell
from models.errors import RuleBroken
from models.joined_rows import TableRow
from models.words import _
from security.counting import (
    CELL_TOO_LONG,
    DAMAGED,
    LAST_ROW,
    MOST_COLUMNS,
    MOST_TEXT,
    PIECE,
    TOO_LONG,
    TOO_WIDE,
    counted,
)
from security.inspection import HEIC, OLD_OFFICE, TAKEN, WEB_PAGE, Inspected, inspect
from security.office import HAS_MACROS, HOLDS_FILE, REACHES_OUT
from security.sheet import Sheet

LOOKED_AT = 10  # lines
XLSX, CSV = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/plain"

NO_SHEET = _("This file has no visible sheet")
MACROS = _("This table holds macros and is not taken. Save it as XLSX, without macros")
NO_TABLE = _("Send the table as XLSX or CSV")
OLD_TABLE = _("Old tables (XLS, ET) may hold macros and are not taken. Save it as XLSX")
LOCKED = _("This table is locked by a password, or an old one under a new name. Save it as XLSX, without a password")
REACHES_OUT_TABLE = _("This table fetches something from another file. Copy its rows into a new one, values only")
HOLDS_FILE_TABLE = _("This table holds another file inside. Copy its rows into a new one")
# What is said of documents in general, in the words for a table.
AS_A_TABLE = {TAKEN: NO_TABLE, WEB_PAGE: NO_TABLE, HEIC: NO_TABLE, HAS_MACROS: MACROS, OLD_OFFICE: OLD_TABLE,
              REACHES_OUT: REACHES_OUT_TABLE, HOLDS_FILE: HOLDS_FILE_TABLE}  # fmt: skip


def looked_at(name: str, content: bytes) -> Inspected:
    """A table that may be taken in, by its content. Raises RuleBroken with the reason."""
    stem, dot, ending = name.rpartition(".")
    is_csv = bool(dot) and ending.lower() == "csv"
    if content.startswith(b"%PDF"):
        raise RuleBroken(NO_TABLE, field="file")
    try:
        found = inspect(f"{stem}.txt" if is_csv else name, content)
    except RuleBroken as error:
        if error.msgid == OLD_OFFICE and ending.lower() == "xlsx":
            raise RuleBroken(LOCKED, field="file") from error
        values = error.values | ({"ending": ending} if "ending" in error.values and is_csv else {})
        raise RuleBroken(AS_A_TABLE.get(error.msgid, error.msgid), "file", **values) from error
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
                yield Sheet(LAST_ROW, MOST_COLUMNS).seen(lines)
            return
        parts = counted(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and dates; a date that is none comes as an error of its cell
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield _first_filled(book, parts)
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


def _first_filled(book: Any, parts: Mapping[str, Sheet]) -> Iterator[TableRow]:
    """The rows of the first sheet people see anything on."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise RuleBroken(NO_SHEET, field="file")
    for sheet in sheets:
        rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
        seen = parts[sheet._worksheet_path.lstrip("/")].seen(enumerate(rows, 1))
        if first := next(seen, None):
            return chain([first], seen)
    return iter(())


def _csv_rows(file: BinaryIO) -> Generator[tuple[int, Sequence[Cell]], None, None]:
    """In any encoding of Chinese offices, between commas, semicolons or tabs."""
    head = file.read(PIECE)
    file.seek(0)
    encoding = _encoding(file, head)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        # A title above the headings has none of them.
        first = [text.readline(PIECE) for _number in range(LOOKED_AT)]
        text.seek(0)
        delimiter = max(",;\t", key=lambda sign: max(line.count(sign) for line in first))
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
