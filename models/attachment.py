"""An attachment 材料: a file that belongs to a dispute, with what the list of evidence says about it (domain §4.1).

The content lies outside the database (`security/files.py`); the row names where. A number once given is never given
again, and what is removed stays in the list with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.actor import ActorKind
from models.base import Base, Key, one_of
from models.change import Change
from models.counter import next_number
from models.dispute import Dispute
from models.errors import RuleBroken, Stale, TooLarge
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from models.person import Person
from models.words import _

MEGABYTE = 1024 * 1024
LONGEST_TITLE = 80
MOST_PAGES = 5000


class AttachmentKind(StrEnum):
    EVIDENCE = "evidence"
    IDENTITY = "identity_paper"
    SCAN = "signed_scan"
    PHOTOGRAPH = "photograph"
    OTHER = "other_material"


@dataclass(frozen=True)
class KeptFile:
    """A file that was checked and lies in the store: everything its row will say. `uid` is what it was sealed for."""

    uid: str
    name: str
    media_type: str
    size: int
    sha256: str
    address: str
    preview_address: str | None = None
    pages: int | None = None


class Attachment(Base):
    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("dispute_id", "number"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    number: Mapped[int]
    kind: Mapped[AttachmentKind] = mapped_column(one_of(AttachmentKind))
    title: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(80), default="")
    pages: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64), unique=True)
    preview_address: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removal_reason: Mapped[str] = mapped_column(String(200), default="")

    dispute: Mapped[Dispute] = relationship()
    uploaded_by: Mapped[Person | None] = relationship(foreign_keys=uploaded_by_id)
    removed_by: Mapped[Person | None] = relationship(foreign_keys=removed_by_id)

    @classmethod
    def upload(cls, change: Change, dispute: Dispute, files: Sequence[KeptFile], kind: AttachmentKind,
               title: str = "", source: str = "") -> list["Attachment"]:  # fmt: skip
        """Take files into the dispute, all or none. Without a title each is called as its file was.

        Raises TooLarge when the dispute would hold more than the centre allows.
        """
        if not files:
            raise RuleBroken(_("Choose at least one file"), field="files")
        dispute.lock(change)
        _refuse_archived(dispute)
        room = dispute.centre.setting(change.session, "dispute_megabytes")
        if held(change.session, dispute) + sum(file.size for file in files) > room * MEGABYTE:
            raise TooLarge(_("The material of one dispute may take %(most)s MB together: there is no room for this"),
                           field="files", most=room)  # fmt: skip
        rows = []
        for place, file in enumerate(files, 1):
            called = title.strip() or file.name.rpartition(".")[0] or file.name
            row = cls(uid=file.uid, dispute=dispute, number=next_number(change, f"attachment:{dispute.id}"), kind=kind,
                      title=_titled(called, place if title.strip() and len(files) > 1 else None),
                      source=source.strip(), pages=file.pages, name=file.name, media_type=file.media_type,
                      size=file.size, sha256=file.sha256, address=file.address, preview_address=file.preview_address,
                      uploaded_at=change.at, uploaded_by_id=_person(change))  # fmt: skip
            change.session.add(row)
            change.session.flush()  # the event speaks of its id
            # The chain of events holds to the content: half of its digest tells any other apart.
            row.record(change, EventKind.ATTACHMENT_UPLOAD, digest=file.sha256[:32])
            rows.append(row)
        dispute.touch(change)
        return rows

    # -- questions -----------------------------------------------------------------------------------------------

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_previewed(self) -> bool:
        """Whether a small picture of it is shown. An identity paper has none: whoever needs it opens it by name."""
        return self.preview_address is not None and not self.is_removed and self.kind is not AttachmentKind.IDENTITY

    # -- verbs ---------------------------------------------------------------------------------------------------

    def retitle(self, change: Change, version: int, *, kind: AttachmentKind, title: str, source: str,
                pages: int | None) -> None:  # fmt: skip
        """Correct what the list says; the file itself is never changed. Raises Stale."""
        change.lock(self.dispute.stream, self.dispute, self)
        _refuse_archived(self.dispute)
        if self.is_removed:
            raise RuleBroken(_("This material was removed"))
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        if not title.strip():
            raise RuleBroken(_("Enter what the material is called"), field="title")
        if pages is not None and not 1 <= pages <= MOST_PAGES:
            raise RuleBroken(_("Enter a whole number between %(least)d and %(most)d"), field="pages", least=1,
                             most=MOST_PAGES)  # fmt: skip
        facts = {"kind": kind, "title": _titled(title), "source": source.strip(), "pages": pages}
        changed = sorted(name for name, value in facts.items() if getattr(self, name) != value)
        for name in changed:
            setattr(self, name, facts[name])
        if changed:
            self.version += 1
            self.record(change, EventKind.ATTACHMENT_EDIT, fields=changed)

    def remove(self, change: Change, reason: str) -> None:
        """Take it out of the list: its line stays, the sealed file is kept unopened. Twice changes nothing."""
        if not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        change.lock(self.dispute.stream, self.dispute, self)
        if self.is_removed:
            return
        _refuse_archived(self.dispute)
        self.removed_at, self.removed_by_id, self.removal_reason = change.at, _person(change), reason.strip()
        self.version += 1
        self.record(change, EventKind.ATTACHMENT_REMOVE)
        self.dispute.touch(change)

    def record(self, change: Change, kind: EventKind, **facts: object) -> None:
        """Note in the dispute's stream what happened to this material, or who looked at it."""
        change.record(self.dispute.stream, kind, ("attachment", self.id), number=self.number, material=self.kind.value,
                      **facts)  # fmt: skip


def _refuse_archived(dispute: Dispute) -> None:
    if dispute.status is DisputeStatus.ARCHIVED:
        raise RuleBroken(_("This dispute is archived: its file is no longer changed"))


def _person(change: Change) -> int | None:
    return change.by.id if change.by.kind is ActorKind.USER else None


def _titled(title: str, place: int | None = None) -> str:
    """One line that fits the list; of several files under one title each has its place."""
    line = " ".join(title.split())[:LONGEST_TITLE]
    return f"{line} {place}" if place else line


def held(session: Session, dispute: Dispute) -> int:
    """Bytes of the dispute's material, what was removed not counted."""
    sizes = select(func.coalesce(func.sum(Attachment.size), 0)).where(
        Attachment.dispute_id == dispute.id, Attachment.removed_at.is_(None)
    )
    return int(session.scalars(sizes).one())


def attachments(session: Session, dispute: Dispute) -> list[Attachment]:
    """The list of evidence in the order of its numbers, with what was removed."""
    rows = select(Attachment).where(Attachment.dispute_id == dispute.id).order_by(Attachment.number)
    return list(session.scalars(rows.options(joinedload(Attachment.uploaded_by), joinedload(Attachment.removed_by))))
