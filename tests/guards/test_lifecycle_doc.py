"""The printed life of a dispute is the one the code lives by."""

from pathlib import Path

from click.testing import CliRunner

from commands.docs import docs

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_the_lifecycle_is_the_printed_one() -> None:
    """After a change of the table: `scripts/flask docs lifecycle > docs/lifecycle.md`."""
    printed = CliRunner().invoke(docs, ["lifecycle"])
    assert printed.exit_code == 0
    assert (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8") == printed.output
