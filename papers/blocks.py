"""The few blocks a Chinese official paper is made of. A paper is described once and has three faces: page, DOCX, PDF.

Values are plain strings: markup, template code and control characters come out as the reader would type them.
"""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any


class Look(StrEnum):
    """How a paragraph stands."""

    INDENT = "indent"
    FLUSH = "flush"
    HEADING = "heading"
    CENTRE = "centre"
    NOTE = "note"
    LEAD = "lead"


@dataclass(frozen=True)
class Title:
    """The paper's name, with its number 文号 above at the right."""

    text: str
    number: str = ""

    kind = "title"


@dataclass(frozen=True)
class Paragraph:
    text: str
    look: Look = Look.INDENT

    kind = "paragraph"


@dataclass(frozen=True)
class Cell:
    """One cell: a label of the form or a value; `tall` is the room to write in, in millimetres."""

    text: str = ""
    span: int = 1
    is_label: bool = False
    tall: int = 0


# Characters of a cell: what is longer may begin on one page and end on the next.
LONG = 120
SHORT_FORM = 7  # rows


@dataclass(frozen=True)
class Table:
    """A table of fields or a list. `widths` are per cent; the first `heads` rows are repeated on every page."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    heads: int = 0

    kind = "table"

    @property
    def is_whole(self) -> bool:
        """A short form stays on one page."""
        return not self.heads and len(self.rows) <= SHORT_FORM and not any(map(self.may_tear, self.rows))

    @staticmethod
    def may_tear(row: tuple[Cell, ...]) -> bool:
        return any(len(cell.text) > LONG for cell in row)


@dataclass(frozen=True)
class Mark:
    """What stands at a line that was signed: words, and the strokes of a signature written on a screen (SVG path)."""

    text: str
    ink: str = ""
    line: int = 0


TOGETHER = 12  # lines to sign on that stay on one page, also with strokes in all of them
LONG_LINE = 30  # characters; a longer one counts as several


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, two beside each other, with room for a fingerprint 指印."""

    lines: tuple[str, ...]
    marks: tuple[Mark, ...] = ()

    kind = "signatures"

    @property
    def groups(self) -> list[list[tuple[int, str]]]:
        """The lines with their places, as many as stay together: a crowd signs over several pages."""
        found: list[list[tuple[int, str]]] = []
        room = 0
        for place, line in enumerate(self.lines):
            weight = 1 + len(line) // LONG_LINE
            if weight > room:
                found.append([])
                room = TOGETHER
            found[-1].append((place, line))
            room -= weight
        return found


@dataclass(frozen=True)
class Seal:
    """The body's name and the day, where the round seal is set over them."""

    body: str
    day: str

    kind = "seal"


@dataclass(frozen=True)
class Code:
    """A QR code as one path of unit squares (`web.qr`), `size` of them wide, and what stands under it."""

    path: str
    size: int
    text: str

    kind = "code"


@dataclass(frozen=True)
class PageBreak:
    kind = "break"


Block = Title | Paragraph | Table | Signatures | Seal | Code | PageBreak


@dataclass(frozen=True)
class Field:
    """One value of a paper: its name for the reader, whether it is there, and where it is entered."""

    label: str
    value: str
    source: str
    is_needed: bool = True

    @property
    def is_missing(self) -> bool:
        return self.is_needed and not self.value


@dataclass(frozen=True)
class Paper:
    """A paper ready to be shown. `mark` says on each sheet that it is of a drill or of demo data."""

    name: str
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...] = ()
    mark: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", literal(self.blocks))

    @property
    def missing(self) -> tuple[Field, ...]:
        """What is still to be entered, each thing once."""
        return tuple({(field.label, field.source): field for field in self.fields if field.is_missing}.values())


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile(r"[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text as it can be printed: control characters become their pictures, nothing is dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), text)
    return _NO_CHARACTER.sub("\ufffd", text)


def literal(value: Any) -> Any:
    """The blocks with every text in them made printable."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(literal(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: literal(getattr(value, field.name)) for field in fields(value)})
    return value


def heading(text: str) -> Paragraph:
    return Paragraph(text, Look.HEADING)


def flush(text: str) -> Paragraph:
    return Paragraph(text, Look.FLUSH)


def note(text: str) -> Paragraph:
    return Paragraph(text, Look.NOTE)


def paragraphs(text: str, otherwise: str = "") -> tuple[Paragraph, ...]:
    """A text somebody typed, one paragraph for each of its lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(Paragraph(line) for line in lines) or ((Paragraph(otherwise),) if otherwise else ())


def label(text: str, span: int = 1) -> Cell:
    return Cell(text, span, is_label=True)


def head(*texts: str) -> tuple[Cell, ...]:
    """The head row of a list."""
    return tuple(label(text) for text in texts)


def form(*rows: tuple[Cell, ...], widths: tuple[int, ...] = (17, 33, 17, 33)) -> Table:
    """A table of fields: labels and values beside each other."""
    return Table(rows, widths)


def pair(name: str, value: str, second: str, other: str) -> tuple[Cell, ...]:
    """Two fields in one row."""
    return label(name), Cell(value), label(second), Cell(other)


def wide(name: str, value: str, tall: int = 0) -> tuple[Cell, ...]:
    """One field over the whole row."""
    return label(name), Cell(value, 3, tall=tall)
