"""An investigation record 调查记录: somebody is asked about the facts, and what he says is taken down.

A draft until it is finished; then text and hash stand (a trigger refuses every change), and what is to be added is a
new record that names the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Facts, Key
from models.change import Change
from models.clock import iso
from models.dispute import Dispute
from models.draft import DraftSave
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.frozen import frozen_hash
from models.party import Party
from models.person import Person
from models.words import _

# What is corrected in a draft beside its text.
FACTS = ("held_at", "place", "party_id", "name", "relation", "present", "recorder_id")


@dataclass(frozen=True)
class Questioning:
    """Everything the form of a record says."""

    held_at: datetime
    place: str
    party: Party | None
    name: str
    relation: str
    investigators: Sequence[Person]
    recorder: Person | None = None
    present: str = ""
    text: str = ""

    @property
    def facts(self) -> Facts:
        name = self.party.name if self.party else self.name.strip()
        return {"held_at": self.held_at, "place": self.place.strip(), "party_id": self.party.id if self.party else None,
                "name": name, "relation": self.relation.strip(), "present": self.present.strip(),
                "recorder_id": self.recorder.id if self.recorder else None}  # fmt: skip


class Investigation(Base):
    __tablename__ = "investigations"
    __table_args__ = (Index("ix_investigations_dispute_id", "dispute_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    supplements_id: Mapped[int | None] = mapped_column(ForeignKey("investigations.id"))
    held_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    name: Mapped[str] = mapped_column(String(200))
    # Who the asked person is to the parties: 邻居, 证人, 村委会主任.
    relation: Mapped[str] = mapped_column(String(60), default="")
    present: Mapped[str] = mapped_column(String(200), default="")
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    text_hash: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    dispute: Mapped[Dispute] = relationship(back_populates="investigations")
    party: Mapped[Party | None] = relationship()
    recorder: Mapped[Person | None] = relationship()
    supplements: Mapped["Investigation | None"] = relationship(remote_side=[id])
    investigators: Mapped[list[Person]] = relationship(secondary="investigators", order_by=Person.id)
    saves: Mapped[list[DraftSave]] = relationship(order_by=DraftSave.id)

    @classmethod
    def begin(cls, change: Change, dispute: Dispute, said: Questioning,
              supplements: "Investigation | None" = None) -> "Investigation":  # fmt: skip
        """Open a draft. Raises RuleBroken when nobody is asked or nobody asks, or the first record is still a draft."""
        _check(said, change.at)
        dispute.lock_file(change)
        if supplements is not None and supplements.finished_at is None:
            raise RuleBroken(_("This record is still a draft: go on writing in it"))
        record = cls(dispute=dispute, supplements=supplements, investigators=list(said.investigators), text=said.text,
                     begun_at=change.at, **said.facts)  # fmt: skip
        change.session.add(record)
        change.session.flush()  # the event speaks of its id
        if said.text.strip():
            record._keep(change)
        record._record(change, EventKind.INVESTIGATION_BEGIN)
        return record

    def save(self, change: Change, version: int, said: Questioning) -> None:
        """Keep what was typed. Raises Stale when somebody else has saved since `version`."""
        _check(said, change.at)
        self._lock_draft(change)
        if any(save.by_id != change.by.id for save in self.saves[max(version - 1, 0) :]):
            raise Stale(_("Somebody else has changed this record in the meantime"))
        changed = sorted(name for name in FACTS if getattr(self, name) != said.facts[name])
        if {person.id for person in self.investigators} != {person.id for person in said.investigators}:
            changed.append("investigators")
        for name, value in said.facts.items():
            setattr(self, name, value)
        self.investigators = list(said.investigators)
        if changed or self.text != said.text:
            self.text = said.text
            self._keep(change)
        if changed:
            self._record(change, EventKind.INVESTIGATION_EDIT, fields=changed)

    def finish(self, change: Change) -> None:
        """The record was read to the person asked and stands from now on; finished twice it is finished once."""
        self.dispute.lock_file(change)
        change.lock(self.dispute.stream, self)
        if self.finished_at is not None:
            return
        if not self.text.strip():
            raise RuleBroken(_("Enter what was asked and answered"), field="text")
        self.finished_at, self.text_hash = change.at, self.reckoned_hash
        change.session.flush()
        self._record(change, EventKind.INVESTIGATION_FINISH)

    @property
    def reckoned_hash(self) -> str:
        """Of everything the record says now; equal to `text_hash` as long as nobody has touched it."""
        facts = {name: getattr(self, name) for name in FACTS}
        people = sorted(person.id for person in self.investigators)
        return frozen_hash(facts | {"held_at": iso(self.held_at), "investigators": people, "text": self.text})

    @property
    def is_intact(self) -> bool:
        return self.reckoned_hash == self.text_hash

    def _keep(self, change: Change) -> None:
        self.saves.append(DraftSave(text=self.text, at=change.at, by_id=change.by.id))
        self.version = len(self.saves) + 1

    def _lock_draft(self, change: Change) -> None:
        self.dispute.lock_file(change)
        change.lock(self.dispute.stream, self)
        if self.finished_at is not None:
            raise TransitionNotAllowed(_("This record is finished: write a supplement"))

    def _record(self, change: Change, kind: EventKind, **facts: object) -> None:
        change.record(self.dispute.stream, kind, ("investigation", self.id), **facts)
        self.dispute.touch(change)


class Investigator(Base):
    """Who asked."""

    __tablename__ = "investigators"

    investigation_id: Mapped[int] = mapped_column(ForeignKey("investigations.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)


def _check(said: Questioning, at: datetime) -> None:
    if not said.facts["name"]:
        raise RuleBroken(_("Enter who is asked"), field="name")
    if not said.investigators:
        raise RuleBroken(_("Choose at least one investigator"), field="investigators")
    if said.held_at > at:
        raise RuleBroken(_("Nobody can have been asked at a time to come"), field="on")
