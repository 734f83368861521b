"""The subsidy list 以案定补清单 of a presiding body: drawn up by one person, approved by another, closed for ever.

It is ordered by the numbers of the disputes and compares nobody. A mistake is put right by a line of a later list.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.clock import local_day
from models.counter import next_number
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.number_format import written
from models.person import Person
from models.presiding_body import PresidingBody
from models.subsidy_line import Evidence, SubsidyLine
from models.subsidy_matter import settled
from models.subsidy_rate import rate_tables
from models.words import _


class ListState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    DISCARDED = "discarded"


OPEN_LIST = text("state IN ('draft', 'submitted')")


class SubsidyList(Base):
    __tablename__ = "subsidy_lists"
    __table_args__ = (
        UniqueConstraint("body_id", "year", "running"),
        # One at a time, so that no dispute waits in two of them.
        Index("uq_subsidy_lists_open", "body_id", unique=True, sqlite_where=OPEN_LIST, postgresql_where=OPEN_LIST),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("presiding_bodies.id"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    state: Mapped[ListState] = mapped_column(one_of(ListState))
    # Given with the approval, from a register of its own.
    year: Mapped[int | None]
    running: Mapped[int | None]
    number: Mapped[str] = mapped_column(String(120), default="")
    drawn_up_at: Mapped[datetime]
    drawn_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # Why the approver sent it back; gone when it is submitted again.
    sent_back_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    body: Mapped[PresidingBody] = relationship()
    drawn_up_by: Mapped[Person | None] = relationship(foreign_keys=[drawn_up_by_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    lines: Mapped[list[SubsidyLine]] = relationship(back_populates="subsidy_list", cascade="all, delete-orphan",
                                                    order_by="SubsidyLine.dispute_id")  # fmt: skip

    @classmethod
    def draw_up(cls, change: Change, body: PresidingBody, first_day: date, last_day: date,
                evidence: Mapping[int, Evidence]) -> "SubsidyList":  # fmt: skip
        """List what was settled until the last day; `evidence` says of each dispute, by id, what its file holds.

        Raises RuleBroken for a period that has not ended and while another list of the body is open.
        """
        if first_day > last_day:
            raise RuleBroken(_("The period ends before it begins"), field="last_day")
        if last_day > local_day(change.at):
            raise RuleBroken(_("The period ends today at the latest"), field="last_day")
        change.open_streams(f"centre:{body.centre_id}")
        if open_list(change, body) is not None:
            raise RuleBroken(_("Another list of this body is not approved yet"), field="body_id")
        drawn = cls(centre_id=body.centre_id, body=body, first_day=first_day, last_day=last_day, version=0,
                    state=ListState.DRAFT, lines=[])  # fmt: skip
        drawn._fill(change, evidence)
        return drawn

    def draw_anew(self, change: Change, version: int, evidence: Mapping[int, Evidence]) -> None:
        """Bring a draft up to the record as it is now; grades a person has decided and corrections stay."""
        self.open(change, version)
        self._fill(change, evidence)

    def submit(self, change: Change, version: int) -> None:
        """Lay it before the approver. Lines that are not ready drop out and come with a later list."""
        if self._is(change, ListState.SUBMITTED):
            return
        self.open(change, version)
        waiting = [line for line in self.lines if not line.is_ready]
        for line in waiting:
            self.lines.remove(line)
        if not self.lines:
            raise RuleBroken(_("No line is ready: complete the files, or enter the rates"))
        self.state, self.submitted_at, self.submitted_by_id = ListState.SUBMITTED, change.at, change.by.id
        self.sent_back_reason = ""
        self.note(change, EventKind.SUBSIDY_SUBMIT, lines=len(self.lines), waiting=len(waiting))

    def send_back(self, change: Change, version: int, reason: str) -> None:
        """Back to whoever drew it up, with a reason."""
        self.open(change, version, ListState.SUBMITTED)
        if not reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
        self.state, self.sent_back_reason = ListState.DRAFT, reason.strip()
        self.note(change, EventKind.SUBSIDY_SEND_BACK)

    def approve(self, change: Change, version: int) -> None:
        """Close the list under the next number of the year.

        Raises RuleBroken for whoever had a hand in it, and when the record says something else by now.
        """
        if self._is(change, ListState.APPROVED):
            return
        self.open(change, version, ListState.SUBMITTED)
        refusal = why_not_approve(self, change.by.id)
        if refusal:
            raise RuleBroken(refusal)
        self._require_record(change)
        year = local_day(change.at).year
        self.year, self.running = year, next_number(change, f"subsidy:{self.body_id}:{year}")
        self.number = written("", register(self.body), year, self.running)
        self.state, self.approved_at, self.approved_by_id = ListState.APPROVED, change.at, change.by.id
        for line in self.lines:
            line.listed_at = change.at
        self.note(change, EventKind.SUBSIDY_APPROVE, year=year, running=self.running, lines=len(self.lines),
                  fen=self.total_fen)  # fmt: skip

    def discard(self, change: Change, version: int) -> None:
        """Drop a draft: its disputes are free for the next list."""
        if self._is(change, ListState.DISCARDED):
            return
        self.open(change, version)
        self.state = ListState.DISCARDED
        self.note(change, EventKind.SUBSIDY_DISCARD)

    @property
    def total_fen(self) -> int:
        """Of the lines that are ready."""
        return sum(line.amount_fen or 0 for line in self.lines if line.is_ready)

    @property
    def is_draft(self) -> bool:
        return self.state is ListState.DRAFT

    def open(self, change: Change, version: int, state: ListState = ListState.DRAFT) -> None:
        """Lock it for a step that is possible in this state alone. Raises Stale and TransitionNotAllowed."""
        change.lock(f"centre:{self.centre_id}", self)
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        if self.state is not state:
            raise TransitionNotAllowed(_("This step is not possible in the present state of the list"))

    def note(self, change: Change, kind: EventKind, **facts: object) -> None:
        """Every step raises the version: the approver approves what he has read."""
        self.version += 1
        change.session.add(self)
        change.session.flush()  # the event speaks of its id
        change.record(f"centre:{self.centre_id}", kind, ("subsidy-list", self.id), body=self.body_id, **facts)

    def _is(self, change: Change, state: ListState) -> bool:
        """Whether this step has been taken: taking it twice changes nothing."""
        change.lock(f"centre:{self.centre_id}", self)
        return self.state is state

    def _fill(self, change: Change, evidence: Mapping[int, Evidence]) -> None:
        found = {row.dispute.id: row for row in settled(change.session, self.body, self.last_day)
                 if row.dispute.id in evidence}  # fmt: skip
        known = {line.dispute_id: line for line in self.lines if line.corrects_id is None}
        for dispute_id in known.keys() - found.keys():
            self.lines.remove(known[dispute_id])
        tables = rate_tables(change.session, self.centre_id)
        for dispute_id, matter in found.items():
            line = known.get(dispute_id)
            if line is None:
                line = SubsidyLine(dispute_id=dispute_id, shares=[])
                self.lines.append(line)
            line.take(matter, evidence[dispute_id])
        for line in self.lines:
            line.price(change.session, tables)
        self.drawn_up_at, self.drawn_up_by_id = change.at, change.by.id
        self.note(change, EventKind.SUBSIDY_DRAW_UP, first=self.first_day.isoformat(), last=self.last_day.isoformat(),
                  lines=len(self.lines))  # fmt: skip

    def _require_record(self, change: Change) -> None:
        found = {row.dispute.id: row for row in settled(change.session, self.body, self.last_day)}
        tables = rate_tables(change.session, self.centre_id)
        for line in self.lines:
            if line.corrects_id is None and not line.agrees_with(found.get(line.dispute_id), tables):
                raise RuleBroken(_("%(number)s has changed since the list was drawn up. Send the list back; "
                                   "it is drawn up anew."), number=line.dispute.number)  # fmt: skip


def why_not_approve(drawn: SubsidyList, person_id: int | None) -> str | None:
    """Why this person does not approve the list, as a sentence, or nothing."""
    hands = {drawn.drawn_up_by_id, drawn.submitted_by_id, *(line.graded_by_id for line in drawn.lines)}
    if person_id is None or person_id in hands:
        return _("Whoever drew the list up or decided a grade does not approve it: a second person does")
    if any(share.person_id == person_id for line in drawn.lines for share in line.shares):
        return _("Whoever mediated a dispute of the list does not approve it: a second person does")
    return None


def open_list(change: Change, body: PresidingBody) -> SubsidyList | None:
    """The body's list that is not approved yet."""
    return change.session.scalars(select(SubsidyList).where(SubsidyList.body_id == body.id, OPEN_LIST)).one_or_none()


def register(body: PresidingBody) -> str:
    """甘州人调补字 beside the body's own 甘州人调字: the lists have a register of their own."""
    return f"{body.register_prefix.removesuffix('字') or body.name}补字"
