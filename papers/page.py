"""A paper as HTML: the same sheet for the print page and for PDF."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from papers.blocks import Paper

ROOT = Path(__file__).resolve().parents[1]
SHEETS = ("static/css/80-print.css", "static/css/82-papers.css")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)  # fmt: skip


def html(*papers: Paper) -> str:
    """A whole document of one or more papers, each beginning on a page of its own."""
    return _environment().get_template("layouts/drawn.html").render(papers=papers)
