"""来访回执: what the resident takes home, with the words of its print page."""

from collections.abc import Sequence
from dataclasses import dataclass

from papers.blocks import Block, Cell, Code, Paper, Table, Title, flush, heading, label

NAME = "来访回执"
Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Slip:
    """`rows` say how it stands, `rights` what can still be done and until when; `notes` stand under them."""

    heading: str
    queue_number: str
    rows: Lines
    rights_title: str
    rights: Lines
    notes: Sequence[str]
    code: Code | None


def write(slip: Slip) -> Paper:
    blocks: list[Block] = [Title(f"{NAME}　{slip.queue_number}", slip.heading), _table(slip.rows)]
    if slip.rights_title:
        blocks.append(heading(slip.rights_title))
    if slip.rights:
        blocks.append(_table(slip.rights))
    blocks += [flush(note) for note in slip.notes]
    return Paper(NAME, (*blocks, *([slip.code] if slip.code else [])))


def _table(rows: Lines) -> Table:
    return Table(tuple((label(name), Cell(value)) for name, value in rows), (28, 72))
