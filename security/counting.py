"""The parts of an XLSX are counted through before anybody opens them, keeping nothing but what its rows do not say.

A million columns, endless cells, a document type or a part under another name are refused before they take memory.
"""

import re
import zipfile
from typing import IO, BinaryIO
from xml.parsers import expat

from models.errors import RuleBroken
from models.words import _
from security.sheet import Sheet

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
# What holds the text of a cell, in a sheet and beside it.
TEXTS = ("c", "si")

DAMAGED = _("This table is damaged and cannot be read. Save it anew")
TOO_WIDE = _("A table may have at most %(most)s columns")
TOO_LONG = _("The rows of this table are spread too far. Copy them into a new table")
TOO_MUCH = _("There is more in this table than any table of matters holds. Copy its rows into a new one")
CELL_TOO_LONG = _("A cell of this table holds more than %(most)s characters")


def counted(file: BinaryIO) -> dict[str, Sheet]:
    """Go through the parts that will be read; of each, by its name, only what its rows do not say is kept.

    Raises RuleBroken for what goes beyond any table.
    """
    found = {}
    with zipfile.ZipFile(file) as folder:
        parts = [entry for entry in folder.infolist() if PARTS.fullmatch(entry.filename)]
        if sum(entry.file_size for entry in parts) > MOST_UNPACKED:
            raise RuleBroken(TOO_MUCH, field="file")
        for entry in parts:
            with folder.open(entry) as part:
                found[entry.filename] = _Counter().through(part)
    file.seek(0)
    return found


class _Counter:
    """Counts the marks of one part: cells of a row, the last row with a value, characters of a cell."""

    def __init__(self) -> None:
        self.marks = self.cells = self.row = self.text = 0
        self.sheet = Sheet(LAST_ROW, MOST_COLUMNS)
        # Of the cell at hand: where it is, whether it holds a formula, and a value.
        self.place = self.mark = ""
        self.is_inside = self.is_formula = self.has_value = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype

    def through(self, part: IO[bytes]) -> Sheet:
        while piece := part.read(PIECE):
            self.parser.Parse(piece)
        self.parser.Parse(b"", True)
        return self.sheet

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
            self.sheet.note_merge(attributes["ref"])
        elif mark == "Override" and READ.search(attributes["ContentType"]):
            self.known(attributes["PartName"])
        if mark in TEXTS:
            # A formula that makes an empty text has a value.
            self.place, self.is_formula, self.has_value = attributes.get("r", ""), False, attributes.get("t") == "str"
            self.is_inside, self.text = True, 0
        elif not self.is_inside:
            self.text = 0  # names and conditions of a book may be many
        self.mark, self.is_formula = mark, self.is_formula or mark == "f"

    def known(self, part: str) -> None:
        if not PARTS.fullmatch(part.lstrip("/")):  # nobody would count it
            raise RuleBroken(DAMAGED, field="file")

    def end(self, name: str) -> None:
        mark = name.rpartition(":")[2]
        if mark == "c" and self.is_formula and not self.has_value and self.place:
            self.sheet.note_unworked(self.place)
        if mark in TEXTS:
            self.is_inside, self.text = False, 0
        self.mark = ""

    def data(self, text: str) -> None:
        self.has_value = self.has_value or self.mark == "v"
        self.text += len(text)
        if self.text > MOST_TEXT:
            raise RuleBroken(CELL_TOO_LONG, field="file", most=MOST_TEXT)

    def doctype(self, *_declared: object) -> None:
        raise RuleBroken(DAMAGED, field="file")
