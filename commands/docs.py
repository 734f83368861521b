"""`flask docs`: pages of the documentation that the code itself knows best."""

import click

from commands.group import Group
from models.lifecycle import CLOSING_TYPES, MOVES, OPEN, DisputeStatus, Move

HEAD = """# The life of a dispute

Printed by `scripts/flask docs lifecycle` from `models/lifecycle.py`, the only table of its kind; a test compares.
The status is stored, and one conditional UPDATE writes it (`Dispute.advance`). What is whistling, late, due or
supervised is derived and never a status.

## Moves
"""
CLOSING = """
## How it may be closed

The first type of each line is proposed. Closing needs the day on which the parties were told, and the next date.

"""


@click.group(cls=Group)
def docs() -> None:
    """Documentation made from the code."""


@docs.command("lifecycle")
def lifecycle() -> None:
    """Print docs/lifecycle.md: every move, from where it is possible and where it leads."""
    click.echo(lifecycle_page(), nl=False)


def lifecycle_page() -> str:
    moves = "\n".join(["| move | from | to |", "|---|---|---|", *(_move(move) for move in Move)])
    states = "\n".join(_state(status) for status in DisputeStatus)
    closing = "\n".join(f"- from `{status}`: {_words(types)}" for status, types in CLOSING_TYPES.items())
    return f"{HEAD}\n{moves}\n\n## States\n\n{states}\n{CLOSING}{closing}\n"


def _move(move: Move) -> str:
    sources, target = MOVES[move]
    return f"| `{move}` | {_words(status for status in DisputeStatus if status in sources)} | `{target}` |"


def _state(status: DisputeStatus) -> str:
    onward = [move for move in Move if status in MOVES[move][0]]
    kind = "open" if status in OPEN else "over"
    return f"- `{status}` ({kind}): {_words(onward) or 'no way on'}"


def _words(words: object) -> str:
    return ", ".join(f"`{word}`" for word in words)  # type: ignore[attr-defined]
