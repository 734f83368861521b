"""The whole file 卷宗 of a dispute: cover, contents, papers, what the parties brought, remarks, back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.attachment import Attachment, AttachmentKind
from papers import back, contents, index
from papers.binding import Plan, Section, Volume, bound
from papers.blocks import Paper
from papers.material import Material
from papers.matter import Matter
from papers.reading import EVIDENCE

Read = Callable[[Attachment], bytes]
OTHERS = "签字扫描件及其他材料"
PLACES = {AttachmentKind.IDENTITY: index.IDENTITY, **dict.fromkeys(EVIDENCE, index.EVIDENCE)}
HIDDEN = ("inquiry", "address", "acceptance")
COUNTED = {"contents": contents.write, "back": back.write}


@dataclass(frozen=True)
class Order:
    """One whole file to be bound: its plan, and answers to what binding asks (`papers.binding.Asked`)."""

    plan: Plan
    matter: Matter
    attachments: Mapping[int, Attachment]
    reading: Read

    def read(self, number: int) -> bytes:
        """Raises what the store raises when a file is not in it."""
        return self.reading(self.attachments[number])

    def around(self, page_ranges: Sequence[str], pages: int) -> dict[str, Paper]:
        listed = [where for one, where in zip(self.plan.sections, page_ranges, strict=True)
                  if one.code not in index.AROUND]  # fmt: skip
        matter = replace(self.matter, page_ranges=tuple(listed), page_count=pages)
        return {one.code: COUNTED[one.code](matter) for one in self.plan.sections if one.code in COUNTED}


def order(matter: Matter, attachments: Sequence[Attachment], read: Read) -> Order:
    """Everything that belongs to this dispute, and nothing else."""
    own = {one.number: one for one in attachments if not one.is_removed and one.dispute_id == matter.dispute.id}
    parts = _parts(matter, list(own.values()))
    listed = tuple(part.name for part in parts if part.code not in index.AROUND)
    matter = replace(matter, listed=listed)
    written = (replace(part, paper=index.BY_CODE[part.code].write(matter)) if part.code else part for part in parts)
    return Order(Plan(matter.dispute.reference, tuple(written)), matter, own, read)


def bind(matter: Matter, attachments: Sequence[Attachment], read: Read) -> Volume:
    """Bind it in this process. Raises what `read` raises when a file is not in the store."""
    ordered = order(matter, attachments, read)
    return bound(ordered.plan, ordered)


def _parts(matter: Matter, attachments: Sequence[Attachment]) -> list[Section]:
    """The sections in the order of the file."""
    entries = [(entry, need) for entry, need in index.applicable(matter)
               if not (need is index.IF and entry.code in HIDDEN)]  # fmt: skip
    found: dict[str, tuple[Material, ...]] = {}
    for one in attachments:
        name = PLACES.get(one.kind, OTHERS)
        found[name] = (*found.get(name, ()), _material(one))
    brought = {name: Section(name, "", material=lying) for name, lying in found.items()}
    # Before which paper the material lies; where there is no such paper it goes before the remarks.
    codes = [entry.code for entry, _need in entries]
    after = next((codes[at + 1] for at, code in enumerate(codes) if code == "rights"), "situation")
    before = {index.IDENTITY: after, index.EVIDENCE: "record" if "record" in codes else "situation",
              OTHERS: "situation"}  # fmt: skip
    parts: list[Section] = []
    for entry, _need in entries:
        parts.extend(brought.pop(name) for name, where in before.items() if where == entry.code and name in brought)
        parts.append(Section(entry.name(matter), entry.code))
    # A matter that was never accepted has neither remarks nor a back.
    return [*parts, *brought.values()]


def _material(one: Attachment) -> Material:
    return Material(one.number, one.title, one.name, one.source, one.media_type, one.sha256)
