"""Binds a plan: papers drawn at once, material as pages; contents and back are drawn again when the pages are counted.

It knows neither the record nor the database nor a key, for it opens what strangers brought.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Protocol

from pypdf import PageObject, PdfReader, PdfWriter

from papers import material
from papers.blocks import Paper
from papers.material import Material
from papers.pdf import numbers, sections


@dataclass(frozen=True)
class Section:
    """One line of the contents: a paper, or material of the parties. `code` is empty where it is material."""

    name: str
    code: str
    paper: Paper | None = None
    material: tuple[Material, ...] = ()
    first: int = 0
    last: int = 0

    @property
    def page_range(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Plan:
    """What lies in the file of the dispute with this reference, in its order."""

    reference: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Volume:
    """The bound file and what lies where in it."""

    content: bytes
    sections: tuple[Section, ...]
    pages: int


class Asked(Protocol):
    """Whoever ordered the file answers what the plan cannot say."""

    def read(self, number: int) -> bytes:
        """The content of the material with this number."""

    def around(self, page_ranges: Sequence[str], pages: int) -> Mapping[str, Paper]:
        """By code, the papers that say where the others lie; page ranges in the order of the plan."""


def bound(plan: Plan, asked: Asked) -> Volume:
    """Bind everything of the plan. Raises what `asked` raises."""
    drawn = _drawn([one.paper for one in plan.sections])
    placed: list[Section] = []
    pages = 0
    for at, one in enumerate(plan.sections):
        for brought in one.material:  # opened one after the other, so that no two lie in memory beside the bound pages
            drawn[at] += material.pages(brought, asked.read(brought.number))
        placed.append(replace(one, first=pages + 1, last=pages + len(drawn[at])))
        pages += len(drawn[at])
    around = asked.around([one.page_range for one in placed], pages)
    again = _drawn([around.get(one.code) for one in placed])
    placed = [replace(one, paper=around.get(one.code, one.paper)) for one in placed]
    return Volume(_numbered([page for old, new in zip(drawn, again, strict=True) for page in new or old]),
                  tuple(placed), pages)  # fmt: skip


def _drawn(papers: Sequence[Paper | None]) -> list[list[PageObject]]:
    """The pages of each paper, all drawn in one pass; none where there is no paper."""
    wanted = [paper for paper in papers if paper is not None]
    if not wanted:
        return [[] for _paper in papers]
    content, counts = sections(*wanted)
    pages, left = iter(PdfReader(BytesIO(content)).pages), iter(counts)
    return [[] if paper is None else [next(pages) for _page in range(next(left))] for paper in papers]


def _numbered(pages: Sequence[PageObject]) -> bytes:
    writer, feet = PdfWriter(), PdfReader(BytesIO(numbers(len(pages)))).pages
    for page, foot in zip(pages, feet, strict=True):
        writer.add_page(page).merge_page(foot)
    writer.compress_identical_objects()
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()
