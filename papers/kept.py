"""A paper as text that can be kept and hashed, and back: the blocks of papers/blocks.py in one fixed writing."""

import json
from dataclasses import asdict
from typing import Any

from models.event import canonical
from papers.blocks import Block, Cell, Look, PageBreak, Paper, Paragraph, Seal, Signatures, Table, Title


def kept(paper: Paper) -> str:
    """Name and blocks. Fields, the mark of a drill and what was signed belong to the day it is shown."""
    return canonical({"name": paper.name, "blocks": [_packed(block) for block in paper.blocks]})


def unpacked(text: str) -> Paper:
    found = json.loads(text)
    return Paper(found["name"], tuple(_block(one) for one in found["blocks"]))


def _packed(block: Block) -> dict[str, Any]:
    facts = asdict(block)
    facts.pop("marks", None)
    return {"kind": block.kind, **facts}


def _block(facts: dict[str, Any]) -> Block:
    match facts.pop("kind"):
        case "title":
            return Title(**facts)
        case "paragraph":
            return Paragraph(facts["text"], Look(facts["look"]))
        case "table":
            rows = tuple(tuple(Cell(**cell) for cell in row) for row in facts["rows"])
            return Table(rows, tuple(facts["widths"]), facts["heads"])
        case "signatures":
            return Signatures(tuple(facts["lines"]))
        case "seal":
            return Seal(**facts)
        case "break":
            return PageBreak()
        case other:
            raise ValueError(f"a kept paper has no block {other!r}")
