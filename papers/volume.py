"""The whole file 卷宗 as one PDF: cover, contents, papers, what the parties brought, remarks, back; each page numbered.

All papers are drawn at once; the contents and the back are drawn a second time when the pages are counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter

from models.attachment import Attachment, AttachmentKind
from papers import back, contents, index, material
from papers.blocks import Paper
from papers.matter import Matter
from papers.pdf import numbers, sections

Read = Callable[[Attachment], bytes]
OTHERS = "签字扫描件及其他材料"
PLACES = {AttachmentKind.IDENTITY: index.IDENTITY, AttachmentKind.EVIDENCE: index.EVIDENCE,
          AttachmentKind.PHOTOGRAPH: index.EVIDENCE}  # fmt: skip
HIDDEN = ("inquiry", "address", "acceptance")


@dataclass
class Section:
    """One line of the contents: a paper, or material of the parties. `code` is empty where it is material."""

    name: str
    code: str
    paper: Paper | None = None
    attachments: Sequence[Attachment] = ()
    first: int = 0
    last: int = 0

    @property
    def page_range(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Volume:
    """The bound file and what lies where in it."""

    content: bytes
    sections: tuple[Section, ...]
    pages: int


def bind(matter: Matter, attachments: Sequence[Attachment], read: Read) -> Volume:
    """Bind everything that belongs to this dispute. Raises what `read` raises when a file is not in the store."""
    parts = _parts(matter, [one for one in attachments if not one.is_removed and one.dispute_id == matter.dispute.id])
    listed = [part for part in parts if part.code not in index.AROUND]
    matter = replace(matter, listed=tuple(part.name for part in listed))
    for part in parts:
        part.paper = index.BY_CODE[part.code].write(matter) if part.code else None
    drawn = _draw(parts)
    place = 0
    for part in parts:
        part.first, part.last, place = place + 1, place + len(drawn[id(part)]), place + len(drawn[id(part)])
        if part.attachments:  # opened one after the other, so that no two lie in memory beside the bound pages
            pages = [page for one in part.attachments for page in material.pages(one, read(one))]
            drawn[id(part)], place = pages, part.first - 1 + len(pages)
            part.last = place
    matter = replace(matter, page_ranges=tuple(part.page_range for part in listed), page_count=place)
    around = [part for part in parts if part.code in ("contents", "back")]
    for part in around:
        part.paper = (contents if part.code == "contents" else back).write(matter)
    drawn |= _draw(around)
    return Volume(_bound([page for part in parts for page in drawn[id(part)]]), tuple(parts), place)


def _parts(matter: Matter, attachments: Sequence[Attachment]) -> list[Section]:
    """The sections in the order of the file."""
    entries = [(entry, need) for entry, need in index.applicable(matter)
               if not (need is index.IF and entry.code in HIDDEN)]  # fmt: skip
    brought: dict[str, list[Attachment]] = {}
    for one in attachments:
        brought.setdefault(PLACES.get(one.kind, OTHERS), []).append(one)
    # Before which paper the material lies; where there is no such paper it goes before the remarks.
    codes = [entry.code for entry, _need in entries]
    after = next((codes[at + 1] for at, code in enumerate(codes) if code == "rights"), "situation")
    before = {index.IDENTITY: after, index.EVIDENCE: "record" if "record" in codes else "situation",
              OTHERS: "situation"}  # fmt: skip
    parts: list[Section] = []
    for entry, _need in entries:
        parts.extend(Section(name, "", attachments=brought.pop(name)) for name, where in before.items()
                     if where == entry.code and name in brought)  # fmt: skip
        parts.append(Section(entry.name(matter), entry.code))
    # A matter that was never accepted has neither remarks nor a back.
    return [*parts, *(Section(name, "", attachments=found) for name, found in brought.items())]


def _draw(parts: Sequence[Section]) -> dict[int, list[PageObject]]:
    """The pages of each section that is a paper, all drawn in one pass."""
    papers = [part for part in parts if part.paper is not None]
    content, counts = sections(*(part.paper for part in papers if part.paper is not None))
    pages = iter(PdfReader(BytesIO(content)).pages)
    found: dict[int, list[PageObject]] = {id(part): [] for part in parts}
    return found | {id(part): [next(pages) for _page in range(count)]
                    for part, count in zip(papers, counts, strict=True)}  # fmt: skip


def _bound(pages: Sequence[PageObject]) -> bytes:
    writer, feet = PdfWriter(), PdfReader(BytesIO(numbers(len(pages)))).pages
    for page, foot in zip(pages, feet, strict=True):
        writer.add_page(page).merge_page(foot)
    writer.compress_identical_objects()
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()
